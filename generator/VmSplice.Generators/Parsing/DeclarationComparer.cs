using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Generators.Parsing;

/// <summary>
/// Compares two versions of a file word by word, but for what no symbol shows: the bodies of methods and accessors, and the initial values of
/// fields that are not constants. A struct is compared whole: its bodies decide which property, and which parameter of its constructor, has a field.
/// </summary>
/// <remarks>The compiler's own comparison (<c>SyntaxFactory.AreEquivalent</c>) leaves out the bodies of structs.</remarks>
internal static class DeclarationComparer
{
    public static bool DeclareTheSame(SyntaxTree before, SyntaxTree after)
        => before.Options.Equals(after.Options)
            && before.Options.Kind == SourceCodeKind.Regular
            && before.FilePath == after.FilePath
            && WordsOf(before).SequenceEqual(WordsOf(after));

    /// <summary>The tokens, and between them the kinds of nodes: a body that is left out is still known to be there.</summary>
    private static IEnumerable<(int Kind, string Text)> WordsOf(SyntaxTree file)
        => file.GetRoot()
            .DescendantNodesAndTokens(static node => !IsBody(node) || node.Ancestors().Any(IsStruct))
            .Select(static word => (word.RawKind, word.AsToken().Text));

    private static bool IsBody(SyntaxNode node) => node switch
    {
        BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax => true,
        EqualsValueClauseSyntax { Parent.Parent.Parent: FieldDeclarationSyntax field } => !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        _ => false,
    };

    private static bool IsStruct(SyntaxNode node) => node.Kind() is SyntaxKind.StructDeclaration or SyntaxKind.RecordStructDeclaration;
}
