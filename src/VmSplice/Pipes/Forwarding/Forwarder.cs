using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>Forwards a receiver's stream to a target, and gives the target back: in a thread that waits, or without one.</summary>
internal static class Forwarder
{
    internal static long Run(Receiver source, ForwardTarget target, long count)
    {
        using (target)
        {
            return new ForwardOperation(source, target, count).Run();
        }
    }

    internal static Task<long> RunAsync(Receiver source, ForwardTarget target, long count, CancellationToken cancellation)
        => RunAsync(target, new ForwardOperation(source, target, count), cancellation);

    /// <summary>Sends what waits to another pipe as well.</summary>
    internal static long Tee(Receiver source, ForwardTarget pipe, long count)
    {
        using (pipe)
        {
            return new TeeOperation(source, pipe, count).Run();
        }
    }

    internal static Task<long> TeeAsync(Receiver source, ForwardTarget pipe, long count, CancellationToken cancellation)
        => RunAsync(pipe, new TeeOperation(source, pipe, count), cancellation);

    /// <summary>Refuses what tee(2) does not work with.</summary>
    internal static ForwardTarget CheckPipe(ForwardTarget target, string parameter)
    {
        if (target.Kind == ForwardTargetKind.Pipe)
        {
            return target;
        }

        target.Dispose();
        throw new ArgumentException($"{DescriptorInfo.Describe(target.Handle)} is not a pipe; tee(2) works between pipes alone.", parameter);
    }

    // On the thread pool from the start: while both sides keep up there is nothing to wait for.
    private static Task<long> RunAsync(ForwardTarget target, ForwardSteps steps, CancellationToken cancellation) => Task.Run(
        async () =>
        {
            using (target)
            {
                return await steps.RunAsync(cancellation).ConfigureAwait(false);
            }
        },
        cancellation);
}
