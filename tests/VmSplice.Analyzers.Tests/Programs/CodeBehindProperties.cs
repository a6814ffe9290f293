namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Properties and indexers with code behind them use the buffer that their object holds, as its methods do.</summary>
internal sealed class CodeBehindProperties : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GetterOfRecordStruct"] = """
            readonly record struct Job(int Id, PageBuffer<byte> Data)
            {
                public byte Kind => Data[0];
            }

            static class P
            {
                static byte Ship(SpliceWriter pipe, ReadOnlySpan<byte> data)
                {
                    var job = new Job(1, pipe.Rent<byte>(data.Length));
                    data.CopyTo(job.Data.Span);
                    pipe.Send(job.Data);
                    return job.Kind; //~VMS2002
                }
            }
            """,
        ["GetterOfClass"] = """
            sealed class Message(PageBuffer<int> body)
            {
                public PageBuffer<int> Body { get; } = body;
                public int Sum
                {
                    get
                    {
                        int sum = 0;
                        foreach (int one in Body.Span)
                        {
                            sum += one;
                        }

                        return sum;
                    }
                }
            }

            static class P
            {
                static int Ship(SpliceWriter pipe, Message message)
                {
                    pipe.Send(message.Body);
                    return message.Sum; //~VMS2002
                }
            }
            """,
        ["SetterOfStruct"] = """
            struct Packet(PageBuffer<byte> page)
            {
                public PageBuffer<byte> Page = page;
                public readonly byte Mark { get => Page[0]; set => Page[0] = value; }
            }

            static class P
            {
                static void Ship(SpliceWriter pipe)
                {
                    var packet = new Packet(pipe.Rent<byte>(64));
                    packet.Mark = 1;
                    pipe.Send(packet.Page);
                    packet.Mark = 2; //~VMS2001
                }
            }
            """,
        ["GetterOfOwnField"] = """
            sealed class Builder(SpliceWriter pipe)
            {
                private PageBuffer<int> _page;
                private int First => _page[0];

                public int Flush()
                {
                    pipe.Send(_page);
                    int first = First; //~VMS2002
                    _page = pipe.Rent<int>(16);
                    return first;
                }
            }
            """,
        ["SetterOfOwnField"] = """
            sealed class Builder(SpliceWriter pipe)
            {
                private PageBuffer<int> _page;
                private int First { set => _page.Span[0] = value; }

                public void Flush(int number)
                {
                    First = number;
                    pipe.Send(_page);
                    First = number + 1; //~VMS2001
                    _page = pipe.Rent<int>(16);
                }
            }
            """,
        ["IndexerOfStruct"] = """
            readonly struct Grid(PageBuffer<int> cells, int width)
            {
                public PageBuffer<int> Cells { get; } = cells;
                public int this[int x, int y] { get => Cells[(y * width) + x]; set => Cells[(y * width) + x] = value; }
            }

            static class P
            {
                static int Ship(SpliceWriter pipe)
                {
                    var grid = new Grid(pipe.Rent<int>(64), 8);
                    grid[1, 1] = 5;
                    pipe.Send(grid.Cells);
                    return grid[1, 1]; //~VMS2002
                }
            }
            """,
        ["SentOnOnePath"] = """
            readonly record struct Job(int Id, PageBuffer<byte> Data)
            {
                public byte Kind => Data[0];
            }

            static class P
            {
                static byte Ship(SpliceWriter pipe, Job job, bool now)
                {
                    if (now)
                    {
                        pipe.Send(job.Data);
                    }

                    return job.Kind; //~VMS2004
                }
            }
            """,
        ["GetterAskedBefore"] = """
            readonly record struct Job(int Id, PageBuffer<byte> Data)
            {
                public byte Kind => Data[0];
                public int Length => Data.Length;
                public string Name => $"job {Id}";
            }

            static class P
            {
                static string Ship(SpliceWriter pipe, ReadOnlySpan<byte> data)
                {
                    var job = new Job(1, pipe.Rent<byte>(data.Length));
                    data.CopyTo(job.Data.Span);
                    byte kind = job.Kind;
                    pipe.Send(job.Data);
                    return $"{job.Name} of kind {kind}: {job.Length} bytes";
                }
            }
            """,
        ["GetterOfReplacedField"] = """
            sealed class Builder(SpliceWriter pipe)
            {
                private PageBuffer<int> _page = pipe.Rent<int>(16);
                private int First { get => _page[0]; set => _page.Span[0] = value; }

                public int Flush()
                {
                    First = 1;
                    pipe.Send(_page);
                    _page = pipe.Rent<int>(16);
                    First = 2;
                    return First;
                }
            }
            """,
        ["GetterThatMakesOne"] = """
            sealed class Builder(SpliceWriter pipe)
            {
                private PageBuffer<int>? _page;
                private PageBuffer<int> Page => _page ??= pipe.Rent<int>(16);

                public void Add(int value)
                {
                    Page.Span[0] = value;
                    if (_page is { } full)
                    {
                        _page = null;
                        pipe.Send(full);
                    }

                    Page.Span[1] = value;
                }
            }
            """,
        ["GetterAsksTheState"] = """
            sealed class Holder(PageBuffer<int> page)
            {
                public PageBuffer<int> Page => page;
                public bool IsMine => page.State == PageBufferState.Owned;
                public int First => page.State == PageBufferState.Owned ? page[0] : -1;
            }

            static class P
            {
                static int Ship(SpliceWriter pipe, Holder holder)
                {
                    pipe.Send(holder.Page);
                    return holder.IsMine ? holder.First : 0;
                }
            }
            """,
    };
}
