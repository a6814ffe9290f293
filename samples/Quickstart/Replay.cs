using System.Diagnostics;
using System.Runtime.CompilerServices;
using VmSplice;

namespace Quickstart;

/// <summary>The parent's bulk part: the captured records again and again, in place, by vmsplice and by write, in turn.</summary>
internal sealed class Replay(SpliceWriter output, RecordReader<RoundResult> results, ProcessSample[] captured, long recordsPerRound, int chunkSize)
{
    private const int RecordsPerBlock = 64;

    private readonly ProcessSample[] _buffer = GC.AllocateUninitializedArray<ProcessSample>(chunkSize / Unsafe.SizeOf<ProcessSample>(), pinned: true);

    /// <summary>Gets whether the child read in place where it was offered.</summary>
    public bool IsInPlace { get; private set; }

    public Measurement MoveRecords(bool inPlace) => Measure(() =>
    {
        using RecordWriter<ProcessSample> writer = ProcessSample.CreateWriter(output, new() { LeaveOpen = true, ChunkSize = chunkSize, InPlace = inPlace });
        Checksum checksum = default;
        long sequence = 0;
        while (sequence < recordsPerRound)
        {
            Span<ProcessSample> slots = writer.GetSpan();
            slots = slots[..(int)Math.Min(slots.Length, recordsPerRound - sequence)];
            sequence = Fill(slots, sequence, ref checksum);
            writer.Advance(slots.Length);
        }

        IsInPlace |= writer.IsInPlace;
        writer.Complete();
        return checksum;
    });

    public Measurement WritePlain() => Measure(() =>
    {
        Checksum checksum = default;
        long sequence = 0;
        while (sequence < recordsPerRound)
        {
            Span<ProcessSample> slots = _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, recordsPerRound - sequence));
            sequence = Fill(slots, sequence, ref checksum);
            output.Write<ProcessSample>(slots);
        }

        return checksum;
    });

    private long Fill(Span<ProcessSample> slots, long sequence, ref Checksum checksum)
    {
        // Block by block, so that the checksum reads what is still in the first-level cache.
        while (!slots.IsEmpty)
        {
            Span<ProcessSample> block = slots[..Math.Min(slots.Length, RecordsPerBlock)];
            int source = (int)(sequence % captured.Length);
            block = block[..Math.Min(block.Length, captured.Length - source)];
            captured.AsSpan(source, block.Length).CopyTo(block);
            foreach (ref ProcessSample slot in block)
            {
                slot.Sequence = sequence++;
            }

            checksum.Add(block);
            slots = slots[block.Length..];
        }

        return sequence;
    }

    private Measurement Measure(Func<Checksum> send)
    {
        long start = Stopwatch.GetTimestamp();
        ulong sent = send().Value;
        ReadOnlySpan<RoundResult> answer = results.ReadBatch();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return answer is [var result]
            ? new Measurement(recordsPerRound, sent, result.Records, result.Checksum, seconds)
            : throw new InvalidOperationException("The child ended without an answer.");
    }
}
