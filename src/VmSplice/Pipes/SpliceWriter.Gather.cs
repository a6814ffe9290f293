namespace VmSplice;

/// <content>Many segments in one piece: gathered calls, continued from the right byte.</content>
public sealed partial class SpliceWriter
{
    /// <summary>
    /// Moves buffers into the pipe, in order and in one piece, with as few calls as the kernel lets. All are consumed,
    /// also where the send fails or one of them was not yours; then nothing is sent.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffers">Any number of buffers.</param>
    /// <exception cref="ObjectDisposedException">A buffer was handed over before, or the writer is disposed.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public void SendAll<T>([Consumes] params ReadOnlySpan<PageBuffer<T>> buffers)
        where T : unmanaged
        => Sender.Run(Buffers.SendOfAll(buffers));

    /// <summary>Collects buffers of different types, to be sent in one piece.</summary>
    public SpliceGather CreateGather() => new(Sender, Buffers);
}
