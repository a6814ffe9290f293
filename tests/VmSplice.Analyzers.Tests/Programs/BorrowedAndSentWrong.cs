namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Borrowed buffers that are read, and then sent under a condition, or kept.</summary>
internal sealed class BorrowedAndSentWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ReadInALoopThenSent"] = """
            public static class LoopThenSend
            {
                public static long Log(SpliceWriter writer, [Borrows] PageBuffer<byte> entry) //~VMS2011
                {
                    long urgent = 0;
                    foreach (byte one in entry.Span)
                    {
                        urgent += one;
                    }

                    if (urgent > 10)
                    {
                        writer.Send(entry);
                    }

                    return urgent;
                }
            }
            """,
        ["ReadByIndexThenSent"] = """
            public static class IndexThenSend
            {
                public static long Log(SpliceWriter writer, [Borrows] PageBuffer<byte> entry) //~VMS2011
                {
                    long urgent = 0;
                    Span<byte> view = entry.Span;
                    for (int i = 0; i < view.Length; i++)
                    {
                        urgent += view[i];
                    }

                    if (urgent > 10)
                    {
                        writer.Send(entry);
                    }

                    return urgent;
                }
            }
            """,
        ["SentWhereUrgent"] = """
            public static class Urgent
            {
                public static void Log(SpliceWriter writer, [Borrows] PageBuffer<byte> entry, bool isUrgent) //~VMS2011
                {
                    if (isUrgent)
                    {
                        writer.Send(entry);
                    }
                }
            }
            """,
        ["PutIntoAQueue"] = """
            public sealed class Recorder
            {
                private readonly Queue<PageBuffer<int>> _recent = new();

                public int Depth => _recent.Count;

                public void Observe([Borrows] PageBuffer<int> inputs) //~VMS2011
                {
                    if (inputs.Length > 0)
                    {
                        _recent.Enqueue(inputs);
                    }
                }
            }
            """,
        ["PutIntoADictionary"] = """
            public sealed class Index
            {
                private readonly Dictionary<int, PageBuffer<int>> _known = [];

                public int Count => _known.Count;

                public void Note(int key, [Borrows] PageBuffer<int> page) => _known[key] = page; //~VMS2011
            }
            """,
    };
}
