using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Generators.Parsing;

/// <summary>How a segment is declared: <c>public partial Span&lt;byte&gt; Caption { get; }</c>.</summary>
internal static class SegmentForm
{
    /// <summary>The type of a right declaration: <c>ref Header</c> or <c>Span&lt;byte&gt;</c>.</summary>
    public static string Of(ITypeSymbol element, bool isSpan) => isSpan ? $"Span<{element.ShortName()}>" : $"ref {element.ShortName()}";

    /// <summary>The modifiers of a right declaration, from those of a wrong one.</summary>
    public static IEnumerable<string> Modifiers(PropertyDeclarationSyntax wrong)
        => wrong.Modifiers
            .Where(modifier => !modifier.IsKind(SyntaxKind.StaticKeyword) && !modifier.IsKind(SyntaxKind.ReadOnlyKeyword) && !modifier.IsKind(SyntaxKind.PartialKeyword))
            .Select(modifier => modifier.Text)
            .Append("partial");

    public static string Declaration(PropertyDeclarationSyntax wrong, string form)
        => $"{string.Join(" ", Modifiers(wrong))} {form} {wrong.Identifier.Text} {{ get; }}";
}
