using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.CodeFixes;

/// <summary>What the edits of one document share: the names they take, the places they are done with.</summary>
internal sealed class FixScope
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<SyntaxNode> _claimed = [];
    private readonly Dictionary<SyntaxNode, string> _made = [];
    private readonly Dictionary<ExpressionSyntax, Dictionary<ExpressionSyntax, ExpressionSyntax?>> _terms = [];

    /// <summary>A name that means nothing at <paramref name="near"/>, nor in another edit.</summary>
    public string Unused(string name, SemanticModel model, SyntaxNode near)
    {
        SyntaxNode member = near.AncestorsAndSelf().Last(node => node.Parent is null or TypeDeclarationSyntax);
        var used = new HashSet<string>(member.DescendantTokens().Select(token => token.ValueText), StringComparer.Ordinal);
        string candidate = name;
        for (int number = 2; used.Contains(candidate) || !_taken.Add(candidate) || !model.LookupSymbols(near.SpanStart, name: candidate).IsEmpty; number++)
        {
            candidate = name + number.ToString(CultureInfo.InvariantCulture);
        }

        return candidate;
    }

    /// <summary>True for the first edit that asks for a node; several diagnostics may want the same change of it.</summary>
    public bool Claim(SyntaxNode node) => _claimed.Add(node);

    /// <summary>The name that an earlier edit made for a node.</summary>
    public bool TryShare(SyntaxNode node, out string made) => _made.TryGetValue(node, out made!);

    /// <summary>Remembers the name that was made for a node, so that a second edit can use it.</summary>
    public void Share(SyntaxNode node, string made) => _made[node] = made;

    /// <summary>What becomes of the terms of a sum, and whether this edit is the first to ask.</summary>
    public (Dictionary<ExpressionSyntax, ExpressionSyntax?> Terms, bool First) TermsOf(ExpressionSyntax sum)
    {
        bool first = !_terms.TryGetValue(sum, out Dictionary<ExpressionSyntax, ExpressionSyntax?>? terms);
        return (first ? _terms[sum] = [] : terms!, first);
    }
}
