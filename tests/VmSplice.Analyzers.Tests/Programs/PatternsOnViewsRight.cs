namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Patterns that look into memory, and right.</summary>
internal sealed class PatternsOnViewsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TestedBeforeTheSend"] = """
            public static class Before
            {
                public static bool Push(SpliceWriter sink, ReadOnlySpan<float> samples)
                {
                    using PageBuffer<float> block = sink.Rent<float>(samples.Length);
                    Span<float> scaled = block.Span;
                    samples.CopyTo(scaled);
                    bool isClipped = scaled is [>= 0.98f, ..];
                    sink.Send(block);
                    return isClipped;
                }
            }
            """,
        ["OnlyTheLengthIsAsked"] = """
            public static class LengthAlone
            {
                public static int Push(SpliceWriter sink, ReadOnlySpan<float> samples)
                {
                    using PageBuffer<float> block = sink.Rent<float>(samples.Length);
                    Span<float> scaled = block.Span;
                    samples.CopyTo(scaled);
                    sink.Send(block);
                    return scaled is [] ? 0 : scaled is [_, ..] ? 1 : scaled is { Length: > 2 } ? 3 : 4;
                }
            }
            """,
        ["AnotherSpanIsTested"] = """
            public static class Source
            {
                public static bool Push(SpliceWriter sink, ReadOnlySpan<float> samples)
                {
                    using PageBuffer<float> block = sink.Rent<float>(samples.Length);
                    samples.CopyTo(block.Span);
                    sink.Send(block);
                    return samples is [> 0, ..] or [.., < 0];
                }
            }
            """,
    };
}
