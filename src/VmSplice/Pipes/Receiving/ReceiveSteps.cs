using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// Takes bytes out of a pipe, as many as are there, and never waits. The one place that knows what the kernel answers to a read:
/// EINTR, EAGAIN, the end. What forwarding had read ahead comes first.
/// </summary>
internal sealed class ReceiveSteps(PipeEnd end) : IDisposable
{
    private readonly NonBlockingDescriptor _bytes = new(end.Handle, FileAccess.Read, end.IsPipe);
    private ReadAhead? _ahead;

    /// <summary>Gets the bytes that were read, or forwarded elsewhere.</summary>
    internal long BytesRead { get; private set; }

    internal bool HasReadAhead => _ahead is { Bytes.IsEmpty: false };

    internal ReadOnlySpan<byte> ReadAheadBytes => _ahead is null ? default : _ahead.Bytes;

    /// <summary>Reads once.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="read">The bytes read; 0 at the end of the stream, or for an empty destination.</param>
    /// <returns><see langword="false"/> where the pipe is empty.</returns>
    internal unsafe bool TryRead(Span<byte> destination, out int read)
    {
        if (HasReadAhead)
        {
            read = TakeReadAhead(destination);
            return true;
        }

        read = 0;
        if (destination.IsEmpty)
        {
            return true;
        }

        // SAFETY: read(2) writes into the pinned destination during the call alone.
        fixed (byte* first = destination)
        {
            IoVec segment = new(first, (nuint)destination.Length);
            if (!TryMove(new ReadOnlySpan<IoVec>(in segment), "read", out nint moved))
            {
                return false;
            }

            read = (int)moved;
        }

        BytesRead += read;
        Instruments.CountTransfer("read", Instruments.Receive, (nuint)destination.Length, read);
        return true;
    }

    /// <summary>Reads what is there, as far as it is wanted.</summary>
    /// <returns>Whether that is enough, or all that will come; else the pipe is empty.</returns>
    internal bool TryRead(in ReadGoal goal, ref int filled)
    {
        while (filled < goal.Destination.Length)
        {
            if (!TryRead(goal.Destination.From(filled), out int read))
            {
                return false;
            }

            filled += read;
            if (read == 0 || !goal.UntilFull)
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>Fills what is left of segments, as far as the pipe has something for them.</summary>
    /// <param name="rest">What is left.</param>
    /// <param name="filled">Counts the bytes.</param>
    /// <returns>Whether they are full or the stream has ended; else the pipe is empty.</returns>
    internal bool TryScatter(Span<IoVec> rest, ref long filled)
    {
        rest = SegmentRun.Skip(rest, 0);
        rest = TakeReadAhead(rest, ref filled);
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<IoVec> next = rest[..Math.Min(rest.Length, Limits.IOV_MAX)];
            if (!TryMove(next, "readv", out nint read))
            {
                return false;
            }

            if (read == 0)
            {
                return true;
            }

            nuint wanted = SegmentRun.BytesOf(next);
            BytesRead += read;
            filled += read;
            rest = SegmentRun.Skip(rest, (nuint)read);
            Instruments.CountTransfer("readv", Instruments.Receive, wanted, read);
        }

        return true;
    }

    /// <summary>Reads ahead, to forward by a copy. Nothing is read ahead now.</summary>
    /// <param name="atMost">The most bytes to take.</param>
    /// <param name="isAtEnd">Whether the stream has ended.</param>
    /// <returns><see langword="false"/> where the pipe is empty.</returns>
    internal unsafe bool TryFillReadAhead(nuint atMost, out bool isAtEnd)
    {
        _ahead ??= new ReadAhead();
        Span<byte> room = _ahead.Begin(atMost);
        isAtEnd = false;

        // SAFETY: read(2) writes into the pinned array during the call alone.
        fixed (byte* first = room)
        {
            IoVec segment = new(first, (nuint)room.Length);
            if (!TryMove(new ReadOnlySpan<IoVec>(in segment), "read", out nint read))
            {
                return false;
            }

            _ahead.End((int)read);
            isAtEnd = read == 0;
            return true;
        }
    }

    /// <summary>Bytes that were read ahead are forwarded.</summary>
    internal void SkipReadAhead(int count)
    {
        _ahead!.Skip(count);
        BytesRead += count;
    }

    /// <summary>Bytes were forwarded without coming through here.</summary>
    internal void CountForwarded(nint bytes) => BytesRead += bytes;

    public void Dispose() => _bytes.Dispose();

    private int TakeReadAhead(Span<byte> destination)
    {
        int taken = _ahead!.CopyTo(destination);
        BytesRead += taken;
        return taken;
    }

    private unsafe Span<IoVec> TakeReadAhead(Span<IoVec> segments, scoped ref long filled)
    {
        while (HasReadAhead && !segments.IsEmpty)
        {
            // SAFETY: the receive keeps the segments mapped, and each is no longer than its pages.
            IoVec first = segments[0];
            int taken = TakeReadAhead(new Span<byte>((void*)first.Address, (int)Math.Min(first.Length, int.MaxValue)));
            segments = SegmentRun.Skip(segments, (nuint)taken);
            filled += taken;
        }

        return segments;
    }

    /// <summary>Reads into segments. <see langword="false"/> where the pipe is empty; 0 bytes at the end of the stream.</summary>
    private bool TryMove(ReadOnlySpan<IoVec> segments, string call, out nint read)
    {
        while (true)
        {
            read = _bytes.TryRead(segments, out int errno);
            switch (errno)
            {
                case 0:
                    return true;
                case Errno.EINTR:
                    continue;
                case Errno.EAGAIN:
                    return false;
                default:
                    throw SystemCallException.Create(call, errno, DescriptorInfo.Describe(end.Handle));
            }
        }
    }
}
