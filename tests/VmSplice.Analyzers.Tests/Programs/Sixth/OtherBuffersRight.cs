namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Buffers, and right.</summary>
internal sealed class OtherBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AccumulatorRentsInFlush"] = """
            [Spliceable]
            public partial struct Point { public long X; public long Y; }

            public sealed class PointAccumulator : IDisposable
            {
                private readonly SpliceWriter _writer;
                private PageBuffer<Point> _points;
                private int _count;

                public PointAccumulator(SpliceWriter writer)
                {
                    _writer = writer;
                    _points = writer.Rent<Point>(1000);
                }

                public void Add(Point point)
                {
                    _points[_count++] = point;
                    if (_count == _points.Length)
                    {
                        Flush();
                    }
                }

                public void Flush()
                {
                    if (_count == 0)
                    {
                        return;
                    }

                    PageBuffer<Point> full = _points;
                    _points = _writer.Rent<Point>(1000);
                    _writer.Send(full, _count);
                    _count = 0;
                }

                public void Dispose()
                {
                    _points.Dispose();
                    _points = default;
                }
            }
            """,
        ["BroadcastFlushedBehindSlot"] = """
            [Spliceable]
            public partial struct Level2 { public long Time; public long Price; public int Depth; public int Side; }

            public sealed class DepthFeed : IDisposable
            {
                private readonly RecordBroadcaster<Level2> _feed;
                private bool _completed;

                public DepthFeed(IEnumerable<SpliceWriter> clients) => _feed = new RecordBroadcaster<Level2>(clients);

                public void Publish(long price, int depth, bool urgent)
                {
                    ref Level2 level = ref _feed.Next();
                    level.Price = price;
                    level.Depth = depth;
                    level.Time = Environment.TickCount64;
                    if (urgent)
                    {
                        _feed.Flush();
                    }
                }

                public void Complete()
                {
                    if (!_completed)
                    {
                        _completed = true;
                        _feed.Complete();
                    }
                }

                public void Dispose() => _feed.Dispose();
            }
            """,
        ["DoubleBufferWithFreshRent"] = """
            public sealed class MixerLoop(SpliceWriter output)
            {
                public void Run(Func<float> next, CancellationToken ct)
                {
                    PageBuffer<float> front = output.Rent<float>(4096);
                    PageBuffer<float> back = output.Rent<float>(4096);
                    try
                    {
                        while (!ct.IsCancellationRequested)
                        {
                            for (int i = 0; i < front.Length; i++)
                            {
                                front[i] = next();
                            }

                            output.Send(front);
                            front = back;
                            back = output.Rent<float>(4096);
                        }
                    }
                    finally
                    {
                        front.Dispose();
                        back.Dispose();
                    }
                }
            }
            """,
        ["GatherIndexFilledBeforeAdd"] = """
            public static class ArchiveWriter
            {
                public static void Write(SpliceWriter pipe, ReadOnlySpan<byte> body)
                {
                    using SpliceGather gather = pipe.CreateGather();
                    PageBuffer<long> index = pipe.Rent<long>(512);
                    PageBuffer<byte> content = pipe.Rent<byte>(body.Length);
                    body.CopyTo(content.Span);
                    ref long total = ref index.Span[0];
                    total = (index.Length * sizeof(long)) + content.Length;
                    gather.Add(index);
                    gather.Add(content);
                    if (gather.Length != 0)
                    {
                        gather.Send();
                    }
                }
            }
            """,
        ["RouterConsumesOnEveryPath"] = """
            [Spliceable]
            public partial struct Alarm { public long Code; public long Time; }

            public sealed class AlarmRouter(SpliceWriter urgent, SpliceWriter? archive)
            {
                public int Route([Consumes] PageBuffer<Alarm> alarms)
                {
                    int severe = 0;
                    foreach (Alarm alarm in alarms.Span)
                    {
                        severe += alarm.Code > 100 ? 1 : 0;
                    }

                    switch (severe, archive)
                    {
                        case ( > 0, _):
                            urgent.Send(alarms);
                            break;
                        case (_, { } writer):
                            writer.Send(alarms);
                            break;
                        default:
                            alarms.Dispose();
                            break;
                    }

                    return severe;
                }
            }
            """,
        ["SentFlagTestedBeforeTouch"] = """
            public sealed class FramePusher(SpliceWriter encoder)
            {
                public bool Push(ReadOnlySpan<byte> luma, bool keyFrame, out int last)
                {
                    using PageBuffer<byte> frame = encoder.Rent<byte>(640 * 480);
                    luma.CopyTo(frame.Span);
                    last = 0;
                    bool sent = false;
                    if (keyFrame)
                    {
                        encoder.Send(frame);
                        sent = true;
                    }

                    if (!sent)
                    {
                        frame.Span[^64..].Fill(255);
                        last = frame[frame.Length - 1];
                    }

                    return sent;
                }
            }
            """,
        ["StateAskedBeforeReuse"] = """
            public sealed class Slot(SpliceWriter writer)
            {
                private PageBuffer<int> _buffer;

                public void Put(int at, int value)
                {
                    if (_buffer.Length == 0 || _buffer.State != PageBufferState.Owned)
                    {
                        _buffer = writer.Rent<int>(256);
                    }

                    _buffer[at] = value;
                }

                public void Send()
                {
                    if (_buffer.Length != 0 && _buffer.State == PageBufferState.Owned)
                    {
                        writer.Send(_buffer);
                        _buffer = default;
                    }
                }
            }
            """,
    };
}
