using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>
/// VMS2013: declares the buffer or record writer with <c>using</c>. Where a buffer is sent, <c>Dispose</c> has no effect. A record writer
/// that is disposed alone abandons its stream, so it is completed at the end of its block as well.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UsingFix)), Shared]
public sealed class UsingFix() : DocumentFix(RuleIds.Leak, "Declare it with using")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        SyntaxNode rented = site.Node;
        if (rented is not ExpressionSyntax
            || rented.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax variables } }
            || variables.Parent is not LocalDeclarationStatementSyntax declaration
            || declaration.UsingKeyword != default
            || ScopeOf(declaration) is not { } scope
            // All variables of the declaration are disposed then.
            || !variables.Variables.All(variable => StaysHere(variable, scope, site)))
        {
            return null;
        }

        RecordEnd? end = null;
        if (RecordEnd.IsNeeded(variables, site) && (end = RecordEnd.Of(declaration, variables, site)) is null)
        {
            return null;
        }

        if (!site.Scope.Claim(declaration))
        {
            return FixSite.AlreadyDone;
        }

        if (end is not null)
        {
            return editor =>
            {
                editor.ReplaceNode(declaration, (now, _) => end.IsAsync
                    ? WithUsing((LocalDeclarationStatementSyntax)now, isAsync: true) : WithUsing((LocalDeclarationStatementSyntax)now));
                end.Insert(editor);
            };
        }

        return declaration.Parent is SwitchSectionSyntax section
            ? BlockOf(section, declaration, site) : editor => editor.ReplaceNode(declaration, (now, _) => WithUsing((LocalDeclarationStatementSyntax)now));
    }

    private static LocalDeclarationStatementSyntax WithUsing(LocalDeclarationStatementSyntax declaration, bool isAsync = false)
    {
        SyntaxToken keyword = SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (!isAsync)
        {
            return declaration.WithLeadingTrivia().WithUsingKeyword(keyword.WithLeadingTrivia(declaration.GetLeadingTrivia()));
        }

        SyntaxToken await = SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithLeadingTrivia(declaration.GetLeadingTrivia())
            .WithTrailingTrivia(SyntaxFactory.Space);
        return declaration.WithLeadingTrivia().WithAwaitKeyword(await).WithUsingKeyword(keyword);
    }

    /// <summary>A switch section must not hold a using declaration, and a block in it may.</summary>
    private static Action<SyntaxEditor>? BlockOf(SwitchSectionSyntax section, LocalDeclarationStatementSyntax declaration, FixSite site)
    {
        // Another declaration of the same section: the next round finds it in the block.
        if (!site.Scope.Claim(section))
        {
            return null;
        }

        int index = section.Statements.IndexOf(declaration);
        return editor => editor.ReplaceNode(section, (now, _) =>
        {
            var current = (SwitchSectionSyntax)now;
            SyntaxList<StatementSyntax> statements = current.Statements;
            BlockSyntax block = SyntaxFactory.Block(statements.Replace(statements[index], WithUsing((LocalDeclarationStatementSyntax)statements[index])));
            return current.WithStatements([block]).WithAdditionalAnnotations(Formatter.Annotation);
        });
    }

    /// <summary>Where the variable can be named, if a using declaration may stand there: a goto may not jump over one.</summary>
    private static SyntaxNode? ScopeOf(LocalDeclarationStatementSyntax declaration) => declaration.Parent switch
    {
        BlockSyntax block when !block.Statements.Any(SyntaxKind.LabeledStatement) => block,
        SwitchSectionSyntax section when !section.Statements.Any(SyntaxKind.LabeledStatement) => section.Parent,
        GlobalStatementSyntax { Parent: CompilationUnitSyntax program }
            when !program.Members.OfType<GlobalStatementSyntax>().Any(one => one.Statement is LabeledStatementSyntax) => program,
        _ => null,
    };

    private static bool StaysHere(VariableDeclaratorSyntax variable, SyntaxNode scope, FixSite site)
        => variable.Initializer is not null
            && site.Model.GetDeclaredSymbol(variable, site.Cancellation) is ILocalSymbol { RefKind: RefKind.None } buffer
            && LocalUses.Of(buffer, scope, site).All(use => !LocalUses.IsInFunction(use, scope) && StaysHere(use, site));

    /// <summary>
    /// Whether nobody keeps the buffer beyond the block: its own members, and parameters of which it is known. A variable
    /// of using cannot be assigned either.
    /// </summary>
    private static bool StaysHere(IdentifierNameSyntax use, FixSite site) => use.Parent switch
    {
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
