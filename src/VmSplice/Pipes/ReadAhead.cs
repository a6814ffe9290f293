namespace VmSplice.Pipes;

/// <summary>
/// Bytes that were taken out of a pipe to be forwarded by copy, and that the target has not taken yet. They come first
/// in whatever is read or forwarded next, so that a target that fails loses nothing.
/// </summary>
internal sealed unsafe class ReadAhead
{
    /// <summary>A chunk of a recycling sender, which is woken once for it.</summary>
    internal const int Length = 256 * 1024;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Length);
    private int _start;
    private int _end;

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Reads once; only when empty.</summary>
    /// <returns>What read(2) answered: 0 at the end of the stream, −1 for an error.</returns>
    internal nint Fill(NonBlockingDescriptor source, nuint atMost, out int errno)
    {
        // SAFETY: read(2) writes into the pinned array during the call alone.
        fixed (byte* first = _bytes)
        {
            nint read = source.TryRead(first, Math.Min(atMost, Length), out errno);
            _start = 0;
            _end = (int)Math.Max(read, 0);
            return read;
        }
    }

    internal int CopyTo(Span<byte> destination)
    {
        int taken = Math.Min(destination.Length, _end - _start);
        _bytes.AsSpan(_start, taken).CopyTo(destination);
        Skip(taken);
        return taken;
    }

    internal void Skip(int count) => _start += count;
}
