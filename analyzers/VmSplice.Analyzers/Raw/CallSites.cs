using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Raw;

/// <summary>
/// The calls of a file whose names concern a rule, found once for all rules, by name alone. A file whose text has none of
/// these names is not looked into any further.
/// </summary>
internal sealed class CallSites(CallNames names)
{
    private readonly ConcurrentDictionary<SyntaxTree, ImmutableArray<InvocationExpressionSyntax>> _known = new();

    /// <summary>Calls that may be raw ones, <c>Gift</c>, <c>Open</c> of a writer or reader, and reads of the error number, in the order of the text.</summary>
    [MethodImpl(Hot.Path)]
    public ImmutableArray<InvocationExpressionSyntax> In(SyntaxTree tree, CancellationToken cancellation)
        => _known.GetOrAdd(tree, one => Find(one, cancellation));

    /// <summary>Those of them in one piece of the file.</summary>
    public IEnumerable<InvocationExpressionSyntax> Within(SyntaxNode node, CancellationToken cancellation)
    {
        ImmutableArray<InvocationExpressionSyntax> all = In(node.SyntaxTree, cancellation);
        (int first, int end) = (0, all.Length);
        while (first < end)
        {
            int middle = (first + end) / 2;
            if (all[middle].SpanStart < node.SpanStart)
            {
                first = middle + 1;
            }
            else
            {
                end = middle;
            }
        }

        for (; first < all.Length && all[first].SpanStart < node.Span.End; first++)
        {
            yield return all[first];
        }
    }

    public static bool IsGift(InvocationExpressionSyntax call)
        => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Gift" or "GiftAsync" };

    /// <summary><c>SpliceWriter.Open</c>, <c>SpliceReader.Open</c>.</summary>
    public static bool IsOpening(InvocationExpressionSyntax call)
        => call.Expression
            is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Open", Expression: SimpleNameSyntax or MemberAccessExpressionSyntax } access
        && access.Expression.ToString() is var type
        && (type.EndsWith("SpliceWriter", StringComparison.Ordinal) || type.EndsWith("SpliceReader", StringComparison.Ordinal));

    private ImmutableArray<InvocationExpressionSyntax> Find(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!MayHave(tree.GetText(cancellation)))
        {
            return [];
        }

        ImmutableArray<InvocationExpressionSyntax>.Builder found = ImmutableArray.CreateBuilder<InvocationExpressionSyntax>();
        foreach (InvocationExpressionSyntax call in FileSyntax.Of(tree, cancellation).Calls)
        {
            if (IsGift(call) || IsOpening(call) || NativeNames.ReadOfErrorNumber(call) is not null || names.Match(call.Expression))
            {
                found.Add(call);
            }
        }

        return found.ToImmutable();
    }

    // Where some file loads the export, the pointer to it may be called by any name.
    private bool MayHave(SourceText text) => names.LoadsExport || TextSearch.Any(text, IsIn);

    private static bool IsIn(ReadOnlySpan<char> text)
        => text.IndexOf("Gift".AsSpan()) >= 0
        || text.IndexOf("Open".AsSpan()) >= 0
        || text.IndexOf("GetLast".AsSpan()) >= 0 || text.IndexOf("GetHRForLast".AsSpan()) >= 0
        || IsCalled(text, "plice") || IsCalled(text, "yscall");

    // A name with the stem in it, and then what a call goes on with; ISpliceable<T> is none.
    private static bool IsCalled(ReadOnlySpan<char> text, string stem)
    {
        for (int at = text.IndexOf(stem.AsSpan(), StringComparison.OrdinalIgnoreCase); at >= 0;)
        {
            int end = at + stem.Length;
            bool isConstraint = text.Slice(end).StartsWith("able<".AsSpan(), StringComparison.Ordinal);
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            while (end < text.Length && char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            if (!isConstraint && end < text.Length && text[end] is '(' or '.' or '?' or '<' or '!')
            {
                return true;
            }

            int next = text.Slice(at + 1).IndexOf(stem.AsSpan(), StringComparison.OrdinalIgnoreCase);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }
}
