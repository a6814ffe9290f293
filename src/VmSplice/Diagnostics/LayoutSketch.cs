using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace VmSplice.Diagnostics;

/// <summary>
/// So much of a layout as a header has room for: the number of parts (fields or segments), and a short digest of each, or of some
/// that follow each other where there are many. Decides nothing, which the fingerprint does; it names the part that differs.
/// </summary>
/// <remarks><code>0 parts (u16)   2 digests (u16 each), as many as there is room for</code></remarks>
/// <param name="kind">What a part is: field, segment.</param>
/// <param name="parts">Name, a few words for a person, and all that must agree.</param>
internal sealed class LayoutSketch(string kind, params (string Name, string Shown, string Identity)[] parts)
{
    private readonly byte[][] _identities = [.. parts.Select(part => Encoding.UTF8.GetBytes(part.Identity))];

    // Of the room that was asked for last, which for one layout is always the same.
    private byte[] _made = [];

    /// <summary>Fills the room with the sketch.</summary>
    internal void Write(Span<byte> destination)
    {
        byte[] made = _made;
        if (made.Length != destination.Length)
        {
            made = new byte[destination.Length];
            Make(made);
            _made = made;
        }

        made.CopyTo(destination);
    }

    private void Make(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)Math.Min(parts.Length, ushort.MaxValue));
        int digests = DigestsIn(destination.Length);
        for (int i = 0; i < digests; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(destination[OffsetOf(i)..], DigestOf(i, digests));
        }
    }

    /// <summary>Finds the first part of this layout that the sender has not, or has otherwise.</summary>
    /// <param name="source">The sender's sketch, the whole room.</param>
    /// <param name="difference">A sentence about it.</param>
    /// <returns>The part's name, or <see langword="null"/> where the sketch does not tell.</returns>
    internal string? FindDifference(ReadOnlySpan<byte> source, out string difference)
    {
        int theirs = BinaryPrimitives.ReadUInt16LittleEndian(source);
        int ours = parts.Length;
        int digests = DigestsIn(source.Length);
        for (int i = 0; i < digests; i++)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(source[OffsetOf(i)..]) == DigestOf(i, digests))
            {
                continue;
            }

            (int first, int end) = PartsOf(i, digests);
            if (first == end)
            {
                break;
            }

            // With many parts of another number nothing lies in the same place.
            if (end - first == 1 && (theirs == ours || Math.Max(theirs, ours) <= digests))
            {
                difference = $"The first {kind} that differs is {parts[first].Name}, here {parts[first].Shown}; {Count(theirs)}.";
                return parts[first].Name;
            }

            difference = theirs == ours
                ? $"The first {kind} that differs is one of {parts[first].Name} to {parts[end - 1].Name}."
                : $"Of many {kind}s, {Count(theirs)}.";
            return null;
        }

        difference = theirs == ours
            ? $"The {kind}s have the same names, types and places; what one of their types means differs."
            : $"The {kind}s that are here are the sender's too; {Count(theirs)}.";
        return null;
    }

    private static int DigestsIn(int room) => (room / sizeof(ushort)) - 1;

    private static int OffsetOf(int digest) => sizeof(ushort) * (1 + digest);

    private string Count(int theirs) => string.Create(CultureInfo.InvariantCulture, $"the sender has {Counted.Of(theirs, kind)}, this side {parts.Length}");

    private (int First, int End) PartsOf(int digest, int digests)
        => parts.Length <= digests
            ? (Math.Min(digest, parts.Length), Math.Min(digest + 1, parts.Length))
            : ((int)((long)digest * parts.Length / digests), (int)((long)(digest + 1) * parts.Length / digests));

    // FNV-1a, folded: short, and the same on every platform and runtime.
    private ushort DigestOf(int digest, int digests)
    {
        (int first, int end) = PartsOf(digest, digests);
        uint hash = 2_166_136_261;
        for (int i = first; i < end; i++)
        {
            foreach (byte b in _identities[i])
            {
                hash = (hash ^ b) * 16_777_619;
            }
        }

        return first == end ? (ushort)0 : (ushort)(hash ^ (hash >> 16));
    }
}
