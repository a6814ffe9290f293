using VmSplice.Interop;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// Sends what is short by copying it: the header, the end, and where both and the records between them fit, all of it in one write(2).
/// </summary>
internal sealed class MessageSender<T>(Sender sender, RecordFraming framing, ChunkSlots<T> slots, RecordCalls<T> calls)
    where T : unmanaged
{
    /// <summary>
    /// Whether all that is to be sent goes in one write(2): what is this short enters a pipe wholly or not at all (PIPE_BUF), so the
    /// records are in the pipe exactly when the header and the end are, and a send that is ended while it waits leaves nothing of it there.
    /// </summary>
    internal bool FitsAll(bool withEnd)
        => sender.End.IsPipe && framing.MessageLength(slots.Pending, withEnd) is <= Limits.PIPE_BUF and var length && !sender.WouldShare((nuint)length);

    /// <summary>Sends so many records of the chunk, all or none, with what is to stand around them. A part of a call that is under way.</summary>
    internal void Send(int records, bool withEnd)
    {
        // The chunk stays here while it waits, and slots that are cleared ahead would be handed out to another thread without a question.
        slots.StopClearing();
        Span<byte> message = stackalloc byte[(int)framing.MessageLength(records, withEnd)];
        framing.WriteMessage(message, records == 0 ? default : slots.PendingBytes, withEnd);
        sender.Write(message, calls.Gate);
        IsSent(records, withEnd);
    }

    /// <summary>The same without a thread that waits, as a call of its own. A cancellation leaves the records where they are.</summary>
    internal async ValueTask SendAsync(int records, bool withEnd, CancellationToken cancellation)
    {
        calls.Enter();
        try
        {
            // As in Send.
            slots.StopClearing();
            byte[] message = new byte[framing.MessageLength(records, withEnd)];
            framing.WriteMessage(message, records == 0 ? default : slots.PendingBytes, withEnd);
            await sender.WriteAsync<byte>(message, calls.Gate, cancellation).ConfigureAwait(false);
            IsSent(records, withEnd);
        }
        catch (Exception e) when (framing.Note(e) is var told && !ReferenceEquals(told, e))
        {
            throw told;
        }
        finally
        {
            calls.Exit();
        }
    }

    private void IsSent(int records, bool withEnd)
    {
        framing.MessageIsSent(records, withEnd);
        if (records != 0)
        {
            slots.Empty();
        }

        if (withEnd)
        {
            calls.Complete();
        }
    }
}
