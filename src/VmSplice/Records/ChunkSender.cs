using System.Runtime.CompilerServices;
using VmSplice.InPlace;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// Sends the chunk, with its block's header: shares its pages, writes it, or leaves it where it is and sends a reference, where the reader
/// has joined.
/// </summary>
internal sealed class ChunkSender<T>(Sender sender, RecordFraming framing, ChunkSource chunks, ChunkSlots<T> slots, RecordCalls<T> calls) : ISendOwner
    where T : unmanaged, ISpliceable<T>
{
    private bool _isReferred;
    private ChunkBody _body;

    /// <summary>Gets the records of the send that is under way: they are in no chunk, and not sent yet.</summary>
    internal int Records => _body.Records;

    /// <summary>Sends what is in the chunk, if anything is. A part of a call that is under way.</summary>
    /// <param name="isLast">Whether no chunk follows, so that none needs memory.</param>
    internal void Send(bool isLast)
    {
        if (slots.Pending == 0)
        {
            return;
        }

        slots.Seal(framing.RecordsSent);
        ChunkBody body = slots.Content;
        nuint bytes = framing.Frame(slots.Address, body);
        bool stays = StaysInPlace(bytes);
        if (stays)
        {
            bytes = framing.Refer(slots.Block!, bytes, body);
            sender.SendBlock(slots.Leave(), bytes, calls.Gate);
        }
        else if (!slots.IsOnHeap && !InPlaceSender.Owns(slots.Block) && sender.WouldShare(bytes))
        {
            sender.SendBlock(slots.Leave(), bytes, calls.Gate);
        }
        else
        {
            sender.Write(slots.Address, bytes, calls.Gate);
            EmptyChunk();
        }

        framing.BlockIsSent(bytes, body.Records);
        if (stays && !isLast)
        {
            chunks.InPlace!.WaitForRoom((nuint)chunks.ChunkSize, calls.Gate);
        }
    }

    /// <summary>The same as a call of its own, without a thread that waits.</summary>
    internal ValueTask SendAsync(bool isLast, CancellationToken cancellation)
    {
        calls.Enter();
        if (slots.Pending == 0)
        {
            calls.Exit();
            return ValueTask.CompletedTask;
        }

        ChunkBody body;
        try
        {
            slots.Seal(framing.RecordsSent);
            body = slots.Content;
        }
        catch
        {
            calls.Exit();
            throw;
        }

        nuint bytes = framing.Frame(slots.Address, body);
        if (slots.IsOnHeap)
        {
            return sender.WriteAsync(slots.Address, bytes, owner: this, calls.Gate, cancellation);
        }

        // Left also where it is copied, unlike by Send: nobody may write into it while it waits.
        _isReferred = StaysInPlace(bytes);
        if (_isReferred)
        {
            bytes = framing.Refer(slots.Block!, bytes, body);
        }

        PageBlock block = slots.Leave();
        _body = body;
        bool waits = _isReferred && !isLast;
        ValueTask sent = sender.SendBlockAsync(block, bytes, owner: this, calls.Gate, cancellation);

        // Also to look whether there is room takes a call: a Dispose beside it unmaps what is looked at.
        return waits ? WaitForRoomAsync(sent, cancellation) : sent;
    }

    void ISendOwner.OnSent(nuint bytes)
    {
        if (slots.IsOnHeap)
        {
            framing.BlockIsSent(bytes, slots.Pending);
            slots.Empty();
        }
        else
        {
            framing.BlockIsSent(bytes, Records);
        }

        End();
    }

    void ISendOwner.OnUntouched(PageBlock? block, nuint bytes)
    {
        if (block is not null)
        {
            if (_isReferred)
            {
                chunks.InPlace!.TakeBackAnnouncement(block);
            }

            slots.TakeBack(block, _body);
        }
        else
        {
            slots.Unseal();
        }

        End();
    }

    Exception ISendOwner.OnFailed(Exception error)
    {
        error = framing.Note(error);
        End();
        return error;
    }

    /// <summary>Waits for memory for the next chunk, as a part of a flush whose records are sent.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WaitForRoomAsync(ValueTask sent, CancellationToken cancellation)
    {
        await sent.ConfigureAwait(false);
        calls.Enter();
        try
        {
            await chunks.InPlace!.WaitForRoomAsync((nuint)chunks.ChunkSize, calls.Gate, cancellation).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw framing.Fail(e);
        }
        finally
        {
            calls.Exit();
        }
    }

    /// <summary>Starts anew in the same chunk; where the reader has joined meanwhile, in one that it can read.</summary>
    private void EmptyChunk()
    {
        if (!slots.IsOnHeap && !InPlaceSender.Owns(slots.Block) && chunks.InPlace is { IsJoined: true })
        {
            slots.GiveBack();
        }
        else
        {
            slots.Empty();
        }
    }

    private bool StaysInPlace(nuint bytes) => InPlaceSender.Owns(slots.Block) && bytes >= InPlaceSender.LeastBytes;

    private void End()
    {
        _body = default;
        calls.Exit();
    }
}
