namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Fields whose only assignment computes from the field itself, beside a raw call: what they are is not known, and the question ends.</summary>
internal sealed class FieldsOfThemselves : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Sum"] = Ring("_at = (_at + (int)sent) & 1023;"),
        ["CompoundInside"] = Ring("int more = (int)sent; _at = more += _at;"),
        ["TwoFieldsOfEachOther"] = Ring("_at = _end + 1; _end = _at + (int)sent;"),
        ["Conditional"] = Ring("_at = sent > 0 ? _at + 1 : _at;"),
    };

    private static string Ring(string advance) => $$"""
        public sealed unsafe class Ring(SafeHandle pipe, byte* memory)
        {
            private int _at;
            private int _end;

            public int End => _end + _at;

            public bool Drain(int count)
            {
                nint sent = RawPipe.VmSplice(pipe, [new IoVec(memory + _at, (nuint)(_end - _at))]);
                {{advance}}
                return sent == count;
            }
        }
        """;
}
