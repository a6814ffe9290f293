namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>The raw call: its segments, its result, its flags, its descriptor.</summary>
internal sealed class MoreRawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TeeBesideCopying"] = """
            // Broadcast monitoring: what goes to the player is also seen by a recorder, by tee(2).
            public sealed class MonitoredFeed : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;

                public MonitoredFeed() => _writer = _pipe.OpenWriter(new() { Reader = PipeReaderKind.Copying }); //~VMS4006

                public void Play(ReadOnlySpan<byte> samples)
                {
                    using PageBuffer<byte> block = _writer.Rent<byte>(samples.Length);
                    samples.CopyTo(block.Span);
                    _writer.Send(block);
                }

                public long Monitor(int recorder, nuint most)
                {
                    int from = (int)_pipe.ReadHandle.DangerousGetHandle();
                    return tee(from, recorder, most, 0);
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _pipe.Dispose();
                }

                [DllImport("libc", SetLastError = true)]
                private static extern nint tee(int from, int to, nuint length, uint flags);
            }
            """,
        ["TileGift"] = """
            // Maps: terrain tiles of 250 by 250 heights are given away.
            public sealed class TerrainTiles(SpliceWriter pipe)
            {
                private const int Side = 250;
                private const int HeightsPerTile = Side * Side;

                public void Give(IEnumerable<Func<int, int, short>> terrains)
                {
                    foreach (Func<int, int, short> terrain in terrains)
                    {
                        using PageBuffer<short> tile = pipe.Rent<short>(HeightsPerTile);
                        Span<short> heights = tile.Span;
                        for (int y = 0; y < Side; y++)
                        {
                            for (int x = 0; x < Side; x++)
                            {
                                heights[(y * Side) + x] = terrain(x, y);
                            }
                        }

                        pipe.Gift(tile); //~VMS3002
                    }
                }
            }
            """,
        ["TimerFlush"] = """
            // Telemetry: a timer flushes the gauges twice a second.
            [Spliceable]
            public partial struct Gauge { public long Time; public double Value; }

            public sealed class GaugeFeed : IDisposable
            {
                private readonly RecordWriter<Gauge> _gauges;
                private readonly Timer _timer;

                public GaugeFeed(RecordWriter<Gauge> gauges)
                {
                    _gauges = gauges;
                    _timer = new Timer(OnTimer, null, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(500));
                }

                public void Set(long time, double value)
                {
                    ref Gauge gauge = ref _gauges.Next();
                    gauge.Time = time;
                    gauge.Value = value;
                }

                public void Dispose() => _timer.Dispose();

                private void OnTimer(object? state) => _gauges.FlushAsync(); //~VMS4001
            }
            """,
        ["TooWideABound"] = """
            // Database: dirty pages of a checkpoint are written out as segments of one call.
            public sealed class Checkpoint(SafeHandle pipe)
            {
                private const int MostPages = 2048;

                public long Bytes { get; private set; }

                public void Write(ReadOnlySpan<IoVec> pages)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(pages.Length, MostPages);
                    long total = 0;
                    foreach (ref readonly IoVec page in pages)
                    {
                        total += (long)page.Length;
                    }

                    nint sent = RawPipe.VmSplice(pipe, pages); //~VMS3004
                    if (sent != total)
                    {
                        throw new IOException($"{sent} of {total} bytes");
                    }

                    Bytes += total;
                }
            }
            """,
    };
}
