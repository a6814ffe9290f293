using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>VMS2013: declares the buffer or record writer with <c>using</c>; where a buffer is sent, <c>Dispose</c> has no effect.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UsingFix)), Shared]
public sealed class UsingFix() : DocumentFix("VMS2013", "Declare it with using")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        SyntaxNode rented = site.Node;
        if (rented is not ExpressionSyntax
            || rented.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } variable }
            || declaration.UsingKeyword != default
            || declaration.Parent is not BlockSyntax block
            // A goto may not jump over a using declaration.
            || block.Statements.Any(SyntaxKind.LabeledStatement)
            || site.Model.GetDeclaredSymbol(variable, site.Cancellation) is not ILocalSymbol { RefKind: RefKind.None } buffer
            || !LocalUses.Of(buffer, block, site).All(use => StaysHere(use, site)))
        {
            return null;
        }

        return editor =>
        {
            SyntaxToken keyword = SyntaxFactory.Token(SyntaxKind.UsingKeyword)
                .WithLeadingTrivia(declaration.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space);
            editor.ReplaceNode(declaration, (now, _) => ((LocalDeclarationStatementSyntax)now.WithLeadingTrivia()).WithUsingKeyword(keyword));
        };
    }

    /// <summary>
    /// Whether nobody keeps the buffer beyond the block: its own members, and parameters of which it is known. A variable
    /// of using cannot be assigned either.
    /// </summary>
    private static bool StaysHere(IdentifierNameSyntax use, FixSite site) => use.Parent switch
    {
        // A lambda may live longer than the block.
        _ when LocalUses.IsInFunction(use) => false,
        MemberAccessExpressionSyntax access when access.Expression == use =>
            access.Name.Identifier.ValueText is not ("Span" or "Memory" or "Address" or "Next" or "GetSpan" or "GetMemory") || !LocalUses.Leaves(access),
        ElementAccessExpressionSyntax element => element.Parent is not RefExpressionSyntax,
        ArgumentSyntax { RefKindKeyword.RawKind: 0 } argument => KnownParameter(argument, site),
        _ => false,
    };

    private static bool KnownParameter(ArgumentSyntax argument, FixSite site)
    {
        if (site.Model.GetOperation(argument, site.Cancellation) is not IArgumentOperation { Parameter: { } parameter })
        {
            return false;
        }

        return RuntimeNamespace.Holds(parameter.ContainingType)
            || parameter.OriginalDefinition.GetAttributes().Any(attribute => RuntimeNamespace.Holds(attribute.AttributeClass));
    }
}
