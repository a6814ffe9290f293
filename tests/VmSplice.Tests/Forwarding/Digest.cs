using System.IO.Hashing;

namespace VmSplice.Tests.Forwarding;

/// <summary>The hash of what arrived, to be compared with that of what was sent.</summary>
internal static class Digest
{
    /// <summary>Of the pattern from its start.</summary>
    internal static UInt128 OfPattern(int length) => XxHash128.HashToUInt128(StreamPattern.Take(0, length));

    /// <summary>Of a file.</summary>
    internal static UInt128 OfFile(string path)
    {
        using FileStream file = File.OpenRead(path);
        return OfStream(buffer => file.Read(buffer));
    }

    /// <summary>Of a stream until it ends.</summary>
    internal static UInt128 OfStream(Func<byte[], int> read)
    {
        XxHash128 hash = new();
        byte[] buffer = new byte[1_000_003];
        int count;
        while ((count = read(buffer)) != 0)
        {
            hash.Append(buffer.AsSpan(0, count));
        }

        return hash.GetCurrentHashAsUInt128();
    }
}
