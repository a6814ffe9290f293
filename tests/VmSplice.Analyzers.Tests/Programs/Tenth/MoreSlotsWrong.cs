namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Records and batches that are used after their writer or reader moved on.</summary>
internal sealed class MoreSlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TraceSink"] = """
            using System.Diagnostics;

            namespace Profiler.Traces;

            [Spliceable]
            public partial struct Scope
            {
                public long Began;
                public long Took;
                public int Id;
                public int Depth;
            }

            public sealed class TraceSink
            {
                private readonly RecordWriter<Scope> _scopes;
                private int _depth;

                public TraceSink(RecordWriter<Scope> scopes)
                {
                    _scopes = scopes;
                }

                public void Measure(int id, Action work)
                {
                    ref Scope scope = ref Enter(id);
                    work();
                    Leave();
                    scope.Took = Stopwatch.GetTimestamp() - scope.Began; //~VMS2003
                }

                private ref Scope Enter(int id)
                {
                    ref Scope scope = ref _scopes.Next();
                    scope.Id = id;
                    scope.Depth = _depth++;
                    scope.Began = Stopwatch.GetTimestamp();
                    return ref scope;
                }

                private void Leave()
                {
                    _depth--;
                    _scopes.Flush();
                }
            }
            """,
    };
}
