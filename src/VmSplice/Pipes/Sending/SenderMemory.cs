using VmSplice.Kernel;
using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>
/// What a sender needs once it has pages to send: the pool that they come from, whether they are shared, and whether they are used again.
/// Made for the first send or rent that asks, because it costs system calls: a few short messages have no use for it.
/// </summary>
internal sealed class SenderMemory
{
    private SenderMemory(PipeEnd end, SendSteps steps, SharingPolicy policy, bool mayRecycle)
    {
        Sharing = new SharingDecision(end, steps, policy);
        bool recycles = policy.SharesLargeSends && mayRecycle;
        Recycling = new PageRecycling(end, steps, recycles);

        // Without sharing nothing is ever in flight, and the small circle is the better one for the cache.
        int regionLength = recycles || !policy.SharesLargeSends ? PagePool.RecycledRegionLength : PagePool.FreshRegionLength;
        Pool = new PagePool((nuint)regionLength, Recycling.CountConsumed, "VmSplice." + Sender.ObjectName);
    }

    internal SharingDecision Sharing { get; }

    internal PageRecycling Recycling { get; }

    internal PagePool Pool { get; }

    /// <summary>Marks the pipe where pages are to be used again, and finds out what pays in it.</summary>
    internal static SenderMemory Create(PipeEnd end, SendSteps steps, PipeReaderKind reader)
    {
        bool mayRecycle = PageRecycling.TryMark(end, reader);

        // Nothing is tried for standard output that is a file.
        SharingPolicy policy = end.IsPipe
            ? new SharingPolicy(KernelSupport.Current, mayRecycle ? reader : PipeReaderKind.Unknown, isPipe: true).For(end.KnownCapacity)
            : default;
        return new SenderMemory(end, steps, policy, mayRecycle);
    }

    /// <summary>Sends by another policy than the machine's, for benchmarks.</summary>
    internal static SenderMemory Create(PipeEnd end, SendSteps steps, PipeReaderKind reader, SharingPolicy policy)
        => new(end, steps, policy, PageRecycling.TryMark(end, reader));
}
