namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Views that stay reachable.</summary>
internal sealed class ViewsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BufferLeftInRefParameter"] = """
            public static class Batching
            {
                public static int AppendOrSend(SpliceWriter pipe, ref PageBuffer<int> pending, int used, int value)
                {
                    pending[used++] = value;
                    if (used == pending.Length)
                    {
                        pipe.Send(pending); //~VMS2009
                        return 0;
                    }

                    return used;
                }
            }
            """,
        ["CurrentPageSentByFlush"] = """
            public sealed class PagedTrace
            {
                private readonly SpliceWriter _collector;
                private PageBuffer<long> _page;
                private int _used;

                public PagedTrace(SpliceWriter collector)
                {
                    _collector = collector;
                    _page = collector.Rent<long>(4096);
                }

                public void Trace(long value)
                {
                    if (_used < _page.Length)
                    {
                        _page[_used++] = value;
                    }
                }

                public void Flush()
                {
                    _collector.Send(_page, _used); //~VMS2009
                    _used = 0;
                }
            }
            """,
        ["AccumulatorFieldFlushedAndKept"] = """
            [Spliceable]
            public partial struct Point { public long X; public long Y; }

            public sealed class PointAccumulator
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
                        _points = _writer.Rent<Point>(1000);
                        _count = 0;
                    }
                }

                public void Flush()
                {
                    _writer.Send(_points, _count); //~VMS2009
                }
            }
            """,
    };
}
