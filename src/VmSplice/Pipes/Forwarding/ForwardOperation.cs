using VmSplice.Diagnostics;

namespace VmSplice.Pipes;

/// <summary>
/// Forwards some of a stream. Each step asks how much is in the pipe, then whether its pages may be passed on, and only then
/// moves no more than that: a sender that recycles marks the pipe before it sends, so no such page is passed on.
/// </summary>
internal sealed class ForwardOperation(Receiver source, ForwardTarget target, long count) : ForwardSteps(source, target)
{
    private bool _writes = !target.Splices;

    private long Left => count - Moved;

    protected override ForwardStep Step()
    {
        if (Left == 0)
        {
            return ForwardStep.Done;
        }

        if (Source.Steps.HasReadAhead)
        {
            return Deliver();
        }

        if (!Source.End.IsPipe)
        {
            // Standard input that is a file or a socket. splice(2) would pass on the pages of the file itself.
            return ReadAhead((nuint)Left);
        }

        int available = CountUnread();
        if (available == 0)
        {
            return PipeWait.IsAtEnd(Source.End.Handle) ? ForwardStep.Done : ForwardStep.NeedsData;
        }

        nuint wanted = (nuint)Math.Min(available, Left);
        if (!_writes && (Target.CopiesAtOnce || Source.SenderPages.MayBePassedOn))
        {
            nint moved = Target.TrySplice(Source.End.Handle, wanted, out int errno);
            if (moved > 0)
            {
                Source.Steps.CountForwarded(moved);
                Moved += moved;
                Instruments.CountTransfer("splice", Instruments.Forward, wanted, moved);
                return ForwardStep.Again;
            }

            if (moved < 0 && !MustWriteAfter(errno))
            {
                return After("splice", errno);
            }

            _writes = true;
            Instruments.CountFallback("splice", errno, Target.Handle);
        }

        return ReadAhead(wanted);
    }

    private ForwardStep Deliver()
    {
        ReadOnlySpan<byte> bytes = Source.Steps.ReadAheadBytes;
        bytes = bytes[..(int)Math.Min(bytes.Length, Left)];
        nint written = Target.TryWrite(bytes, out int errno);
        if (written < 0)
        {
            return After("write", errno);
        }

        nuint wanted = (nuint)bytes.Length;
        Source.Steps.SkipReadAhead((int)written);
        Moved += written;
        Instruments.CountTransfer("write", Instruments.Forward, wanted, written);
        return ForwardStep.Again;
    }
}
