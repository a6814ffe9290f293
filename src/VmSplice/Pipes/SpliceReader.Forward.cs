using System.Net.Sockets;
using System.Runtime.InteropServices;
using VmSplice.Pipes;

namespace VmSplice;

/// <content>Forwarding, without the bytes coming through this process where that is right.</content>
public sealed partial class SpliceReader
{
    /// <summary>
    /// Forwards bytes of this pipe to another one. Their pages are passed on by reference (splice(2)) where the sender is
    /// known never to write to them again (<see cref="SpliceReaderOptions.Sender"/>). Else they are copied, because a page
    /// that was passed on would show what is written to it later. The target gets the same bytes either way.
    /// </summary>
    /// <param name="target">Another pipe's sending end. Each step is one piece among what others send there.</param>
    /// <param name="count">The bytes to forward.</param>
    /// <returns>The bytes forwarded: <paramref name="count"/>, or fewer where the stream ended before.</returns>
    /// <exception cref="ArgumentException">The target is this pipe itself.</exception>
    /// <exception cref="ForwardException">The target failed; says how much it took. What it did not take can still be read.</exception>
    /// <exception cref="TornSendException">An earlier send of the target was cancelled or failed half-way. Nothing more was moved.</exception>
    /// <exception cref="ObjectDisposedException">The reader or the target is disposed, or was meanwhile.</exception>
    public long SpliceTo(SpliceWriter target, long count) => Forward(ForwardTarget.Of(SenderOf(target), Checked(count), nameof(target)), count);

    /// <summary>Forwards bytes to a connected stream socket. The peer's end may be on another machine; sent is not yet received.</summary>
    /// <param name="target">A TCP or Unix stream socket. Its descriptor becomes non-blocking, as with every asynchronous call of .NET.</param>
    /// <param name="count">The bytes to forward.</param>
    /// <returns>The bytes forwarded: <paramref name="count"/>, or fewer where the stream ended before.</returns>
    /// <exception cref="ArgumentException">A datagram, seqpacket or crypto socket: refused before the kernel is asked.</exception>
    /// <exception cref="ForwardException">The peer reset or closed the connection; says how much the kernel took.</exception>
    /// <exception cref="ObjectDisposedException">The reader or the target is disposed, or the reader was meanwhile.</exception>
    public long SpliceTo(Socket target, long count) => Forward(ForwardTarget.Of(target, Checked(count), nameof(target)), count);

    /// <summary>Forwards bytes to a file, at the stream's position, which moves on. What the stream had buffered is flushed first.</summary>
    /// <param name="target">A regular file that is open for writing. On a file system without splice the bytes are copied.</param>
    /// <param name="count">The bytes to forward.</param>
    /// <returns>The bytes forwarded: <paramref name="count"/>, or fewer where the stream ended before.</returns>
    /// <exception cref="ArgumentException">Not a regular file, not open for writing, or open for appending (O_APPEND).</exception>
    /// <exception cref="ForwardException">The disk is full, or the file failed; says how much it took.</exception>
    /// <exception cref="ObjectDisposedException">The reader or the target is disposed, or the reader was meanwhile.</exception>
    public long SpliceTo(FileStream target, long count)
    {
        ForwardTarget file = ForwardTarget.Of(target, Checked(count), nameof(target));
        try
        {
            return Forward(file, count);
        }
        finally
        {
            file.MoveOn(target);
        }
    }

    /// <summary>Forwards bytes to whatever a handle refers to, where the descriptor stands, as write(2) does.</summary>
    /// <param name="target">A regular file, the write end of a pipe, or a connected stream socket. A blocking socket is written to with a copy.</param>
    /// <param name="count">The bytes to forward.</param>
    /// <returns>The bytes forwarded: <paramref name="count"/>, or fewer where the stream ended before.</returns>
    /// <exception cref="ArgumentException">Something else, or not open for writing, or open for appending (O_APPEND): refused before the kernel is asked.</exception>
    /// <exception cref="ForwardException">The target failed; says how much it took. What it did not take can still be read.</exception>
    /// <exception cref="ObjectDisposedException">The reader or the target is disposed, or the reader was meanwhile.</exception>
    public long SpliceTo(SafeHandle target, long count) => Forward(ForwardTarget.Of(target, Checked(count), nameof(target)), count);

    /// <summary>Forwards everything until the stream ends.</summary>
    /// <inheritdoc cref="SpliceTo(SpliceWriter, long)"/>
    /// <returns>The bytes forwarded.</returns>
    public long Forward(SpliceWriter target) => SpliceTo(target, long.MaxValue);

    /// <summary>Forwards everything until the stream ends.</summary>
    /// <inheritdoc cref="SpliceTo(Socket, long)"/>
    /// <returns>The bytes forwarded.</returns>
    public long Forward(Socket target) => SpliceTo(target, long.MaxValue);

    /// <summary>Forwards everything until the stream ends.</summary>
    /// <inheritdoc cref="SpliceTo(FileStream, long)"/>
    /// <returns>The bytes forwarded.</returns>
    public long Forward(FileStream target) => SpliceTo(target, long.MaxValue);

    /// <summary>Forwards everything until the stream ends.</summary>
    /// <inheritdoc cref="SpliceTo(SafeHandle, long)"/>
    /// <returns>The bytes forwarded.</returns>
    public long Forward(SafeHandle target) => SpliceTo(target, long.MaxValue);

    /// <summary>
    /// Sends bytes that wait in this pipe to another one as well; here they stay. Waits until there is at least one. To
    /// have a whole stream twice, tee some and forward just as many, until there are no more (tee(2), EXAMPLES).
    /// </summary>
    /// <param name="target">Another pipe's sending end.</param>
    /// <param name="count">The most bytes to send.</param>
    /// <returns>The bytes sent, counted from the first that waits here; 0 at the end of the stream.</returns>
    /// <exception cref="ArgumentException">The target is this pipe itself, or standard output that is not a pipe.</exception>
    /// <exception cref="ForwardException">The target's reader is gone. Everything is still here.</exception>
    /// <exception cref="TornSendException">An earlier send of the target was cancelled or failed half-way. Nothing was sent.</exception>
    /// <exception cref="ObjectDisposedException">The reader or the target is disposed, or was meanwhile.</exception>
    public long TeeTo(SpliceWriter target, long count)
        => Forwarder.Tee(Receiver, TeeTarget(target, count), count);

    private ForwardTarget TeeTarget(SpliceWriter target, long count)
        => Forwarder.CheckPipe(ForwardTarget.Of(SenderOf(target), Checked(count), nameof(target)), nameof(target));

    private long Forward(ForwardTarget target, long count) => Forwarder.Run(Receiver, target, count);

    private static Sender SenderOf(SpliceWriter target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Sender;
    }

    private SafeHandle Checked(long count)
    {
        Receiver.ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Handle;
    }
}
