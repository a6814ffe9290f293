using VmSplice.Diagnostics;

namespace VmSplice.Pipes;

/// <summary>
/// Sends what waits in a pipe to another one as well, once. Where the sender's pages may not be passed on, or tee(2) is
/// refused, the bytes are read ahead and written: they stay what is read next.
/// </summary>
internal sealed class TeeOperation(Receiver source, ForwardTarget target, long count) : ForwardSteps(source, target)
{
    private bool _writes;

    protected override ForwardStep Step()
    {
        if (count == 0)
        {
            return ForwardStep.Done;
        }

        if (Source.Steps.HasReadAhead)
        {
            ReadOnlySpan<byte> bytes = Source.Steps.ReadAheadBytes;
            bytes = bytes[..(int)Math.Min(bytes.Length, count)];
            nint written = Target.TryWrite(bytes, out int errno);
            return written < 0 ? After("write", errno) : Done("write", (nuint)bytes.Length, written);
        }

        if (!Source.End.IsPipe)
        {
            return ReadAhead((nuint)count);
        }

        int available = CountUnread();
        if (available == 0)
        {
            return PipeWait.IsAtEnd(Source.End.Handle) ? ForwardStep.Done : ForwardStep.NeedsData;
        }

        nuint wanted = (nuint)Math.Min(available, count);
        return !_writes && Source.SenderPages.MayBePassedOn ? TryTee(wanted) : ReadAhead(wanted);
    }

    private ForwardStep TryTee(nuint wanted)
    {
        nint teed = Target.TryTee(Source.End.Handle, wanted, out int errno);
        if (teed > 0)
        {
            return Done("tee", wanted, teed);
        }

        if (teed == 0 || !MustWriteAfter(errno))
        {
            return teed == 0 ? ForwardStep.Again : After("tee", errno);
        }

        _writes = true;
        Instruments.CountFallback("tee", errno, Target.Handle);
        return ForwardStep.Again;
    }

    private ForwardStep Done(string call, nuint wanted, nint sent)
    {
        Moved = sent;
        Instruments.CountTransfer(call, Instruments.Forward, wanted, sent);
        return ForwardStep.Done;
    }
}
