using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using VmSplice.CompilerServices;
using VmSplice.Diagnostics;
using VmSplice.InPlace;
using VmSplice.Records;

namespace VmSplice;

/// <summary>
/// Reads records out of bytes that come in pieces of any length, with the checks of a <see cref="RecordReader{T}"/>: the
/// layout, that nothing is missing, and that every <see cref="bool"/> and enum has a valid value. Keeps no bytes: what
/// does not make a whole record yet stays in the caller's buffer.
/// </summary>
/// <typeparam name="T">A <see cref="SpliceableAttribute">[Spliceable]</see> struct.</typeparam>
public sealed unsafe class RecordDecoder<T>
    where T : unmanaged, ISpliceable<T>
{
    private readonly RecordLayout _layout = TailFields<T>.LayoutWithoutAny("a RecordDecoder");
    private long _position;
    private long _remaining;
    private bool _headerRead;

    // By this build or by another one.
    private SentRecord _sent = SentRecord.Of<T>(sizeof(T));

    // Of texts and lists that a later version has.
    private uint _toSkip;

    /// <summary>Creates a decoder at the start of a stream.</summary>
    /// <exception cref="InvalidOperationException">The type has not the size that its layout describes: another source generator adds fields to it.</exception>
    public RecordDecoder()
    {
    }

    /// <summary>Gets whether the end mark was read: no more records will come.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>Gets the records read so far.</summary>
    public long RecordsRead { get; private set; }

    /// <summary>Reads as many whole records as there are and fit.</summary>
    /// <param name="source">The bytes that were not consumed yet; moved on past what was. Never past the end mark.</param>
    /// <param name="destination">Where to.</param>
    /// <returns>The records read; 0 where more bytes are needed, at the end, and for an empty destination.</returns>
    /// <exception cref="RecordStreamException">
    /// The stream is damaged, laid out differently, or has a record with an invalid value; says which record and byte. Good
    /// records before it are read first.
    /// </exception>
    public int Read(ref ReadOnlySequence<byte> source, Span<T> destination)
    {
        int read = 0;
        while (!IsCompleted && TryReadHeaders(ref source))
        {
            int whole = (int)Math.Min(Math.Min(_remaining, source.Length / _sent.Size), destination.Length - read);
            if (whole == 0)
            {
                break;
            }

            Span<T> batch = destination.Slice(read, whole);
            CopyTo(batch, source.Slice(0, (long)whole * _sent.Size));
            int valid = RecordValidation.CountValid<T>(batch);
            if (valid == 0)
            {
                RecordStreamException invalid = RecordValidation.Invalid(in batch[0], RecordsRead, _position);
                batch.Clear();
                return read > 0 ? read : throw invalid;
            }

            batch[valid..].Clear();
            Skip(ref source, (long)valid * _sent.Size);
            RecordsRead += valid;
            _remaining -= valid;
            read += valid;
            if (valid < whole)
            {
                break;
            }
        }

        return read;
    }

    /// <summary>Says that no more bytes will come.</summary>
    /// <param name="rest">The bytes that <see cref="Read"/> left.</param>
    /// <exception cref="RecordStreamException">The stream was cut: the end mark is missing.</exception>
    public void EndOfBytes(in ReadOnlySequence<byte> rest)
    {
        if (IsCompleted)
        {
            return;
        }

        long at = _position + rest.Length;
        string where = (_headerRead, _remaining) switch
        {
            (false, _) => string.Create(CultureInfo.InvariantCulture, $"before its header ({rest.Length} of {RecordStreamFormat.HeaderLength} bytes)"),
            (true, 0) => string.Create(CultureInfo.InvariantCulture, $"before record {RecordsRead}, at byte {at}"),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{Counted.Bytes(rest.Length)} into record {RecordsRead} of {Counted.Bytes(_sent.Size)}, at byte {at}"),
        };
        throw new RecordStreamException(!_headerRead && rest.IsEmpty ? StreamFault.NotBegun : StreamFault.Cut, string.Create(
            CultureInfo.InvariantCulture,
            $"The stream was cut {where}. Records that arrived whole: {RecordsRead}."), RecordsRead, at);
    }

    /// <summary>Reads the headers that come next. <see langword="false"/> where more bytes are needed, or the stream ended.</summary>
    private bool TryReadHeaders(ref ReadOnlySequence<byte> source)
    {
        Span<byte> header = stackalloc byte[RecordStreamFormat.HeaderLength];
        if (!_headerRead && !TryReadHeader(ref source, header))
        {
            return false;
        }

        while (_remaining == 0 && !IsCompleted)
        {
            long skipped = Math.Min(_toSkip, source.Length);
            Skip(ref source, skipped);
            _toSkip -= (uint)skipped;
            if (_toSkip != 0)
            {
                return false;
            }

            header = header[..RecordStreamFormat.BlockHeaderLength];
            if (!TryTake(ref source, header))
            {
                return false;
            }

            // An invitation is for a reader of the sender's own pipe.
            if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Invitation.Magic)
            {
                _remaining = RecordStreamFormat.ReadBlockHeader(header, RecordsRead, _position);
                (_toSkip, _) = RecordStreamFormat.ReadTail(header);
                _sent.ThrowIfNoTail(_remaining, _toSkip, RecordsRead, _position);
                IsCompleted = _remaining == 0;
            }

            _position += header.Length;
        }

        return !IsCompleted;
    }

    private bool TryReadHeader(ref ReadOnlySequence<byte> source, Span<byte> first)
    {
        ReadOnlySequence<byte> rest = source;
        if (!TryTake(ref rest, first))
        {
            return false;
        }

        // With the versions before, where there are any.
        byte[] header = new byte[RecordStreamFormat.HeaderLengthOf(first)];
        if (!TryTake(ref source, header))
        {
            return false;
        }

        _ = RecordStreamFormat.ReadHeader(header, _layout, out int size);
        _sent = SentRecord.Of<T>(size);
        _position += header.Length;
        return _headerRead = true;
    }

    private void CopyTo(Span<T> records, in ReadOnlySequence<byte> sent)
    {
        if (_sent.Size == sizeof(T))
        {
            sent.CopyTo(MemoryMarshal.AsBytes(records));
        }
        else
        {
            Repacking<T>.Make(sent.ToArray(), _sent.Size, records);
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> source, Span<byte> header)
    {
        if (source.Length < header.Length)
        {
            return false;
        }

        source.Slice(0, header.Length).CopyTo(header);
        source = source.Slice(header.Length);
        return true;
    }

    private void Skip(ref ReadOnlySequence<byte> source, long count)
    {
        source = source.Slice(count);
        _position += count;
    }
}
