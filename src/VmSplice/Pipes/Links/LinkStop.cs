using System.Diagnostics;

namespace VmSplice.Pipes;

/// <summary>
/// The orderly end of a child: its input ends, what it still has to say is thrown away, so that it does not wait for a reader,
/// and it has some time. Then its tree is ended.
/// </summary>
internal static class LinkStop
{
    internal static bool Run(SpliceLink link, TimeSpan timeout, CancellationToken cancellation)
    {
        Process child = link.Child;
        link.Writer.Dispose();
        Task discarding = DiscardAsync(link.Reader);
        bool ended;
        using (cancellation.UnsafeRegister(static state => ProcessTree.TryKill((Process)state!), child))
        {
            ended = child.WaitForExit(timeout) && !cancellation.IsCancellationRequested;
        }

        if (!ended)
        {
            ProcessTree.End(child);
        }

        link.Reader.Dispose();

        // It never fails, and ends with the reader; nothing of it is waited for.
        _ = discarding;
        cancellation.ThrowIfCancellationRequested();
        return ended;
    }

    internal static async Task<bool> RunAsync(SpliceLink link, TimeSpan timeout, CancellationToken cancellation)
    {
        Process child = link.Child;
        link.Writer.Dispose();
        Task discarding = DiscardAsync(link.Reader);
        bool ended = await HasEndedAsync(child, timeout, cancellation).ConfigureAwait(false);
        if (!ended)
        {
            await ProcessTree.EndAsync(child).ConfigureAwait(false);
        }

        link.Reader.Dispose();
        await discarding.ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return ended;
    }

    private static async Task<bool> HasEndedAsync(Process child, TimeSpan timeout, CancellationToken cancellation)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(timeout);
        try
        {
            await child.WaitForExitAsync(late.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task DiscardAsync(SpliceReader reader)
    {
        try
        {
            byte[] discarded = new byte[ReadAhead.Length];
            while (await reader.ReadAsync(discarded).ConfigureAwait(false) != 0)
            {
            }
        }
        catch (Exception e) when (IsOver(e))
        {
        }
    }

    /// <summary>The reader is closed, or somebody else reads all of it, or it failed: nothing more is to be thrown away.</summary>
    private static bool IsOver(Exception e) => e is ObjectDisposedException or InvalidOperationException or IOException;
}
