namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Slots of record writers, and right.</summary>
internal sealed class OtherSlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SnapshotHeaderCountedBeforeSlots"] = """
            [Spliceable]
            public partial struct Line { public long Key; public double Value; public int Kind; public int Count; }

            public sealed record Level(double Price, double Size);

            public sealed class SnapshotPublisher(RecordWriter<Line> output)
            {
                public void Publish(long book, IReadOnlyCollection<Level> levels)
                {
                    Line[] body = levels
                        .Where(level => level.Size > 0)
                        .Select(level => new Line { Kind = 2, Key = book, Value = level.Price })
                        .ToArray();

                    ref Line header = ref output.Next();
                    header.Kind = 1;
                    header.Key = book;
                    header.Count = body.Length;
                    output.Write(body);
                }
            }
            """,
        ["SpanAskedAgainInEachRound"] = """
            [Spliceable]
            public partial struct Execution { public long Order; public int Quantity; public int Flags; }

            public sealed class ExecutionWriter(RecordWriter<Execution> executions)
            {
                public void Publish(ReadOnlySpan<long> orders)
                {
                    while (!orders.IsEmpty)
                    {
                        Span<Execution> room = executions.GetSpan(1);
                        int count = Math.Min(room.Length, orders.Length);
                        room = room[..count];
                        for (int i = 0; i < count; i++)
                        {
                            ref Execution execution = ref room[i];
                            execution = default;
                            execution.Order = orders[i];
                            execution.Quantity = 1;
                        }

                        executions.Advance(count);
                        orders = orders[count..];
                    }

                    executions.Flush();
                }
            }
            """,
        ["TemplateRecordChangedBetweenWrites"] = """
            [Spliceable]
            public partial struct Job { public long Id; public int Priority; public int Attempts; }

            public sealed class JobQueue(RecordWriter<Job> jobs)
            {
                public void Enqueue(IEnumerable<long> ids, int priority)
                {
                    Job template = new() { Priority = priority };
                    foreach (long id in ids)
                    {
                        template.Id = id;
                        jobs.Write(template);
                        template.Attempts = 0;
                    }

                    Span<Job> pair = stackalloc Job[2];
                    jobs.Write(pair);
                    pair[0].Priority = 1;
                    jobs.Write(pair);
                }
            }
            """,
        ["TextsAndListsBetweenStoresOfOneSlot"] = """
            [Spliceable]
            public partial struct Entry { public long Time; public int Level; public int Lines; public SpliceText Message; public SpliceList<long> Frames; }

            public sealed class ExceptionLog(RecordWriter<Entry> entries)
            {
                public void Log(Exception exception, IEnumerable<long> frames)
                {
                    ref Entry entry = ref entries.Next();
                    entry.Time = DateTime.UtcNow.Ticks;
                    entry.Message = entries.AddText($"{exception.GetType().Name}: {exception.Message}");
                    entry.Level = exception is OperationCanceledException ? 1 : 3;
                    long[] addresses = frames.ToArray();
                    entry.Frames = entries.AddList<long>(addresses);
                    entry.Lines = addresses.Length;
                }
            }
            """,
        ["TwoStreamsBehindOneAnother"] = """
            [Spliceable]
            public partial struct Symbol { public long Id; public long Exchange; }

            [Spliceable]
            public partial struct Bar { public long Symbol; public double Close; }

            public static class HistoryFile
            {
                public static void Send(SpliceWriter pipe, Symbol[] symbols, Func<Symbol, IEnumerable<Bar>> history)
                {
                    WriteAll(Symbol.CreateWriter(pipe, new() { LeaveOpen = true }), symbols);
                    using RecordWriter<Bar> bars = Bar.CreateWriter(pipe);
                    foreach (Symbol symbol in symbols)
                    {
                        foreach (Bar bar in history(symbol))
                        {
                            bars.Next() = bar;
                        }
                    }

                    bars.Complete();
                }

                private static void WriteAll(RecordWriter<Symbol> writer, Symbol[] symbols)
                {
                    using (writer)
                    {
                        writer.Write(symbols);
                        writer.Complete();
                    }
                }
            }
            """,
        ["UnframedRecordsForForeignReader"] = """
            [Spliceable]
            public partial struct Pcm { public short Left; public short Right; }

            public static class Player
            {
                public static void Play(Pcm[] samples)
                {
                    ProcessStartInfo start = new("aplay", "-f cd -t raw") { RedirectStandardInput = true };
                    using Process player = Process.Start(start)!;
                    using (RecordWriter<Pcm> sound = Pcm.CreateWriter(SpliceWriter.OpenChildInput(player), new() { Framed = false }))
                    {
                        foreach (Pcm sample in samples)
                        {
                            ref Pcm slot = ref sound.Next();
                            slot.Left = sample.Right;
                            slot.Right = sample.Left;
                        }

                        sound.Flush();
                    }

                    player.WaitForExit();
                }
            }
            """,
        ["WholeRecordStoredIntoSlot"] = """
            [Spliceable]
            public partial struct CustomerRow { public long Id; public double Turnover; public int Country; public int Segment; }

            public sealed record Customer(long Id, int Country, int Segment, decimal Turnover)
            {
                public CustomerRow ToRow() => new() { Id = Id, Country = Country, Segment = Segment, Turnover = (double)Turnover };
            }

            public sealed class CustomerExport(RecordWriter<CustomerRow> rows, RecordWriter<CustomerRow>? copies)
            {
                public CustomerRow Last { get; private set; }

                public void Add(Customer customer)
                {
                    CustomerRow row = customer.ToRow();
                    rows.Next() = row;
                    if (copies is not null)
                    {
                        copies.Next() = row with { Turnover = 0 };
                    }

                    row.Segment = -1;
                    Last = row;
                }
            }
            """,
        ["WriterHandedToSessionThatCompletes"] = """
            [Spliceable]
            public partial struct Move { public long Game; public int From; public int To; }

            public sealed class GameSession(RecordWriter<Move> moves) : IDisposable
            {
                private bool _ended;

                public void Play(long game, int from, int to)
                {
                    ref Move move = ref moves.Next();
                    (move.Game, move.From, move.To) = (game, from, to);
                }

                public void End()
                {
                    moves.Complete();
                    _ended = true;
                }

                public bool IsOver => _ended;

                public void Dispose() => moves.Dispose();
            }

            public sealed class Lobby
            {
                private readonly Dictionary<string, GameSession> _sessions = [];

                public GameSession Open(string player, SpliceWriter pipe)
                {
                    RecordWriter<Move> moves = Move.CreateWriter(pipe, new() { ChunkSize = 16 * 1024 });
                    GameSession session = new(moves);
                    _sessions.Add(player, session);
                    return session;
                }
            }
            """,
    };
}
