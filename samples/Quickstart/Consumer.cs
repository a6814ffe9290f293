using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VmSplice;

namespace Quickstart;

/// <summary>The child: reads records from standard input and answers each round with its checksum.</summary>
internal static class Consumer
{
    /// <summary>16 KiB, as many as a batch of <see cref="RecordReader{T}"/> has.</summary>
    private const int RecordsPerPiece = 128;

    public static int Run(TimeSpan between, int rounds, long recordsPerRound, int chunkSize)
    {
        using SpliceReader input = SpliceReader.OpenStandardInput();
        using RecordWriter<RoundResult> results = RoundResult.CreateWriter(SpliceWriter.OpenInherited());

        TopTable.Print(ReadAll(input), ReadAll(input), between);
        results.Flush();

        ProcessSample[] buffer = GC.AllocateUninitializedArray<ProcessSample>(chunkSize / Unsafe.SizeOf<ProcessSample>(), pinned: true);
        for (int i = 0; i < rounds; i++)
        {
            Answer(results, ConsumeRecords(input));
            Answer(results, ConsumeRecords(input));
            Answer(results, ConsumePlain(input, buffer, recordsPerRound));
        }

        results.Complete();
        return 0;
    }

    private static void Answer(RecordWriter<RoundResult> results, RoundResult result)
    {
        results.Write(result);
        results.Flush();
    }

    private static List<ProcessSample> ReadAll(SpliceReader input)
    {
        using RecordReader<ProcessSample> reader = ProcessSample.CreateReader(input, new() { LeaveOpen = true });
        var samples = new List<ProcessSample>();
        foreach (ref readonly ProcessSample sample in reader)
        {
            samples.Add(sample);
        }

        return samples;
    }

    /// <summary>The records as they come, checked by the reader: header, block counts, states.</summary>
    private static RoundResult ConsumeRecords(SpliceReader input)
    {
        using RecordReader<ProcessSample> reader = ProcessSample.CreateReader(input, new() { LeaveOpen = true });
        Checksum checksum = default;
        ReadOnlySpan<ProcessSample> batch;
        while (!(batch = reader.ReadBatch()).IsEmpty)
        {
            checksum.Add(batch);
        }

        return new RoundResult(reader.RecordsRead, checksum.Value);
    }

    /// <summary>The same bytes by plain read(2), a chunk at once, with the same checks and in the same pieces.</summary>
    private static RoundResult ConsumePlain(SpliceReader input, Span<ProcessSample> buffer, long records)
    {
        Checksum checksum = default;
        long left = records;
        while (left > 0)
        {
            Span<ProcessSample> chunk = buffer[..(int)Math.Min(left, buffer.Length)];
            input.ReadExactly(MemoryMarshal.AsBytes(chunk));
            for (ReadOnlySpan<ProcessSample> rest = chunk; !rest.IsEmpty;)
            {
                ReadOnlySpan<ProcessSample> piece = rest[..Math.Min(rest.Length, RecordsPerPiece)];
                Check(piece);
                checksum.Add(piece);
                rest = rest[piece.Length..];
            }

            left -= chunk.Length;
        }

        return new RoundResult(records, checksum.Value);
    }

    private static void Check<T>(ReadOnlySpan<T> records)
        where T : unmanaged, ISpliceable<T>
    {
        foreach (ref readonly T record in records)
        {
            if (T.IndexOfInvalidField(in record) >= 0)
            {
                throw new InvalidDataException("A record has a value that its type does not define.");
            }
        }
    }
}
