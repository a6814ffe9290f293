namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Slots and batches used after the next.</summary>
internal sealed class OtherSlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SpanFilledBehindAdvance"] = """
            [Spliceable]
            public partial struct Sample { public long Timestamp; public double Value; }

            public interface ISensor { bool TryRead(out double value); }

            public sealed class SampleCollector
            {
                private readonly RecordWriter<Sample> _writer;
                private readonly TimeProvider _clock;

                public SampleCollector(RecordWriter<Sample> writer, TimeProvider clock)
                {
                    _writer = writer;
                    _clock = clock;
                }

                public int Collect(IReadOnlyList<ISensor> sensors)
                {
                    Span<Sample> slots = _writer.GetSpan(sensors.Count);
                    _writer.Advance(sensors.Count);
                    for (int i = 0; i < sensors.Count; i++)
                    {
                        double value = sensors[i].TryRead(out double read) ? read : double.NaN;
                        slots[i] = new Sample { Timestamp = _clock.GetTimestamp(), Value = value }; //~VMS2003
                    }

                    return sensors.Count;
                }
            }
            """,
        ["SpanOfRowsBehindASummaryRow"] = """
            [Spliceable]
            public partial struct Stat { public int Kind; public int Host; public long Value; }

            public static class HostStats
            {
                public static void Write(RecordWriter<Stat> writer, int host, long cpu, long memory)
                {
                    Span<Stat> rows = writer.GetSpan(2);
                    writer.Write(new Stat { Kind = 0, Host = host, Value = cpu + memory });
                    Fill(rows, host, cpu, memory); //~VMS2003
                    writer.Advance(2);
                }

                private static void Fill(Span<Stat> rows, int host, long cpu, long memory)
                {
                    rows[0] = new Stat { Kind = 1, Host = host, Value = cpu };
                    rows[1] = new Stat { Kind = 2, Host = host, Value = memory };
                }
            }
            """,
        ["TitleTextShownAfterBodyBatch"] = """
            using System.Text;

            [Spliceable]
            public partial struct JobLine { public long JobId; public SpliceText Text; }

            public sealed class JobLogViewer(RecordReader<JobLine> lines, TextWriter output)
            {
                private ReadOnlySpan<byte> NextText()
                {
                    ReadOnlySpan<JobLine> batch = lines.ReadBatch();
                    return batch.IsEmpty ? default : lines.GetText(batch[0].Text);
                }

                public void Show()
                {
                    ReadOnlySpan<byte> title = NextText();
                    ReadOnlySpan<byte> body = NextText();
                    output.Write(Encoding.UTF8.GetString(body));
                    output.Write(Encoding.UTF8.GetString(title)); //~VMS2003
                }
            }
            """,
        ["TwoLegsOfASpreadFromOneHelper"] = """
            [Spliceable]
            public partial struct Leg { public long OrderId; public long Price; public int Quantity; public int Side; }

            public sealed class SpreadSender
            {
                private readonly RecordWriter<Leg> _legs;
                private long _nextId;

                public SpreadSender(RecordWriter<Leg> legs) => _legs = legs;

                private ref Leg NewLeg()
                {
                    ref Leg leg = ref _legs.Next();
                    leg.OrderId = Interlocked.Increment(ref _nextId);
                    return ref leg;
                }

                public void Send(long bid, long ask, int quantity)
                {
                    ref Leg buy = ref NewLeg();
                    ref Leg sell = ref NewLeg();
                    sell.Side = -1;
                    sell.Price = ask;
                    sell.Quantity = quantity;
                    buy.Side = 1; //~VMS2003
                }
            }
            """,
        ["WarmupBatchTimedAfterMeasurement"] = """
            [Spliceable]
            public partial struct Probe { public long Ticks; public long Payload; }

            public sealed class LatencyHarness : IDisposable
            {
                private readonly RecordReader<Probe> _probes;

                public LatencyHarness(SpliceReader pipe) => _probes = Probe.CreateReader(pipe);

                public async Task<TimeSpan> MeasureAsync(CancellationToken ct = default)
                {
                    ReadOnlyMemory<Probe> warmup = await _probes.ReadBatchAsync(ct).ConfigureAwait(false);
                    ReadOnlyMemory<Probe> measured = await _probes.ReadBatchAsync(ct).ConfigureAwait(false);
                    if (measured.IsEmpty)
                    {
                        return TimeSpan.Zero;
                    }

                    long start = warmup.Span[0].Ticks; //~VMS2003
                    return Stopwatch.GetElapsedTime(start, measured.Span[^1].Ticks);
                }

                public void Dispose() => _probes.Dispose();
            }
            """,
    };
}
