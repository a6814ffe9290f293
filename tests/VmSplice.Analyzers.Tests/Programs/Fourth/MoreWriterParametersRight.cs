namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Record writers of the caller, and right.</summary>
internal sealed class MoreWriterParametersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RefStructScopeReboundBeforeUse"] = """
            [Spliceable]
            public partial struct Span2 { public long Start; public long End; }

            public ref struct SlotScope
            {
                public ref Span2 Slot;
                public int Depth;
            }

            public static class Tracer
            {
                public static void Trace(RecordWriter<Span2> spans, long outerStart, long innerStart, long end)
                {
                    SlotScope scope = new() { Slot = ref spans.Next(), Depth = 1 };
                    scope.Slot.Start = innerStart;
                    scope.Slot.End = end;

                    scope.Slot = ref spans.Next();
                    scope.Depth--;
                    scope.Slot.Start = outerStart;
                    scope.Slot.End = end;
                }
            }
            """,
        ["SlotFilledInFinallyThenFlushed"] = """
            [Spliceable]
            public partial struct Job { public long Started; public long Ended; public int Ok; public int Code; }

            public sealed class JobLog(RecordWriter<Job> jobs, Func<long> clock)
            {
                public void Run(Action work)
                {
                    ref Job job = ref jobs.Next();
                    job.Started = clock();
                    try
                    {
                        work();
                        job.Ok = 1;
                    }
                    catch (InvalidOperationException e)
                    {
                        job.Code = e.HResult;
                    }
                    finally
                    {
                        job.Ended = clock();
                        jobs.Flush();
                    }
                }
            }
            """,
        ["SlotReadBackByValue"] = """
            [Spliceable]
            public partial struct Point { public double X; public double Y; }

            public static class Plot
            {
                public static List<Point> Draw(SpliceWriter pipe, List<(double X, double Y)> points)
                {
                    List<Point> drawn = new(points.Count);
                    using RecordWriter<Point> writer = Point.CreateWriter(pipe);
                    foreach ((double x, double y) in points)
                    {
                        ref Point slot = ref writer.Next();
                        slot.X = x;
                        slot.Y = y;
                        Point point = slot;
                        drawn.Add(point);
                    }

                    writer.Complete();
                    return drawn;
                }
            }
            """,
        ["TextsAddedWhileSlotIsFilled"] = """
            [Spliceable]
            public partial struct Line { public long Time; public SpliceText Host; public SpliceText Message; public SpliceList<int> Codes; }

            public sealed class Log(RecordWriter<Line> lines)
            {
                public void Write(long time, string host, string? message, params int[] codes)
                {
                    ref Line line = ref lines.Next();
                    line.Host = Text(host);
                    line.Time = time;
                    line.Message = message is null ? default : lines.AddText($"{host}: {message}");
                    if (codes.Length > 0)
                    {
                        line.Codes = lines.AddList<int>(codes);
                    }

                    line.Time -= codes.Length;
                }

                private SpliceText Text(string text) => lines.AddText(text.Trim());
            }
            """,
        ["UnframedRecordsEndWithFlush"] = """
            [Spliceable]
            public partial struct Cell { public int Row; public int Column; public double Value; }

            public static class MatrixSender
            {
                public static void Send(SpliceWriter pipe, double[,] matrix)
                {
                    using (RecordWriter<Cell> cells = Cell.CreateWriter(pipe, new() { LeaveOpen = true, Framed = false }))
                    {
                        for (int i = 0; i < matrix.GetLength(0); i++)
                        {
                            for (int j = 0; j < matrix.GetLength(1); j++)
                            {
                                cells.Next() = new Cell { Row = i, Column = j, Value = matrix[i, j] };
                            }
                        }

                        cells.Flush();
                    }

                    pipe.Dispose();
                }
            }
            """,
    };
}
