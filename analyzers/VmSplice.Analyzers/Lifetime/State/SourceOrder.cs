using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime.State;

/// <summary>An order of the nodes of one tree that does not depend on who came to them first.</summary>
internal static class SourceOrder
{
    public static int Compare(SyntaxNode left, SyntaxNode right)
        => left.SpanStart != right.SpanStart ? left.SpanStart.CompareTo(right.SpanStart)
        : left.Span.Length != right.Span.Length ? left.Span.Length.CompareTo(right.Span.Length)
        : left.RawKind.CompareTo(right.RawKind);
}
