using System.Diagnostics;
using System.Globalization;

namespace VmSplice.Tests.InPlace;

/// <summary>
/// One side of a stream in place is killed at a random moment: the other one hears of it at once, by the exception that is documented for
/// it, and no record before is wrong. VMSPLICE_KILLS says how often (docs/testing.md).
/// </summary>
[Collection(nameof(Alone))]
[Trait("Category", "Transport")]
public class KilledTests
{
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("VMSPLICE_KILLS") ?? "12", CultureInfo.InvariantCulture);

    private static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Reader_IsMissedByItsWriter()
    {
        List<TimeSpan> delays = [];
        for (int kill = 0; kill < Kills; kill++)
        {
            using SplicePipe pipe = SplicePipe.Create(Exchange.Capacity);
            using Process child = Child.StartReader(pipe, Child.Helper("in-place-read"));
            using var writer = new RecordWriter<Tick>(pipe.OpenWriter(), new RecordWriterOptions { ChunkSize = Exchange.ChunkSize });
            Killing killing = new(child, () => writer.IsInPlace);
            BrokenPipeException e = Assert.Throws<BrokenPipeException>((Action)(() =>
            {
                for (long i = 0; ; i++)
                {
                    writer.Next() = Tick.At(i);
                }
            }));
            delays.Add(killing.Delay());
            Assert.InRange(e.RecordsAccepted!.Value, 0, writer.RecordsWritten);
            Assert.NotEqual(3, child.ExitCode);
        }

        AssertPrompt(delays);
    }

    [Fact]
    public void Writer_IsMissedByItsReader()
    {
        List<TimeSpan> delays = [];
        for (int kill = 0; kill < Kills; kill++)
        {
            using SplicePipe pipe = SplicePipe.Create(Exchange.Capacity);
            using Process child = Child.StartWriter(pipe, Child.Helper("in-place-write"));
            using var reader = new RecordReader<Tick>(pipe.OpenReader());
            Killing killing = new(child, () => reader.IsInPlace);
            long index = 0;
            RecordStreamException e = Assert.Throws<RecordStreamException>(() =>
            {
                foreach (ref readonly Tick tick in reader)
                {
                    Assert.True(tick.IsAt(index), $"record {index} is wrong");
                    index++;
                }
            });
            delays.Add(killing.Delay());
            Assert.Equal(index, e.RecordIndex);
        }

        AssertPrompt(delays);
    }

    [Fact]
    public void NothingIsLeft_OfStreamsWhoseOtherSideWasKilled()
    {
        int files = OpenFiles.CountOfMemory();
        int mappings = Mapped.CountOf("memfd:VmSplice");
        int named = Mapped.CountOf("/dev/shm/");
        Reader_IsMissedByItsWriter();
        Writer_IsMissedByItsReader();
        Assert.Equal(files, OpenFiles.CountOfMemory());
        Assert.Equal(mappings, Mapped.CountOf("memfd:VmSplice"));

        // Other tests, of other processes too, have files of their own in /dev/shm: what counts is what bears the name of our memory.
        Assert.Equal(named, Mapped.CountOf("/dev/shm/"));
        Assert.Empty(Directory.EnumerateFileSystemEntries("/dev/shm", "*VmSplice*"));
    }

    // All but a few, on a machine with other work.
    private static void AssertPrompt(List<TimeSpan> delays)
    {
        delays.Sort();
        TimeSpan most = delays[^(1 + (delays.Count / 10))];
        Assert.True(most <= Prompt, string.Create(CultureInfo.InvariantCulture, $"heard of it only after {most.TotalMilliseconds} ms"));
    }

    /// <summary>Kills a child at a random moment after the stream is in place.</summary>
    private sealed class Killing
    {
        private readonly Thread _thread;
        private long _killed;

        internal Killing(Process child, Func<bool> isInPlace)
        {
            _thread = new Thread(() =>
            {
                SpinWait.SpinUntil(isInPlace, TimeSpan.FromSeconds(30));
                Stopwatch pause = Stopwatch.StartNew();
                double wanted = Random.Shared.NextDouble() * 10;
                SpinWait.SpinUntil(() => pause.Elapsed.TotalMilliseconds >= wanted);
                child.Kill();
                child.WaitForExit();
                Volatile.Write(ref _killed, Stopwatch.GetTimestamp());
            });
            _thread.Start();
        }

        /// <summary>How long after the kill this is called; zero where it was noticed before.</summary>
        internal TimeSpan Delay()
        {
            long now = Stopwatch.GetTimestamp();
            _thread.Join();
            return now < _killed ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_killed, now);
        }
    }
}
