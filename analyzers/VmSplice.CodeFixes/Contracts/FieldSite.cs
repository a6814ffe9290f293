using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>What declares the field that a diagnostic is about: a field, an automatic property or a captured parameter.</summary>
internal static class FieldSite
{
    public static SyntaxNode? Of(FixSite site)
        => site.Node.FirstAncestorOrSelf<SyntaxNode>(node => node is FieldDeclarationSyntax or PropertyDeclarationSyntax or ParameterSyntax);
}
