namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Slots and batches used after the next.</summary>
internal sealed class MoreSlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MetricRoomInFieldStampedAfterAdvance"] = """
            [Spliceable]
            public partial struct Metric { public long Time; public long Name; public double Value; }

            public sealed class MetricBuffer
            {
                private readonly RecordWriter<Metric> _sink;
                private Memory<Metric> _room;

                public MetricBuffer(RecordWriter<Metric> sink) => _sink = sink;

                public void Record(long name, double value)
                {
                    _room = _sink.GetMemory(1);
                    Put(name, value);
                    _sink.Advance(1);
                    Stamp(); //~VMS2003
                }

                private void Put(long name, double value) => _room.Span[0] = new Metric { Name = name, Value = value };

                private void Stamp()
                {
                    _room.Span[0].Time = Stopwatch.GetTimestamp();
                }
            }
            """,
        ["SessionHostTextOfLastBatch"] = """
            [Spliceable]
            public partial struct Access { public long Time; public SpliceText Host; public SpliceText Path; }

            public sealed class SessionSplitter(RecordReader<Access> accesses)
            {
                public bool NextBatchContinues()
                {
                    ReadOnlySpan<Access> batch = accesses.ReadBatch();
                    if (batch.IsEmpty)
                    {
                        return false;
                    }

                    ReadOnlySpan<byte> last = HostOf(batch, batch.Length - 1);
                    batch = accesses.ReadBatch();
                    return !batch.IsEmpty
                        && HostOf(batch, 0).SequenceEqual(last); //~VMS2003
                }

                private ReadOnlySpan<byte> HostOf(ReadOnlySpan<Access> batch, int index) => WithoutPort(accesses.GetText(batch[index].Host));

                private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> host)
                {
                    int colon = host.IndexOf((byte)':');
                    return colon < 0 ? host : host[..colon];
                }
            }
            """,
        ["SettingsSpanReturnedOutOfTryFinally"] = """
            [Spliceable]
            public partial struct Setting { public int Key; public int Scale; public double Value; }

            public sealed class SettingsLoader(string path)
            {
                public double Find(int key)
                {
                    foreach (Setting setting in Load())
                    {
                        if (setting.Key == key)
                        {
                            return setting.Value;
                        }
                    }

                    return double.NaN;
                }

                private ReadOnlySpan<Setting> Load()
                {
                    RecordReader<Setting> reader = Setting.CreateReader(SpliceReader.OpenFifo(path));
                    try
                    {
                        return reader.ReadBatch(); //~VMS2003
                    }
                    finally
                    {
                        reader.Dispose();
                    }
                }
            }
            """,
        ["SnapshotHeaderCountAfterBulkWrite"] = """
            [Spliceable]
            public partial struct Line { public long Key; public double Value; public int Kind; public int Count; }

            public sealed record Level(double Price, double Size);

            public sealed class SnapshotPublisher(RecordWriter<Line> output)
            {
                public int Published { get; private set; }

                public void Publish(long book, IReadOnlyCollection<Level> levels)
                {
                    ref Line header = ref output.Next();
                    header.Kind = 1;
                    header.Key = book;

                    Line[] body = levels
                        .Where(level => level.Size > 0)
                        .Select(level => new Line { Kind = 2, Key = book, Value = level.Price })
                        .ToArray();
                    output.Write(body);

                    header.Count = body.Length; //~VMS2003
                    Published++;
                }
            }
            """,
        ["TickerPlantSequenceAfterBroadcastFlush"] = """
            namespace D009;

            [Spliceable]
            public partial struct Tick { public long Sequence; public double Price; }

            public sealed class TickerPlant : IDisposable
            {
                private readonly RecordBroadcaster<Tick> _out;
                private readonly Lock _gate = new();

                public TickerPlant(IEnumerable<SpliceWriter> pipes)
                    => _out = new RecordBroadcaster<Tick>(pipes, new() { SlowReader = SlowReader.Drop });

                public event Action<long>? Published;

                public void Publish(double price)
                {
                    long sequence;
                    lock (_gate)
                    {
                        ref Tick tick = ref _out.Next();
                        tick.Price = price;
                        _out.Flush();
                        sequence = _out.RecordsWritten;
                        tick.Sequence = sequence; //~VMS2003
                    }

                    Published?.Invoke(sequence);
                }

                public void Dispose()
                {
                    _out.Complete();
                    _out.Dispose();
                }
            }
            """,
        ["WorkerAskedTwiceBeforeFirstAnswerIsRead"] = """
            [Spliceable]
            public partial struct Question { public long Number; }

            [Spliceable]
            public partial struct Answer { public long Low; public long High; }

            public sealed class RangeWorker : IDisposable
            {
                private readonly SpliceLink _link;
                private readonly RecordWriter<Question> _questions;
                private readonly RecordReader<Answer> _answers;

                public RangeWorker(ProcessStartInfo start)
                {
                    _link = SpliceLink.Start(start);
                    _questions = Question.CreateWriter(_link.Writer);
                    _answers = Answer.CreateReader(_link.Reader);
                }

                public long Spread(long first, long second)
                {
                    ReadOnlySpan<Answer> left = Ask(first);
                    ReadOnlySpan<Answer> right = Ask(second);
                    return right[0].High - left[0].Low; //~VMS2003
                }

                private ReadOnlySpan<Answer> Ask(long number)
                {
                    _questions.Next().Number = number;
                    _questions.Flush();
                    return _answers.ReadBatch();
                }

                public void Dispose()
                {
                    _questions.Complete();
                    _questions.Dispose();
                    _answers.Dispose();
                    _link.Dispose();
                }
            }
            """,
    };
}
