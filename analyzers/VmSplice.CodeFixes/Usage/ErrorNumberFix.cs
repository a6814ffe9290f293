using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Usage;

/// <summary>VMS4007: keeps the error number, in the declaration or in a variable right after the call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ErrorNumberFix)), Shared]
public sealed class ErrorNumberFix() : DocumentFix(RuleIds.LateErrorNumber, "Keep the error number of the call")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.RelatedNode is not InvocationExpressionSyntax call)
        {
            return null;
        }

        return site.Property(FindingProperties.Mistake) == nameof(ErrorNumberMistake.NotKept) ? KeepInDeclaration(call, site)
            : site.Node is InvocationExpressionSyntax read ? KeepInVariable(call, read, site)
            : null;
    }

    private static Action<SyntaxEditor>? KeepInDeclaration(InvocationExpressionSyntax call, FixSite site)
    {
        if (site.Model.GetSymbolInfo(call, site.Cancellation).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        foreach (AttributeData data in (method.PartialDefinitionPart ?? method).GetAttributes())
        {
            // Only in the file at hand: a fix of a document edits that document.
            if (data.AttributeClass?.Name is not ("DllImportAttribute" or "LibraryImportAttribute")
                || data.ApplicationSyntaxReference?.GetSyntax(site.Cancellation) is not AttributeSyntax { ArgumentList: { } list } attribute
                || attribute.SyntaxTree != site.Root.SyntaxTree)
            {
                continue;
            }

            if (!site.Scope.Claim(attribute))
            {
                return FixSite.AlreadyDone;
            }

            LiteralExpressionSyntax yes = SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression);
            foreach (AttributeArgumentSyntax argument in list.Arguments)
            {
                if (argument.NameEquals?.Name.Identifier.ValueText == "SetLastError")
                {
                    return editor => editor.ReplaceNode(argument.Expression, yes);
                }
            }

            return editor => editor.ReplaceNode(attribute, (current, _) => current is AttributeSyntax { ArgumentList: { } now } changed
                ? changed.WithArgumentList(now.AddArguments(SyntaxFactory.AttributeArgument(yes).WithNameEquals(SyntaxFactory.NameEquals("SetLastError"))))
                    .WithAdditionalAnnotations(Formatter.Annotation)
                : current);
        }

        return null;
    }

    // The variable that an earlier fix, or the user, made for it.
    private static string? KeptBy(StatementSyntax? statement, InvocationExpressionSyntax read)
        => statement is LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } && !statement.Span.Contains(read.Span)
        && variables[0].Initializer?.Value is { } value && SyntaxFactory.AreEquivalent(value, read)
            ? variables[0].Identifier.ValueText : null;

    private static Action<SyntaxEditor>? KeepInVariable(InvocationExpressionSyntax call, InvocationExpressionSyntax read, FixSite site)
    {
        StatementSyntax? statement = call.FirstAncestorOrSelf<StatementSyntax>();
        string type = read.Expression.ToString().EndsWith("Message", StringComparison.Ordinal) ? "string" : "int";
        switch (statement)
        {
            case ExpressionStatementSyntax or LocalDeclarationStatementSyntax when statement.Parent is BlockSyntax block && block.Span.Contains(read.Span):
                if (KeptBy(block.Statements.ElementAtOrDefault(block.Statements.IndexOf(statement) + 1), read) is { } next)
                {
                    return Use(next);
                }

                return Edit(statement, (editor, kept) => editor.InsertAfter(statement, kept));
            case IfStatementSyntax { Statement: BlockSyntax { Statements: { Count: > 0 } statements } body } when body.Span.Contains(read.Span):
                if (KeptBy(statements[0], read) is { } first)
                {
                    return Use(first);
                }

                return Edit(statement, (editor, kept) => editor.InsertBefore(statements[0], kept));
            default:
                return null;
        }

        Action<SyntaxEditor> Use(string name) => editor => editor.ReplaceNode(read, SyntaxFactory.IdentifierName(name).WithTriviaFrom(read));

        Action<SyntaxEditor> Edit(SyntaxNode after, Action<SyntaxEditor, StatementSyntax> insert)
        {
            bool shared = site.Scope.TryShare(after, out string? name);
            if (!shared)
            {
                site.Scope.Share(after, name = site.Scope.Unused("errorNumber", site.Model, after));
            }

            return editor =>
            {
                if (!shared)
                {
                    StatementSyntax kept = Made.Statement($"{type} {name} = {read.WithoutTrivia()};");
                    insert(editor, kept);
                }

                editor.ReplaceNode(read, SyntaxFactory.IdentifierName(name).WithTriviaFrom(read));
            };
        }
    }
}
