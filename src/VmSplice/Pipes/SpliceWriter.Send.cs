using System.Globalization;
using System.Runtime.CompilerServices;
using VmSplice.Diagnostics;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice;

/// <content>Sending: by move, as a gift, frozen, or copied.</content>
public sealed partial class SpliceWriter
{
    /// <summary>Moves a buffer into the pipe. It is consumed, also where the send fails.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer.</param>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public void Send<T>([Consumes] PageBuffer<T> buffer)
        where T : unmanaged
        => Send(buffer, buffer.Length);

    /// <summary>Moves a buffer into the pipe, but only its first elements are sent.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer. All of it is consumed.</param>
    /// <param name="length">How many elements to send.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than the buffer has; the buffer stays yours.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public unsafe void Send<T>([Consumes] PageBuffer<T> buffer, int length)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, buffer.Length);
        Sender.SendBlock(buffer.Leave(PageBufferState.Sent), (nuint)length * (nuint)sizeof(T));
    }

    /// <summary>
    /// Gives a buffer's pages away (SPLICE_F_GIFT): this process never writes to nor reuses them, so the reader may keep
    /// them, and the kernel may move them into a file without a copy.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer. It is consumed, also where the gift fails half-way.</param>
    /// <exception cref="ArgumentException">The elements do not fill whole pages; the buffer stays yours.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public void Gift<T>([Consumes] PageBuffer<T> buffer)
        where T : unmanaged
    {
        nuint bytes = BytesOfGift(buffer);
        Sender.Run(Sender.GiftOf(buffer.Leave(PageBufferState.Gifted), bytes));
    }

    /// <summary>Sends frozen pages. They stay valid and can be sent again.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="pages">The pages.</param>
    /// <exception cref="ObjectDisposedException">The pages or the writer are disposed, or the writer was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public unsafe void Send<T>(FrozenPages<T> pages)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(pages);
        Sender.Run(Sender.SendOf(pages, pages.Hold(), (nuint)pages.Length * (nuint)sizeof(T)));
    }

    /// <summary>
    /// Copies bytes into the pipe with write(2). The memory stays the caller's. <c>Write([1, 2])</c> writes two bytes, as a stream does; constants
    /// above 255 and <c>int</c> variables in such a list make it a list of four-byte integers.
    /// </summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was while the write waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    [OverloadResolutionPriority(1)]
    public void Write(ReadOnlySpan<byte> bytes) => Sender.Write(bytes, caller: null);

    /// <summary>Copies values into the pipe as they lie in memory, with write(2). The memory stays the caller's.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="values">The values.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was while the write waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public unsafe void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        // SAFETY: write(2) copies before it returns; the memory is pinned until then. AsBytes would overflow beyond 2 GiB.
        fixed (T* first = values)
        {
            Sender.Write((nint)first, (nuint)values.Length * (nuint)sizeof(T), caller: null);
        }
    }

    private static unsafe nuint BytesOfGift<T>(PageBuffer<T> buffer)
        where T : unmanaged
    {
        nuint bytes = (nuint)buffer.Length * (nuint)sizeof(T);
        nuint beyond = bytes & (nuint)(Environment.SystemPageSize - 1);
        if (beyond != 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A gift of {Counted.Of(buffer.Length, "element")} of {Counted.Bytes(sizeof(T))}, {Counted.Bytes(bytes)} in all, goes {beyond} beyond whole pages ({Environment.SystemPageSize} bytes); gifts must be whole pages. Rent a length that fills them, or use Send."),
                nameof(buffer));
        }

        return bytes;
    }
}
