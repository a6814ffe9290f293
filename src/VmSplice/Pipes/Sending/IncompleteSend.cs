using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// Counts the sends of one pipe, and remembers one that stopped half-way: nothing may follow a part of a send, because the reader
/// would take it for the rest.
/// </summary>
internal sealed class IncompleteSend(PipeEnd end)
{
    private IOException? _reason;
    private long _sends;

    /// <summary>Gets whether no send may follow.</summary>
    internal bool IsAny => _reason is not null;

    /// <summary>Gets whether no send may follow because the reader has left.</summary>
    internal bool IsForLackOfReader => _reason is BrokenPipeException;

    /// <summary>A send begins.</summary>
    /// <returns>Its index, counted from 0.</returns>
    internal long Begin() => _sends++;

    /// <summary>Decides what a send that failed or was cancelled means for those that follow.</summary>
    /// <returns>What to tell the caller.</returns>
    internal Exception Judge(ref readonly PendingSend send, Exception error)
    {
        if (send.Accepted == 0 || send.Memory.Remaining == 0)
        {
            return error;
        }

        var incomplete = new IncompleteSendException(send.Index, (long)send.Accepted, (long)send.Length, error as IOException);
        Remember(incomplete);
        return error switch
        {
            OperationCanceledException canceled => new OperationCanceledException(incomplete.Message, incomplete, canceled.CancellationToken),
            ObjectDisposedException => new ObjectDisposedException(incomplete.Message, incomplete),
            _ => error,
        };
    }

    // A new one each time: it is thrown to different callers.
    internal void ThrowIfAny()
    {
        switch (_reason)
        {
            case IncompleteSendException incomplete:
                throw new IncompleteSendException(incomplete.SendIndex, incomplete.BytesAccepted, incomplete.BytesOfSend, incomplete.InnerException);
            case BrokenPipeException broken:
                throw BrokenPipeException.ForBytes(broken.Call, broken.BytesAccepted, broken.BytesUnread);
            default:
                break;
        }
    }

    private void Remember(IncompleteSendException incomplete)
    {
        // Where the reader has left, that stays the reason. A FIFO may get another one, which must not get the next send.
        _reason = incomplete.InnerException is BrokenPipeException broken ? broken : incomplete;
        if (ReferenceEquals(_reason, incomplete) && VmSpliceEventSource.Log.IsEnabled())
        {
            VmSpliceEventSource.Log.SendIncomplete($"{DescriptorInfo.Describe(end.Handle)}: {incomplete.Message}");
        }
    }
}
