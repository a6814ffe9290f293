namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Batches of readers, and right.</summary>
internal sealed class OtherBatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OpeningPageCopiedBeforeTurn"] = """
            [Spliceable]
            public partial struct Quote { public long Time; public double Bid; }

            public sealed class PageTurner(RecordReader<Quote> quotes)
            {
                private ReadOnlyMemory<Quote> _page;

                private ReadOnlySpan<Quote> Page => _page.Span;

                private async ValueTask<bool> TurnAsync(CancellationToken cancellation)
                {
                    _page = await quotes.ReadBatchAsync(cancellation);
                    return !_page.IsEmpty;
                }

                public async Task<double> JumpAsync(CancellationToken cancellation)
                {
                    if (!await TurnAsync(cancellation))
                    {
                        return 0;
                    }

                    Quote opening = Page[^1];
                    return await TurnAsync(cancellation) ? Page[0].Bid - opening.Bid : 0;
                }
            }
            """,
        ["PartsOfOneBatchListedAndCleared"] = """
            [Spliceable]
            public partial struct Load { public long Host; public double Percent; }

            public sealed class PerHost
            {
                public async Task RunAsync(RecordReader<Load> loads, Func<IReadOnlyList<ReadOnlyMemory<Load>>, Task> handle, CancellationToken cancellation)
                {
                    for (; ; )
                    {
                        ReadOnlyMemory<Load> batch = await loads.ReadBatchAsync(cancellation);
                        if (batch.IsEmpty)
                        {
                            return;
                        }

                        List<ReadOnlyMemory<Load>> runs = [];
                        int first = 0;
                        for (int i = 1; i <= batch.Length; i++)
                        {
                            if (i == batch.Length || batch.Span[i].Host != batch.Span[first].Host)
                            {
                                runs.Add(batch[first..i]);
                                first = i;
                            }
                        }

                        await handle(runs);
                        runs.Clear();
                    }
                }
            }
            """,
        ["RefStructCursorRefillsItsBatch"] = """
            [Spliceable]
            public partial struct Sample { public long Time; public double Value; }

            public ref struct SampleCursor(RecordReader<Sample> reader)
            {
                private readonly RecordReader<Sample> _reader = reader;
                private ReadOnlySpan<Sample> _batch;
                private int _next;

                public bool TryTake(out Sample sample)
                {
                    if (_next == _batch.Length)
                    {
                        _batch = _reader.ReadBatch();
                        _next = 0;
                        if (_batch.IsEmpty)
                        {
                            sample = default;
                            return false;
                        }
                    }

                    sample = _batch[_next++];
                    return true;
                }
            }

            public static class Integral
            {
                public static double Of(RecordReader<Sample> reader)
                {
                    SampleCursor cursor = new(reader);
                    if (!cursor.TryTake(out Sample before))
                    {
                        return 0;
                    }

                    double area = 0;
                    while (cursor.TryTake(out Sample now))
                    {
                        area += (now.Time - before.Time) * (now.Value + before.Value) / 2;
                        before = now;
                    }

                    return area;
                }
            }
            """,
        ["SearchClientFlushesThenReads"] = """
            [Spliceable]
            public partial struct Term { public long Hash; public long Weight; }

            [Spliceable]
            public partial struct Hit { public long Document; public double Score; }

            public static class SearchClient
            {
                public static Hit? Best(ProcessStartInfo start, string[][] queries)
                {
                    using SpliceLink link = SpliceLink.Start(start);
                    using RecordWriter<Term> terms = Term.CreateWriter(link.Writer);
                    using RecordReader<Hit> hits = Hit.CreateReader(link.Reader);
                    Hit? best = null;
                    foreach (string[] words in queries)
                    {
                        foreach (string word in words)
                        {
                            terms.Write(new Term { Hash = word.GetHashCode(), Weight = word.Length });
                        }

                        terms.Flush();
                        foreach (Hit hit in hits.ReadBatch())
                        {
                            best = best is { } other && other.Score >= hit.Score ? best : hit;
                        }
                    }

                    terms.Complete();
                    return hits.ReadBatch().IsEmpty ? best : null;
                }
            }
            """,
        ["SessionHostCopiedBeforeNextBatch"] = """
            [Spliceable]
            public partial struct Access { public long Time; public SpliceText Host; }

            public sealed class SessionSplitter(RecordReader<Access> accesses)
            {
                private byte[] _last = [];

                public bool NextBatchContinues()
                {
                    ReadOnlySpan<Access> batch = accesses.ReadBatch();
                    if (batch.IsEmpty)
                    {
                        return false;
                    }

                    bool same = HostOf(batch, 0).SequenceEqual(_last);
                    _last = HostOf(batch, batch.Length - 1).ToArray();
                    return same;
                }

                private ReadOnlySpan<byte> HostOf(ReadOnlySpan<Access> batch, int index)
                {
                    ReadOnlySpan<byte> host = accesses.GetText(batch[index].Host);
                    int colon = host.IndexOf((byte)':');
                    return colon < 0 ? host : host[..colon];
                }
            }
            """,
        ["SettingsArrayOutOfUsing"] = """
            [Spliceable]
            public partial struct Setting { public int Key; public int Scale; public double Value; }

            public sealed class SettingsLoader(string path)
            {
                private Dictionary<int, Setting>? _settings;

                public double this[int key] => (_settings ??= Load()).TryGetValue(key, out Setting setting) ? setting.Value : double.NaN;

                private Dictionary<int, Setting> Load()
                {
                    Dictionary<int, Setting> all = [];
                    using RecordReader<Setting> reader = Setting.CreateReader(SpliceReader.OpenFifo(path));
                    foreach (ref readonly Setting setting in reader)
                    {
                        all[setting.Key] = setting;
                    }

                    return all;
                }
            }
            """,
    };
}
