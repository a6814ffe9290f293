using System.Buffers;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Memory;
using VmSplice.Pipes;
using VmSplice.Readiness;

namespace VmSplice;

/// <content>
/// Sending without a thread that waits. What fits is sent before the call returns; the rest waits in the one epoll(7) loop
/// of this process. The descriptor's flags stay as they are. Each member may be called while other sends run.
/// </content>
public sealed partial class SpliceWriter
{
    /// <inheritdoc cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>
    public ValueTask SendAsync<T>([Consumes] PageBuffer<T> buffer, CancellationToken cancellationToken = default)
        where T : unmanaged
        => SendAsync(buffer, buffer.Length, cancellationToken);

    /// <summary>
    /// Moves a buffer into the pipe, and waits without a thread while the pipe is full. The buffer is consumed by the call
    /// itself, before the first wait, also where the send fails or is cancelled; its pages go back on their own.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer.</param>
    /// <param name="length">How many of its elements to send, from the first.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. Before the pipe accepted anything, it is as if nothing had been sent. After a part was accepted,
    /// the <see cref="OperationCanceledException"/> has a <see cref="TornSendException"/> inside, and every later send
    /// of this writer throws that.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than the buffer has; the buffer stays yours.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public unsafe ValueTask SendAsync<T>([Consumes] PageBuffer<T> buffer, int length, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, buffer.Length);
        return Sender.SendBlockAsync(buffer.Leave(PageBufferState.Sent), (nuint)length * (nuint)sizeof(T), owner: null, caller: null, cancellationToken);
    }

    /// <summary>Sends frozen pages, and waits without a thread while the pipe is full. They stay valid and can be sent again.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="pages">The pages. Disposed meanwhile, they are given up once this send is through.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ObjectDisposedException">The pages or the writer are disposed, or the writer was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public unsafe ValueTask SendAsync<T>(FrozenPages<T> pages, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(pages);
        return Sender.Start(Sender.SendOf(pages, pages.Hold(), (nuint)pages.Length * (nuint)sizeof(T)), cancellationToken);
    }

    /// <summary>Gives a buffer's pages away as <see cref="Gift{T}(PageBuffer{T})"/> does, and waits without a thread while the pipe is full.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer. It is consumed by the call itself, also where the gift fails or is cancelled.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ArgumentException">The elements do not fill whole pages; the buffer stays yours.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed, or was while the gift waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask GiftAsync<T>([Consumes] PageBuffer<T> buffer, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        nuint bytes = BytesOfGift(buffer);
        return Sender.Start(Sender.GiftOf(buffer.Leave(PageBufferState.Gifted), bytes), cancellationToken);
    }

    /// <summary>Copies bytes into the pipe with write(2), and waits without a thread while it is full.</summary>
    /// <param name="bytes">The bytes. Must not change until the task has ended; then the memory is the caller's to reuse.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was while the write waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
        => WriteAsync<byte>(bytes, cancellationToken);

    /// <summary>Copies values into the pipe as they lie in memory, with write(2), and waits without a thread while it is full.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="values">The values. Must not change until the task has ended; then the memory is the caller's to reuse.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was while the write waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask WriteAsync<T>(ReadOnlyMemory<T> values, CancellationToken cancellationToken = default)
        where T : unmanaged
        => Sender.WriteAsync(values, caller: null, cancellationToken);
}
