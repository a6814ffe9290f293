namespace VmSplice.Pipes;

/// <summary>
/// Bytes that were taken out of a pipe to be forwarded by copy, and that the target has not taken yet. They come first
/// in whatever is read or forwarded next, so that a target that fails loses nothing.
/// </summary>
internal sealed class ReadAhead
{
    /// <summary>A chunk of a recycling sender, which is woken once for it.</summary>
    internal const int Length = 256 * 1024;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Length);
    private int _start;
    private int _end;

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Starts anew, empty, and gets where to read to.</summary>
    internal Span<byte> Begin(nuint atMost)
    {
        _start = _end = 0;
        return _bytes.AsSpan(0, (int)Math.Min(atMost, Length));
    }

    /// <summary>So many bytes were read.</summary>
    internal void End(int read) => _end = read;

    internal int CopyTo(Span<byte> destination)
    {
        int taken = Math.Min(destination.Length, _end - _start);
        _bytes.AsSpan(_start, taken).CopyTo(destination);
        Skip(taken);
        return taken;
    }

    internal void Skip(int count) => _start += count;
}
