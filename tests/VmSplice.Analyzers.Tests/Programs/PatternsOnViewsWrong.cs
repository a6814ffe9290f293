namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Patterns that look into memory.</summary>
internal sealed class PatternsOnViewsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FirstElementTested"] = """
            public static class First
            {
                public static bool Push(SpliceWriter sink, ReadOnlySpan<float> samples)
                {
                    using PageBuffer<float> block = sink.Rent<float>(samples.Length);
                    Span<float> scaled = block.Span;
                    samples.CopyTo(scaled);
                    sink.Send(block);
                    return scaled is [>= 0.98f, ..]; //~VMS2002
                }
            }
            """,
        ["LastElementTested"] = """
            public static class Last
            {
                public static bool Push(SpliceWriter sink, ReadOnlySpan<float> samples)
                {
                    using PageBuffer<float> block = sink.Rent<float>(samples.Length);
                    Span<float> scaled = block.Span;
                    samples.CopyTo(scaled);
                    sink.Send(block);
                    return scaled is [.., > 0]; //~VMS2002
                }
            }
            """,
        ["ElementTaken"] = """
            public static class Taken
            {
                public static float Push(SpliceWriter sink, ReadOnlySpan<float> samples)
                {
                    using PageBuffer<float> block = sink.Rent<float>(samples.Length);
                    Span<float> scaled = block.Span;
                    samples.CopyTo(scaled);
                    sink.Send(block);
                    return scaled is [var first, ..] ? first : 0; //~VMS2002
                }
            }
            """,
        ["SwitchOverASpan"] = """
            public static class Switched
            {
                public static int Push(SpliceWriter sink, ReadOnlySpan<byte> samples)
                {
                    using PageBuffer<byte> block = sink.Rent<byte>(samples.Length);
                    Span<byte> view = block.Span;
                    samples.CopyTo(view);
                    sink.Send(block);
                    return view switch //~VMS2002
                    {
                        [] => 0,
                        [1, ..] => 1,
                        _ => 2,
                    };
                }
            }
            """,
        ["SwitchStatementOverASpan"] = """
            public static class SwitchedBy
            {
                public static int Push(SpliceWriter sink, ReadOnlySpan<byte> samples)
                {
                    using PageBuffer<byte> block = sink.Rent<byte>(samples.Length);
                    Span<byte> view = block.Span;
                    samples.CopyTo(view);
                    sink.Send(block);
                    switch (view) //~VMS2002
                    {
                        case [1, ..]:
                            return 1;
                        default:
                            return 0;
                    }
                }
            }
            """,
        ["RestReadAfterwards"] = """
            public static class Rest
            {
                public static byte Push(SpliceWriter sink, ReadOnlySpan<byte> samples)
                {
                    using PageBuffer<byte> block = sink.Rent<byte>(samples.Length);
                    Span<byte> view = block.Span;
                    samples.CopyTo(view);
                    if (view is [_, .. var rest])
                    {
                        sink.Send(block);
                        return rest[0]; //~VMS2002
                    }

                    return 0;
                }
            }
            """,
        ["PropertyOfAnElement"] = """
            public static class Property
            {
                public static bool Push(SpliceWriter sink, ReadOnlySpan<Tick> ticks)
                {
                    using PageBuffer<Tick> block = sink.Rent<Tick>(ticks.Length);
                    Span<Tick> view = block.Span;
                    ticks.CopyTo(view);
                    sink.Send(block);
                    return view[0] is { Price: > 0 }; //~VMS2002
                }
            }
            """,
        ["PropertyOfAnElementInAList"] = """
            public static class PropertyInList
            {
                public static bool Push(SpliceWriter sink, ReadOnlySpan<Tick> ticks)
                {
                    using PageBuffer<Tick> block = sink.Rent<Tick>(ticks.Length);
                    Span<Tick> view = block.Span;
                    ticks.CopyTo(view);
                    sink.Send(block);
                    return view is [{ Price: > 0 }, ..]; //~VMS2002
                }
            }
            """,
        ["TextComparedWithASpan"] = """
            public static class Text
            {
                public static bool Push(SpliceWriter sink, ReadOnlySpan<char> text)
                {
                    using PageBuffer<char> block = sink.Rent<char>(text.Length);
                    ReadOnlySpan<char> view = block.Span;
                    text.CopyTo(block.Span);
                    sink.Send(block);
                    return view is "GET"; //~VMS2002
                }
            }
            """,
        ["BatchTestedAfterTheNext"] = """
            public static class Stale
            {
                public static bool Read(RecordReader<Tick> reader)
                {
                    ReadOnlySpan<Tick> first = reader.ReadBatch();
                    ReadOnlySpan<Tick> second = reader.ReadBatch();
                    return second.Length > 1 && first is [{ Price: > 0 }, ..]; //~VMS2003
                }
            }
            """,
    };
}
