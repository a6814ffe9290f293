using System.Globalization;
using VmSplice.Buffers;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice;

/// <content>Spliceable buffers: scattered straight into the segments.</content>
public sealed partial class SpliceReader
{
    private long _buffersReceived;
    private bool _buffersCompleted;

    /// <summary>Receives a buffer into new pages.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <exception cref="EndOfStreamException">The sender has completed the stream, so no further buffer comes.</exception>
    /// <inheritdoc cref="TryReceive{TBuffer}()"/>
    public TBuffer Receive<TBuffer>()
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => TryReceive<TBuffer>() ?? throw Ended(TBuffer.Layout);

    /// <summary>Receives a buffer into new pages, or finds that the stream has ended.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <returns>
    /// The buffer, yours to read, write, send on or dispose; <see langword="null"/> where the sender has completed the stream
    /// (<see cref="SpliceWriter.CompleteBuffers"/>).
    /// </returns>
    /// <exception cref="BufferStreamException">
    /// What arrived is damaged, laid out differently, or has an invalid value, with the segment and the byte; or the stream was
    /// cut: the pipe has ended and its sender did not complete the stream.
    /// </exception>
    /// <exception cref="InvalidOperationException">A length varies, and without <see cref="SpliceReaderOptions.Framed"/> nobody tells it; or an asynchronous read was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the receive waited.</exception>
    public TBuffer? TryReceive<TBuffer>()
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        BufferPages pages = RentPages(TBuffer.Layout);
        bool received = false;
        try
        {
            received = ReceiveOperation.Run(pages, ElementCheck<TBuffer>.IndexOfInvalid);
            return received ? TBuffer.Create(pages) : null;
        }
        finally
        {
            if (!received)
            {
                pages.Dispose();
            }
        }
    }

    /// <summary>Receives into a buffer that you own; what it held is overwritten.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It stays yours; where this throws, its content is unspecified.</param>
    /// <exception cref="EndOfStreamException">The sender has completed the stream, so no further buffer comes.</exception>
    /// <inheritdoc cref="TryReceiveInto{TBuffer}(TBuffer)"/>
    public void ReceiveInto<TBuffer>([Writes] TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        if (!TryReceiveInto(buffer))
        {
            throw Ended(TBuffer.Layout);
        }
    }

    /// <summary>Receives into a buffer that you own, or finds that the stream has ended.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It stays yours; where this throws, its content is unspecified.</param>
    /// <returns>
    /// Whether a buffer arrived; <see langword="false"/> where the sender has completed the stream
    /// (<see cref="SpliceWriter.CompleteBuffers"/>).
    /// </returns>
    /// <exception cref="BufferStreamException">
    /// What arrived is damaged, laid out differently, or has an invalid value, with the segment and the byte; or the stream was
    /// cut: the pipe has ended and its sender did not complete the stream.
    /// </exception>
    /// <exception cref="InvalidOperationException">An asynchronous read was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over, or the reader is disposed; before or while the receive waited.</exception>
    public bool TryReceiveInto<TBuffer>([Writes] TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => ReceiveOperationFor(buffer).Run(buffer.Pages, ElementCheck<TBuffer>.IndexOfInvalid);

    /// <summary>Fills what is left of segments, as far as the pipe has something for them.</summary>
    /// <param name="rest">What is left.</param>
    /// <param name="filled">Counts the bytes.</param>
    /// <returns>Whether they are full or the stream has ended; else the pipe is empty.</returns>
    private bool TryScatter(ref Span<IoVec> rest, ref long filled)
    {
        rest = SegmentRun.Skip(rest, 0);
        filled += TakeReadAhead(ref rest);
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<IoVec> next = rest[..Math.Min(rest.Length, Limits.IOV_MAX)];
            nint read = _nonBlocking.TryRead(next, out int errno);
            switch (errno)
            {
                case 0 when read == 0:
                    return true;
                case 0:
                    nuint wanted = SegmentRun.BytesOf(next);
                    BytesRead += read;
                    filled += read;
                    rest = SegmentRun.Skip(rest, (nuint)read);
                    Instruments.CountTransfer("readv", Instruments.Receive, wanted, read);
                    break;
                case Errno.EINTR:
                    break;
                case Errno.EAGAIN:
                    return false;
                default:
                    throw SystemCallException.Create("readv", errno, DescriptorInfo.Describe(_end.Handle));
            }
        }

        return true;
    }

    private unsafe long TakeReadAhead(ref Span<IoVec> segments)
    {
        long taken = 0;
        while (HasReadAhead && !segments.IsEmpty)
        {
            // SAFETY: the receive keeps the segments mapped, and each is no longer than its pages.
            IoVec first = segments[0];
            int some = TakeReadAhead(new Span<byte>((void*)first.Address, (int)Math.Min(first.Length, int.MaxValue)));
            segments = SegmentRun.Skip(segments, (nuint)some);
            taken += some;
        }

        return taken;
    }

    /// <summary>Rents the pages to receive into.</summary>
    private BufferPages RentPages(BufferLayout layout)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Framed || layout.VariableSegments == 0
            ? BufferPages.Rent(PagePool.Shared, layout)
            : throw new InvalidOperationException($"{layout.Name} has segments whose length varies, and without framing nobody tells it. Set the lengths of a buffer of your own and receive into that, or leave Framed on at both ends.");
    }

    /// <summary>Checks the segments of a buffer; <see langword="false"/> where the stream had ended before it.</summary>
    internal bool IsReceived(BufferPages pages, long filled, Func<BufferPages, int, int> indexOfInvalid)
    {
        long wanted = 0;
        for (int segment = 0; segment < pages.Layout.Items.Length; segment++)
        {
            wanted += pages.SizeOf(segment);
        }

        if (filled < wanted)
        {
            return filled == 0 && !Framed ? false : throw Cut(pages, filled);
        }

        for (int segment = 0; segment < pages.Layout.Items.Length; segment++)
        {
            int invalid = indexOfInvalid(pages, segment);
            if (invalid >= 0)
            {
                throw Invalid(pages, segment, invalid);
            }
        }

        _buffersReceived++;
        return true;
    }

    /// <summary>Whether the beginning of a header arrived; <see langword="false"/> where the sender completed the stream before.</summary>
    internal bool IsHeaderBegun(BufferPages pages, long filled)
    {
        if (filled == 0)
        {
            return _buffersCompleted ? false : throw NotCompleted(pages.Layout);
        }

        if (filled < BufferHeader.Least)
        {
            throw CutHeader(pages, filled);
        }

        _buffersCompleted = BufferHeader.IsEnd(pages.Header);
        return !_buffersCompleted;
    }

    /// <summary>Checks by the beginning of the header that the buffer is the one that is expected.</summary>
    internal void CheckHeader(BufferPages pages)
    {
        if (BufferHeader.Check(pages.Header, pages.Layout))
        {
            NoteSenderRecycles();
        }
    }

    /// <summary>Takes the lengths over.</summary>
    internal static void TakeHeader(BufferPages pages, long filled)
    {
        if (filled < pages.HeaderLength)
        {
            throw CutHeader(pages, filled);
        }

        pages.ReadLengths();
    }

    private BufferStreamException NotCompleted(BufferLayout layout) => new(
        _buffersReceived == 0 ? StreamFault.NotBegun : StreamFault.Cut,
        string.Create(CultureInfo.InvariantCulture, $"The pipe ended before the next {layout.Name}, and its sender did not complete the stream: it died, or disposed its writer without CompleteBuffers. Buffers that arrived: {_buffersReceived}."),
        null,
        0);

    private static BufferStreamException CutHeader(BufferPages pages, long filled) => new(
        StreamFault.Cut,
        string.Create(CultureInfo.InvariantCulture, $"The stream was cut {Counted.Bytes(filled)} into the header of a {pages.Layout.Name} ({pages.HeaderLength} bytes): the sender ended without completing it."),
        null,
        filled);

    private static BufferStreamException Cut(BufferPages pages, long filled)
    {
        int segment = 0;
        while (filled >= pages.SizeOf(segment))
        {
            filled -= pages.SizeOf(segment++);
        }

        string name = pages.Layout.Items[segment].Name;
        return new BufferStreamException(
            StreamFault.Cut,
            string.Create(CultureInfo.InvariantCulture, $"The stream was cut {Counted.Bytes(filled)} into {pages.Layout.Name}.{name} ({Counted.Bytes(pages.SizeOf(segment))}): the sender ended without completing it."),
            name,
            filled);
    }

    private static BufferStreamException Invalid(BufferPages pages, int segment, int element)
    {
        BufferSegment described = pages.Layout.Items[segment];
        ReadOnlySpan<byte> bytes = pages.BytesOf(segment, element);
        const int Most = 64;
        string shown = Convert.ToHexString(bytes[..Math.Min(bytes.Length, Most)]) + (bytes.Length > Most ? "…" : "");
        long offset = (long)element * described.ElementSize;
        return new BufferStreamException(
            StreamFault.InvalidValue,
            string.Create(CultureInfo.InvariantCulture, $"Element {element} of {pages.Layout.Name}.{described.Name} is no valid {described.Type}: its bytes are {shown} at byte {offset} of the segment."),
            described.Name,
            offset);
    }

    internal static EndOfStreamException Ended(BufferLayout layout)
        => new($"The stream has ended; no further {layout.Name} comes. Use TryReceive where that is to be expected.");
}
