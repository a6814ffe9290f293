namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Borrowed buffers that the object, or somebody beside it, keeps.</summary>
internal sealed class BorrowedAndKept : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["QueueOfTheLast"] = Keep("private readonly Queue<PageBuffer<int>> _kept = new();", """
            if (depth < 0)
            {
                return;
            }

            _kept.Enqueue(inputs);
            while (_kept.Count > depth)
            {
                _kept.Dequeue();
            }
            """, " //~VMS2011"),
        ["ListOfTheLast"] = Keep("private readonly List<PageBuffer<int>> _kept = [];", """
            _kept.Add(inputs);
            if (_kept.Count > 16)
            {
                _kept.RemoveAt(0);
            }
            """, " //~VMS2011"),
        ["Dictionary"] = Keep("private readonly Dictionary<int, PageBuffer<int>> _kept = [];", "_kept[depth] = inputs;", " //~VMS2011"),
        ["Field"] = Keep("private PageBuffer<int> _kept; public int First => _kept[0];", "_kept = inputs;", " //~VMS2011"),
        ["Array"] = Keep("private readonly PageBuffer<int>[] _kept = new PageBuffer<int>[8];", "_kept[depth & 7] = inputs;", " //~VMS2011"),
        ["LocalList"] = Keep("private int _sum; public int Sum => _sum;", """
            List<PageBuffer<int>> all = [inputs];
            foreach (PageBuffer<int> one in all)
            {
                _sum += one[0];
            }
            """),
        ["EmptiedAgain"] = Keep("private readonly Queue<PageBuffer<int>> _kept = new(); private int _sum; public int Sum => _sum;", """
            _kept.Enqueue(inputs);
            while (_kept.Count > 0)
            {
                _sum += _kept.Dequeue()[depth];
            }
            """),
        ["OnlyItsNumbers"] = Keep("private readonly Queue<int> _kept = new();", "_kept.Enqueue(inputs[depth]);"),
    };

    private static string Keep(string field, string body, string mark = "") => $$"""
        public sealed class Recorder
        {
            {{field}}

            public void Observe(
                [Borrows] PageBuffer<int> inputs,{{mark}}
                int depth)
            {
                {{body}}
            }
        }
        """;
}
