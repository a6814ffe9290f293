using System.Diagnostics;
using System.Globalization;
using CsCheck;

namespace VmSplice.Tests.InPlace;

/// <summary>What is broadcast arrives at every reader as it was written, in whatever way it was written and is read.</summary>
[Trait("Category", "Transport")]
public class BroadcastTrafficTests
{
    private static readonly Gen<int[]> Flushes = Gen.OneOf(Gen.Int[1, 50], Gen.Int[200, 700], Gen.Int[300, 1_000], Gen.Int[2_000, 9_000]).Array[50, 300];

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(4, true)]
    [InlineData(8, true)]
    [InlineData(4, false)]
    public void Processes_GetEveryRecord(int readers, bool inPlace)
    {
        const long Records = 400_000;
        SplicePipe[] pipes = [.. Enumerable.Range(0, readers).Select(static _ => SplicePipe.Create(Exchange.Capacity))];
        Process[] children = [.. pipes.Select(static pipe => Child.StartReader(pipe, Child.Helper("in-place-read-and-tell")))];
        using (var broadcaster = new RecordBroadcaster<Tick>(pipes.Select(static pipe => pipe.OpenWriter()), Audience.Options(inPlace: inPlace)))
        {
            for (long i = 0; i < Records; i++)
            {
                broadcaster.Next() = Tick.At(i);
            }

            broadcaster.Complete();
            Assert.All(broadcaster.Readers, reader => Assert.Null(reader.Error));
            Assert.All(broadcaster.Readers, reader => Assert.Equal(Records, reader.RecordsSent));
        }

        string expected = string.Create(CultureInfo.InvariantCulture, $"{Records} records, in place: {inPlace}");
        Assert.All(children, child => Assert.Equal(expected, Child.Finish(child).Trim()));
        foreach (SplicePipe pipe in pipes)
        {
            pipe.Dispose();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ForeignReaders_GetTheBytesThatARecordWriterWrites(bool framed)
    {
        using TemporaryFile broadcast = new();
        using TemporaryFile written = new();
        using (SplicePipe pipe = SplicePipe.Create())
        using (SplicePipe ours = SplicePipe.Create(Exchange.Capacity))
        {
            using Process cat = Child.StartReader(pipe, Child.Shell($"exec cat /proc/self/fd/$VMSPLICE_READER > '{broadcast.Path}'"));
            using Process child = Child.StartReader(ours, Child.Helper("in-place-read-and-tell"));
            SpliceWriter foreign = pipe.OpenWriter();
            using (var broadcaster = new RecordBroadcaster<Tick>(framed ? [foreign] : [ours.OpenWriter()], new RecordBroadcasterOptions
            {
                ChunkSize = Exchange.ChunkSize,
                InPlace = !framed,
                ForeignReaders = framed ? [ours.OpenWriter()] : [foreign],
            }))
            {
                WriteMany(record => broadcaster.Next() = record, broadcaster.Flush);
                broadcaster.Complete();
            }

            Child.Finish(cat);
            _ = child.StandardOutput.ReadToEnd();
            child.WaitForExit();
        }

        using (SplicePipe pipe = SplicePipe.Create())
        {
            using Process cat = Child.StartReader(pipe, Child.Shell($"exec cat /proc/self/fd/$VMSPLICE_READER > '{written.Path}'"));
            using (var writer =
                new RecordWriter<Tick>(pipe.OpenWriter(), new RecordWriterOptions { ChunkSize = Exchange.ChunkSize, Framed = framed, InPlace = false }))
            {
                WriteMany(record => writer.Next() = record, writer.Flush);
                writer.Complete();
            }

            Child.Finish(cat);
        }

        byte[] expected = BytesOf(written, framed);
        Assert.True(expected.Length > 5_000_000, "there is much to compare");
        Assert.True(expected.AsSpan().SequenceEqual(BytesOf(broadcast, framed)), "the bytes differ");
    }

    [Fact]
    public void AnyFlushes_ArriveAsSent()
        => Gen.Select(Flushes, Gen.Int[1, 4], Gen.Int[0, 4], Gen.Bool).Sample(
            (flushes, readers, way, inPlace) =>
            {
                using Audience audience = new(readers, Audience.Options(inPlace: inPlace));
                Background[] reading =
                    [.. Enumerable.Range(0, readers).Select(i => Background.Run(() => Assert.Equal(flushes.Sum(), audience.ReceiveToTheEnd(i))))];
                foreach (int flush in flushes)
                {
                    Write(audience.Broadcaster, flush, way);
                    audience.Broadcaster.Flush();
                }

                audience.Broadcaster.Complete();
                foreach (Background one in reading)
                {
                    one.Join();
                }
            },
            iter: ThisKernel.Rounds(40),
            threads: 1);

    [Fact]
    public Task AnyFlushesWithoutAThread_ArriveAsSent()
        => Gen.Select(Flushes, Gen.Int[1, 4], Gen.Bool).SampleAsync(
            async (flushes, readers, inPlace) =>
            {
                using Audience audience = new(readers, Audience.Options(inPlace: inPlace), capacity: 64 * 1024);
                Task[] reading = [.. audience.Readers.Select(static reader => ReadAsync(reader))];
                long written = 0;
                foreach (int flush in flushes)
                {
                    Tick[] records = new Tick[flush];
                    for (int i = 0; i < flush; i++)
                    {
                        records[i] = Tick.At(written++);
                    }

                    await audience.Broadcaster.WriteAsync(records);
                    await audience.Broadcaster.FlushAsync();
                }

                await audience.Broadcaster.CompleteAsync();
                foreach (Task<long> one in reading.Cast<Task<long>>())
                {
                    Assert.Equal(written, await one);
                }
            },
            iter: ThisKernel.Rounds(30),
            threads: 1);

    [Fact]
    public void NoRecords_IsAStreamThatEnds()
    {
        using Audience audience = new(2);
        audience.Broadcaster.Complete();
        Assert.Equal(0, audience.ReceiveToTheEnd(0));
        Assert.Equal(0, audience.ReceiveToTheEnd(1));
    }

    [Fact]
    public void StreamThatIsLeftOpen_IsFollowedByAnotherOne()
    {
        using SplicePipe one = SplicePipe.Create(Exchange.Capacity);
        using SplicePipe other = SplicePipe.Create(Exchange.Capacity);
        SpliceWriter[] writers = [one.OpenWriter(), other.OpenWriter()];
        SpliceReader[] readers = [one.OpenReader(), other.OpenReader()];
        for (int stream = 0; stream < 3; stream++)
        {
            Background[] reading = [.. readers.Select(static pipe => Background.Run(() =>
            {
                using var reader = new RecordReader<Tick>(pipe, new RecordReaderOptions { LeaveOpen = true });
                long index = 0;
                foreach (ref readonly Tick tick in reader)
                {
                    Assert.True(tick.IsAt(index++));
                }

                Assert.Equal(50_000, index);
                Assert.True(reader.IsInPlace);
            }))];
            using (var broadcaster = new RecordBroadcaster<Tick>(writers, Audience.Options(leaveOpen: true)))
            {
                for (long i = 0; i < 50_000; i++)
                {
                    broadcaster.Next() = Tick.At(i);
                }

                broadcaster.Complete();
            }

            foreach (Background one2 in reading)
            {
                one2.Join();
            }
        }
    }

    private static async Task<long> ReadAsync(RecordReader<Tick> reader)
    {
        await Task.Yield();
        long read = 0;
        await foreach (ReadOnlyMemory<Tick> batch in reader)
        {
            foreach (ref readonly Tick tick in batch.Span)
            {
                Assert.True(tick.IsAt(read), $"record {read} is wrong");
                read++;
            }
        }

        return read;
    }

    private static void Write(RecordBroadcaster<Tick> broadcaster, int count, int way)
    {
        long first = broadcaster.RecordsWritten;
        if (way == 0)
        {
            for (int i = 0; i < count; i++)
            {
                broadcaster.Next() = Tick.At(first + i);
            }

            return;
        }

        Tick[] records = [.. Enumerable.Range(0, count).Select(i => Tick.At(first + i))];
        switch (way)
        {
            case 1:
                broadcaster.Write(records);
                break;
            case 2:
                // Longer than a chunk, perhaps.
                records.CopyTo(broadcaster.GetSpan(count));
                broadcaster.Advance(count);
                break;
            case 3:
                records.CopyTo(broadcaster.GetMemory(count));
                broadcaster.Advance(count);
                break;
            default:
                foreach (Tick record in records)
                {
                    broadcaster.Write(in record);
                }

                break;
        }
    }

    private static void WriteMany(Action<Tick> write, Action flush)
    {
        for (int i = 0; i < 300_000; i++)
        {
            write(Tick.At(i));
            if (i % 10_007 == 0)
            {
                flush();
            }
        }
    }

    private static byte[] BytesOf(TemporaryFile file, bool framed)
    {
        byte[] bytes = File.ReadAllBytes(file.Path);
        Assert.Equal(framed, bytes.AsSpan().StartsWith("VmSplice"u8));
        if (framed)
        {
            // What the header says of the sender's pages (RecordStreamFlags): a broadcast shares none.
            bytes.AsSpan(10, 2).Clear();
        }

        return bytes;
    }
}
