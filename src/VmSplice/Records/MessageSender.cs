using VmSplice.Interop;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// Sends what is short by copying it: the header, the end, and where both and the records between them fit, all of it in one write(2).
/// </summary>
internal sealed class MessageSender<T>(Sender sender, RecordFraming framing, ChunkSlots<T> slots, RecordCalls<T> calls)
    where T : unmanaged, ISpliceable<T>
{
    /// <summary>
    /// Whether all that is to be sent goes in one write(2): what is this short enters a pipe wholly or not at all (PIPE_BUF), so the
    /// records are in the pipe exactly when the header and the end are, and a send that is ended while it waits leaves nothing of it there.
    /// </summary>
    internal bool FitsAll(bool withEnd)
        => sender.End.IsPipe && framing.MessageLength(slots.Content, withEnd) is <= Limits.PIPE_BUF and var length && !sender.WouldShare((nuint)length);

    /// <summary>Sends the records of the chunk, all or none, with what is to stand around them. A part of a call that is under way.</summary>
    internal void Send(bool withRecords, bool withEnd)
    {
        ChunkBody body = Seal(withRecords);
        Span<byte> message = stackalloc byte[(int)framing.MessageLength(body, withEnd)];
        framing.WriteMessage(message, body, withRecords ? slots.Body : default, withEnd);
        sender.Write(message, calls.Gate);
        IsSent(body, withEnd);
    }

    /// <summary>The same without a thread that waits, as a call of its own. A cancellation leaves the records where they are.</summary>
    internal async ValueTask SendAsync(bool withRecords, bool withEnd, CancellationToken cancellation)
    {
        calls.Enter();
        bool isSent = false;
        try
        {
            ChunkBody body = Seal(withRecords);
            byte[] message = new byte[framing.MessageLength(body, withEnd)];
            framing.WriteMessage(message, body, withRecords ? slots.Body : default, withEnd);
            await sender.WriteAsync<byte>(message, calls.Gate, cancellation).ConfigureAwait(false);
            IsSent(body, withEnd);
            isSent = true;
        }
        catch (Exception e) when (framing.Note(e) is var told && !ReferenceEquals(told, e))
        {
            throw told;
        }
        finally
        {
            if (withRecords && !isSent)
            {
                slots.Unseal();
            }

            calls.Exit();
        }
    }

    // The chunk stays here while it waits, and slots that are cleared ahead would be handed out to another thread without a question.
    private ChunkBody Seal(bool withRecords)
    {
        if (!withRecords)
        {
            slots.StopClearing();
            return default;
        }

        slots.Seal(framing.RecordsSent);
        return slots.Content;
    }

    private void IsSent(in ChunkBody body, bool withEnd)
    {
        framing.MessageIsSent(body, withEnd);
        if (body.Records != 0)
        {
            slots.Empty();
        }

        if (withEnd)
        {
            calls.Complete();
        }
    }
}
