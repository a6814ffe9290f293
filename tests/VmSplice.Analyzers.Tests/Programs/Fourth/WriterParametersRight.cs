namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Record writers of the caller, and right.</summary>
internal sealed class WriterParametersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SlotFilledWholeBeforeHeartbeat"] = """
            [Spliceable]
            public partial struct Event { public long Time; public int Kind; public int Source; }

            public sealed class EventLog(RecordWriter<Event> events, TimeProvider clock)
            {
                public void Log(int kind, int source)
                {
                    ref Event entry = ref events.Next();
                    entry = new Event { Time = clock.GetUtcNow().Ticks, Kind = kind, Source = source };
                    entry = ref Heartbeat();
                    entry.Source = source;
                }

                private ref Event Heartbeat()
                {
                    ref Event beat = ref events.Next();
                    beat.Time = clock.GetUtcNow().Ticks;
                    return ref beat;
                }
            }
            """,
        ["AbandonedOnPurposeWhenCancelled"] = """
            [Spliceable]
            public partial struct Reading { public long Sensor; public double Value; }

            public sealed class Uplink(SpliceWriter pipe)
            {
                public async Task<bool> ForwardAsync(IAsyncEnumerable<Reading[]> source, CancellationToken cancellation)
                {
                    await using RecordWriter<Reading> writer = Reading.CreateWriter(pipe);
                    try
                    {
                        await foreach (Reading[] readings in source.WithCancellation(cancellation))
                        {
                            await writer.WriteAsync(readings, cancellation);
                            await writer.FlushAsync(cancellation);
                        }
                    }
                    catch (OperationCanceledException)
                    {
                        return false;
                    }

                    await writer.CompleteAsync(cancellation);
                    return true;
                }
            }
            """,
        ["DryRunDecidedBeforeTheWriterOpens"] = """
            [Spliceable]
            public partial struct Row { public long Key; public double Value; }

            public static class Export
            {
                public static bool Run(SpliceWriter pipe, IReadOnlyDictionary<long, double> rows, bool dryRun)
                {
                    if (dryRun)
                    {
                        return rows.Count > 0;
                    }

                    RecordWriter<Row> writer = Row.CreateWriter(pipe);
                    try
                    {
                        foreach ((long key, double value) in rows)
                        {
                            ref Row row = ref writer.Next();
                            row.Key = key;
                            row.Value = value;
                        }

                        writer.Complete();
                        return true;
                    }
                    finally
                    {
                        writer.Dispose();
                    }
                }
            }
            """,
        ["HeaderRowWrittenWhenCountIsKnown"] = """
            public enum Kind { Header, Item }

            [Spliceable]
            public partial struct Row { public long Value; public int Count; public Kind Kind; }

            public static class Sheet
            {
                public static int Write(RecordWriter<Row> rows, IEnumerable<long> values)
                {
                    long[] kept = values.Where(v => v >= 0).ToArray();
                    Row header = default;
                    header.Kind = Kind.Header;
                    header.Count = kept.Length;
                    rows.Write(header);
                    foreach (long value in kept)
                    {
                        ref Row row = ref rows.Next();
                        row.Kind = Kind.Item;
                        row.Value = value;
                    }

                    header.Count = 0;
                    return kept.Length;
                }
            }
            """,
        ["HelperFillsAndLastHelperCompletes"] = """
            [Spliceable]
            public partial struct Row { public long Id; public double Amount; }

            public static class Ledger
            {
                public static void Publish(SpliceWriter pipe, IEnumerable<(long, double)> old, IEnumerable<(long, double)> recent)
                {
                    using RecordWriter<Row> rows = Row.CreateWriter(pipe);
                    Add(rows, old, last: false);
                    Add(rows, recent, last: true);
                }

                private static void Add(RecordWriter<Row> rows, IEnumerable<(long Id, double Amount)> source, bool last)
                {
                    foreach ((long id, double amount) in source)
                    {
                        ref Row row = ref rows.Next();
                        row.Id = id;
                        row.Amount = amount;
                    }

                    End(rows, last);
                }

                private static void End(RecordWriter<Row> rows, bool last)
                {
                    if (last)
                    {
                        rows.Complete();
                    }
                    else
                    {
                        rows.Flush();
                    }
                }
            }
            """,
        ["IndexNodeLinkedByKeyAhead"] = """
            [Spliceable]
            public partial struct Node { public long Key; public long NextKey; }

            public sealed class ChainExporter
            {
                public void Export(SpliceWriter pipe, IReadOnlyList<long> keys)
                {
                    using RecordWriter<Node> writer = Node.CreateWriter(pipe);
                    ref Node node = ref writer.Next();
                    for (int i = 0; i < keys.Count; i++)
                    {
                        node.Key = keys[i];
                        node.NextKey = i + 1 < keys.Count ? keys[i + 1] : -1;
                        if (i + 1 < keys.Count)
                        {
                            node = ref writer.Next();
                        }
                    }

                    writer.Complete();
                }
            }
            """,
        ["RecordsThenFramesOnOnePipe"] = """
            [Spliceable]
            public partial struct Track { public long Start; public long Length; }

            [Spliceable]
            public sealed partial class Pcm
            {
                [Segment] public partial ref long Track { get; }
                [Segment(Length = 48000)] public partial Span<short> Samples { get; }
            }

            public static class Disc
            {
                public static void Send(string fifo, IReadOnlyList<(long Start, long Length)> tracks, Func<long, short> sample)
                {
                    using SpliceWriter pipe = SpliceWriter.OpenFifo(fifo);
                    using (RecordWriter<Track> index = Track.CreateWriter(pipe, new() { LeaveOpen = true }))
                    {
                        foreach ((long start, long length) in tracks)
                        {
                            index.Next() = new Track { Start = start, Length = length };
                        }

                        index.Complete();
                    }

                    for (int i = 0; i < tracks.Count; i++)
                    {
                        Pcm pcm = Pcm.Rent(pipe);
                        pcm.Track = i;
                        for (int j = 0; j < pcm.Samples.Length; j++)
                        {
                            pcm.Samples[j] = sample(tracks[i].Start + j);
                        }

                        pipe.Send(pcm);
                    }

                    pipe.CompleteBuffers();
                }
            }
            """,
    };
}
