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

        var torn = new TornSendException(send.Index, (long)send.Accepted, (long)send.Length, error as IOException);
        Remember(torn);
        return error switch
        {
            OperationCanceledException canceled => new OperationCanceledException(torn.Message, torn, canceled.CancellationToken),
            ObjectDisposedException => new ObjectDisposedException(torn.Message, torn),
            _ => error,
        };
    }

    // A new one each time: it is thrown to different callers.
    internal void ThrowIfAny()
    {
        switch (_reason)
        {
            case TornSendException torn:
                throw new TornSendException(torn.SendIndex, torn.BytesAccepted, torn.BytesOfSend, torn.InnerException);
            case BrokenPipeException broken:
                throw BrokenPipeException.ForBytes(broken.Call, broken.BytesAccepted, broken.BytesUnread);
            default:
                break;
        }
    }

    private void Remember(TornSendException torn)
    {
        // Where the reader has left, that stays the reason. A FIFO may get another one, which must not get the next send.
        _reason = torn.InnerException is BrokenPipeException broken ? broken : torn;
        if (ReferenceEquals(_reason, torn) && VmSpliceEventSource.Log.IsEnabled())
        {
            VmSpliceEventSource.Log.PipePoisoned($"{DescriptorInfo.Describe(end.Handle)}: {torn.Message}");
        }
    }
}
