using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// Lets one call of a record writer at a time to the chunk: none after the end of the stream, and none after a failure. Where the writer
/// is disposed beside a call, that call gives the chunk up when it leaves.
/// </summary>
internal sealed class RecordCalls<T>(Sender sender, RecordFraming framing, ChunkSlots<T> slots, NextChunk<T>? nextChunk, ChunkSource chunks)
    where T : unmanaged, ISpliceable<T>
{
    /// <summary>Gets what the sends of a call wait with: they end when the writer is disposed.</summary>
    internal CallGate Gate { get; } = new(WriterName, "record writer");

    /// <summary>Gets whether no call can begin any more, and what was not sent is dropped.</summary>
    internal bool IsOver => IsCompleted || Gate.IsEnded || framing.Failure is not null;

    /// <summary>Gets whether the end was sent. Nothing can follow in the stream.</summary>
    internal bool IsCompleted { get; private set; }

    private static string WriterName => $"RecordWriter<{typeof(T).Name}>";

    /// <summary>Begins a call, which ends with the scope.</summary>
    internal Call Begin()
    {
        Enter();
        return new Call(this);
    }

    /// <summary>Begins a call that may send.</summary>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the writer disposed.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    internal void Enter()
    {
        if (IsCompleted)
        {
            throw WasCompleted();
        }

        Gate.Enter();
        if (framing.Failure is { } failure)
        {
            Exit();
            throw failure;
        }
    }

    /// <summary>Ends a call. Where the writer was disposed beside it, the call does now what is left to do.</summary>
    internal void Exit()
    {
        if (Gate.Exit())
        {
            GiveUp();
        }
    }

    /// <summary>The end of the stream was sent by the call that is under way.</summary>
    internal void Complete() => IsCompleted = true;

    /// <summary>Lets no call begin any more. What is left is given up, now or by the call that is under way.</summary>
    internal void End()
    {
        if (Gate.TryEnd(out bool isUnused) && isUnused)
        {
            GiveUp();
        }
    }

    private static ObjectDisposedException WasCompleted()
        => new(WriterName, "The stream was completed: nothing can follow in it. Create another record writer for more.");

    /// <summary>
    /// Gives the chunk back. Where the stream was neither completed nor has failed, says that no more comes and that this is not all:
    /// the pipe's end alone would say so too, but it does not come where the pipe is left open.
    /// </summary>
    private void GiveUp()
    {
        framing.End();
        slots.GiveBack();
        nextChunk?.GiveBack();
        chunks.End();
        if (!IsCompleted && framing.Failure is null && framing.IsFramed)
        {
            _ = SendMarkAsync(framing.AbandonedMark());
        }
    }

    private async Task SendMarkAsync(byte[] mark)
    {
        try
        {
            await sender.WriteAsync<byte>(mark, caller: null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nobody is there to be told, or the end of the pipe tells it. It is dropped where the writer is disposed before there is room.
        }
    }

    /// <summary>A call that is under way.</summary>
    internal readonly ref struct Call(RecordCalls<T>? calls) : IDisposable
    {
        public void Dispose() => calls?.Exit();
    }
}
