using System.ComponentModel;
using System.Diagnostics;

namespace VmSplice.Pipes;

/// <summary>A child and all that it started.</summary>
internal static class ProcessTree
{
    /// <summary>SIGKILL ends a process at once, unless that waits for a disk. Nobody waits for such a disk here.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Ends the child and whatever it started, and waits until the child has ended.</summary>
    /// <remarks>
    /// What a child leaves behind that ends itself is not found any more: it has another parent then. Whoever calls this closes
    /// the pipes too, and waits for nobody else.
    /// </remarks>
    internal static void End(Process child)
    {
        if (TryKill(child))
        {
            child.WaitForExit(Longest);
        }
    }

    /// <summary>The same without a thread that waits.</summary>
    internal static async Task EndAsync(Process child)
    {
        if (!TryKill(child))
        {
            return;
        }

        using CancellationTokenSource late = new(Longest);
        try
        {
            await child.WaitForExitAsync(late.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // As of End: not waited for any longer.
        }
    }

    /// <summary>Asks the kernel to end the tree.</summary>
    /// <returns>Whether the child ends; not where it is another user's, as under sudo.</returns>
    internal static bool TryKill(Process child)
    {
        try
        {
            child.Kill(entireProcessTree: true);
            return true;
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself, or was disposed by its user, who cares for it then.
            return false;
        }
        catch (Exception e) when (e is Win32Exception or AggregateException)
        {
            return false;
        }
    }
}
