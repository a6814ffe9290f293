using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Text;

/// <summary>Code as a message shows it: one line, and not too long a one.</summary>
internal static class Excerpt
{
    private const int Longest = 40;

    public static string Of(SyntaxNode node) => Of(node.ToString());

    /// <summary>What is assigned: the name alone of a field of <c>this</c>.</summary>
    public static string OfTarget(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member => member.Name.Identifier.ValueText,
        _ => Of(target),
    };

    public static string Of(string text)
    {
        int line = text.IndexOf('\n');
        string shown = (line < 0 ? text : text.Substring(0, line)).Trim();
        return line < 0 && shown.Length <= Longest ? shown : shown.Substring(0, Math.Min(shown.Length, Longest - 1)) + "…";
    }
}
