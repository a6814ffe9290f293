using System.Buffers;
using System.Runtime.InteropServices;
using VmSplice.CompilerServices;
using VmSplice.Records;

namespace VmSplice;

/// <summary>
/// Writes records as a <see cref="RecordWriter{T}"/> does, but into any buffer: for a file, a message broker, a
/// <c>PipeWriter</c>. A <see cref="RecordReader{T}"/>, a <see cref="RecordDecoder{T}"/> and <see cref="RecordCodec"/> read it.
/// </summary>
/// <typeparam name="T">A <see cref="SpliceableAttribute">[Spliceable]</see> struct.</typeparam>
/// <param name="destination">Where to. A copy is made: this memory is not moved.</param>
/// <exception cref="InvalidOperationException">The type has not the size that its layout describes: another source generator adds fields to it.</exception>
public sealed class RecordEncoder<T>(IBufferWriter<byte> destination)
    where T : unmanaged, ISpliceable<T>
{
    private readonly RecordLayout _layout = TailFields<T>.LayoutWithoutAny("a RecordEncoder");
    private bool _headerWritten;
    private bool _completed;

    /// <summary>Gets the records written so far.</summary>
    public long RecordsWritten { get; private set; }

    /// <summary>Writes records as one or more blocks.</summary>
    /// <param name="records">The records.</param>
    /// <exception cref="InvalidOperationException">The stream was completed.</exception>
    public void Write(ReadOnlySpan<T> records)
    {
        WriteHeader();
        while (!records.IsEmpty)
        {
            ReadOnlySpan<T> block = records[..Math.Min(records.Length, RecordsOfBlock)];
            WriteBlockHeader(block.Length);
            destination.Write(MemoryMarshal.AsBytes(block));
            RecordsWritten += block.Length;
            records = records[block.Length..];
        }
    }

    /// <summary>Writes the end mark, by which a reader knows that this is all. Once is enough.</summary>
    public void Complete()
    {
        if (_completed)
        {
            return;
        }

        WriteHeader();
        WriteBlockHeader(0);
        _completed = true;
    }

    // As large as a chunk of a record writer, so that a reader takes a block at once.
    private static unsafe int RecordsOfBlock => Math.Max(1, (RecordStreamFormat.DefaultChunkSize - RecordStreamFormat.BlockHeaderLength) / sizeof(T));

    private void WriteHeader()
    {
        if (_completed)
        {
            throw new InvalidOperationException("The stream was completed. Begin another with a RecordEncoder of its own.");
        }

        if (!_headerWritten)
        {
            int length = RecordStreamFormat.HeaderLengthOf(_layout);
            Span<byte> header = destination.GetSpan(length)[..length];
            RecordStreamFormat.WriteHeader(header, _layout, RecordStreamFlags.None);
            destination.Advance(length);
            _headerWritten = true;
        }
    }

    private void WriteBlockHeader(int records)
    {
        Span<byte> header = destination.GetSpan(RecordStreamFormat.BlockHeaderLength)[..RecordStreamFormat.BlockHeaderLength];
        RecordStreamFormat.WriteBlockHeader(header, records, RecordsWritten);
        destination.Advance(RecordStreamFormat.BlockHeaderLength);
    }
}
