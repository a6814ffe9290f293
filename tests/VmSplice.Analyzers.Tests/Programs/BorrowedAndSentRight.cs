namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Borrowed buffers that are read, and then sent under a condition, or kept, and right.</summary>
internal sealed class BorrowedAndSentRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RegisteredMeanwhile"] = """
            public sealed class Registry
            {
                private readonly List<PageBuffer<int>> _active = [];

                public int Sum([Borrows] PageBuffer<int> page)
                {
                    _active.Add(page);
                    try
                    {
                        int sum = 0;
                        foreach (int one in page.Span)
                        {
                            sum += one;
                        }

                        return sum;
                    }
                    finally
                    {
                        _active.Remove(page);
                    }
                }
            }
            """,
        ["CopiedIntoAList"] = """
            public sealed class History
            {
                private readonly List<int[]> _copies = [];

                public int Count => _copies.Count;

                public void Note([Borrows] PageBuffer<int> page) => _copies.Add(page.Span.ToArray());
            }
            """,
    };
}
