using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// Sends what waits in a pipe to another one as well, once. Where the sender recycles, or tee(2) is not to be had, the
/// bytes are read ahead and written: they stay what is read next.
/// </summary>
internal sealed class TeeOperation(SpliceReader source, SpliceWriter target, long count)
{
    private bool _writes;
    private int _written;

    internal long Run()
    {
        while (count != 0)
        {
            if (source.HasReadAhead)
            {
                ReadOnlySpan<byte> bytes = source.ReadAheadBytes;
                bytes = bytes[..(int)Math.Min(bytes.Length, count)];
                Write(bytes);
                return bytes.Length;
            }

            int available = source.UnreadBytes;
            if (available == 0)
            {
                if (PipeWait.IsAtEnd(source.Handle))
                {
                    return 0;
                }

                if (PipeWait.ForDataOrBreak(source.Handle, target.Handle, ForwardTargetKind.Pipe))
                {
                    throw Failure("poll", Errno.EPIPE);
                }

                continue;
            }

            nuint wanted = (nuint)Math.Min(available, count);
            if (_writes || source.SenderRecycles)
            {
                source.FillReadAhead(wanted);
            }
            else if (TryTee(wanted) is > 0 and nint teed)
            {
                return teed;
            }
        }

        return 0;
    }

    private nint TryTee(nuint wanted)
    {
        nint teed = target.TryTee(source.Handle, wanted, out int errno);
        if (teed < 0)
        {
            _writes = ForwardOperation.MustWriteAfter(errno);
            if (_writes)
            {
                Instruments.CountFallback("tee", errno, target.Handle);
            }
            else
            {
                WaitAfter("tee", errno);
            }
        }

        Instruments.CountTransfer("tee", Instruments.Forward, wanted, teed);

        return teed;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (_written < bytes.Length)
        {
            nint written = target.TryWrite(bytes[_written..], out int errno);
            if (written < 0)
            {
                WaitAfter("write", errno);
                continue;
            }

            _written += (int)written;
        }
    }

    private void WaitAfter(string call, int errno)
    {
        switch (errno)
        {
            case Errno.EINTR:
                return;
            case Errno.EAGAIN:
                PipeWait.ForSpace(target.Handle);
                return;
            default:
                throw Failure(call, errno);
        }
    }

    private ForwardException Failure(string call, int errno) => ForwardException.ForTarget(call, errno, DescriptorInfo.Describe(target.Handle), _written);
}
