using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using VmSplice.CompilerServices;
using VmSplice.Diagnostics;

namespace VmSplice;

/// <summary>
/// Records to bytes and back, for whatever carries bytes: a batch becomes one message, with the layout check and the
/// validation of a stream of records. The format is that of <see cref="RecordWriter{T}"/>.
/// </summary>
public static class RecordCodec
{
    private const int BatchBytes = 64 * 1024;

    /// <summary>Writes records as a whole stream: header, blocks, end mark.</summary>
    /// <typeparam name="T">A <see cref="SpliceableAttribute">[Spliceable]</see> struct.</typeparam>
    /// <param name="records">The records.</param>
    /// <param name="destination">Where to.</param>
    /// <exception cref="InvalidOperationException">The type has not the size that its layout describes: another source generator adds fields to it.</exception>
    public static void Encode<T>(ReadOnlySpan<T> records, IBufferWriter<byte> destination)
        where T : unmanaged, ISpliceable<T>
    {
        ArgumentNullException.ThrowIfNull(destination);
        var encoder = new RecordEncoder<T>(destination);
        encoder.Write(records);
        encoder.Complete();
    }

    /// <summary>Reads a whole stream.</summary>
    /// <typeparam name="T">A <see cref="SpliceableAttribute">[Spliceable]</see> struct.</typeparam>
    /// <param name="source">All of its bytes, and nothing else.</param>
    /// <returns>The records.</returns>
    /// <exception cref="RecordStreamException">
    /// The bytes are cut, damaged, of another layout, more than one stream, or have a record with an invalid value.
    /// </exception>
    /// <exception cref="InvalidOperationException">The type has not the size that its layout describes: another source generator adds fields to it.</exception>
    public static T[] Decode<T>(ReadOnlySequence<byte> source)
        where T : unmanaged, ISpliceable<T>
    {
        // No more records than the bytes have room for, whatever the counts in them claim.
        long length = source.Length;
        RecordLayout layout = CheckedLayout.Of<T>();
        T[] records = new T[length / (layout.Earlier.Count == 0 ? layout.Size : layout.Earlier[0].Size)];
        var decoder = new RecordDecoder<T>();
        int read = 0;
        for (int step = 1; step != 0; read += step)
        {
            step = decoder.Read(ref source, records.AsSpan(read));
        }

        decoder.EndOfBytes(in source);
        if (!source.IsEmpty)
        {
            throw new RecordStreamException(
                StreamFault.Damaged,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Counted.Bytes(source.Length)} behind the end of the stream, which has {Counted.Of(decoder.RecordsRead, "record")}. Read several "
                        + $"streams with a RecordDecoder for each."),
                decoder.RecordsRead,
                length - source.Length);
        }

        Array.Resize(ref records, read);
        return records;
    }

    /// <summary>Reads a stream of records batch by batch, until its end mark. What follows stays in the reader.</summary>
    /// <typeparam name="T">A <see cref="SpliceableAttribute">[Spliceable]</see> struct.</typeparam>
    /// <param name="source">The bytes: of a file, a network connection, a message. Not completed here.</param>
    /// <param name="cancellationToken">Ends the wait for more.</param>
    /// <returns>The batches. Each has memory of its own, and may be kept.</returns>
    /// <exception cref="RecordStreamException">The stream is cut, damaged, laid out differently, or has an invalid value.</exception>
    /// <exception cref="InvalidOperationException">The type has not the size that its layout describes: another source generator adds fields to it.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<T>> ReadRecordsAsync<T>(
        this PipeReader source,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : unmanaged, ISpliceable<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        var decoder = new RecordDecoder<T>();
        T[]? batch = null;
        while (!decoder.IsCompleted)
        {
            ReadResult result = await source.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> rest = result.Buffer;

            // No longer than what there is to put into it. One that got no record is used again.
            batch ??= new T[Math.Clamp(rest.Length / T.Layout.Size, 1, Math.Max(1, BatchBytes / T.Layout.Size))];
            int read = Read(decoder, ref rest, batch, result.IsCompleted);

            // Examined means that there is nothing in it for whoever reads next either; what follows the end mark is theirs.
            source.AdvanceTo(rest.Start, read == 0 && !decoder.IsCompleted ? rest.End : rest.Start);
            if (read != 0)
            {
                yield return batch.AsMemory(0, read);
                batch = null;
            }
            else if (result.IsCanceled)
            {
                throw new OperationCanceledException("The read was cancelled with CancelPendingRead.");
            }
        }
    }

    private static int Read<T>(RecordDecoder<T> decoder, ref ReadOnlySequence<byte> rest, T[] batch, bool isLast)
        where T : unmanaged, ISpliceable<T>
    {
        int read = decoder.Read(ref rest, batch);
        if (read == 0 && isLast)
        {
            decoder.EndOfBytes(in rest);
        }

        return read;
    }
}
