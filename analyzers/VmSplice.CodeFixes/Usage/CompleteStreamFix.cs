using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Usage;

/// <summary>VMS2014: completes the stream as the last statement of the <c>using</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CompleteStreamFix)), Shared]
public sealed class CompleteStreamFix() : DocumentFix(RuleIds.UncompletedStream, "Complete the stream at the end of the using")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.Node.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
            || site.Model.GetDeclaredSymbol(variable, site.Cancellation) is not ILocalSymbol { Type: INamedTypeSymbol type } writer)
        {
            return null;
        }

        string method = type.Name == "SpliceWriter" ? "CompleteBuffers" : "Complete";
        return variable.Parent!.Parent switch
        {
            UsingStatementSyntax statement => InBody(statement, Call(statement.AwaitKeyword, writer.Name, method), writer, site),
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: BlockSyntax block } declaration =>
                AtTheEnd(block.Statements, Call(declaration.AwaitKeyword, writer.Name, method), writer, site),
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } } declaration =>
                AtTheEnd(unit, Call(declaration.AwaitKeyword, writer.Name, method), writer),
            _ => null,
        };
    }

    private static string Call(SyntaxToken awaits, string writer, string method)
        => awaits.IsKind(SyntaxKind.AwaitKeyword) ? $"await {writer}.{method}Async();" : $"{writer}.{method}();";

    private static Action<SyntaxEditor>? InBody(StatementSyntax statement, string call, ILocalSymbol writer, FixSite site)
    {
        // using (a) using (b) { … } has one body.
        StatementSyntax body = statement;
        while (body is UsingStatementSyntax inner)
        {
            body = inner.Statement;
        }

        switch (body)
        {
            case BlockSyntax { Statements.Count: > 0 } block:
                return AtTheEnd(block.Statements, call, writer, site);
            case BlockSyntax block:
                return editor => editor.ReplaceNode(block,
                    (now, _) => ((BlockSyntax)now).AddStatements(Made.Statement(call)).WithAdditionalAnnotations(Formatter.Annotation));
            case ExpressionStatementSyntax or CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax
                or IfStatementSyntax
                when site.Model.AnalyzeControlFlow(body) is { Succeeded: true, EndPointIsReachable: true }:
                return editor => editor.ReplaceNode(body, (now, _) =>
                    SyntaxFactory.Block(((StatementSyntax)now).WithLeadingTrivia().WithTrailingTrivia(SyntaxFactory.ElasticLineFeed), Made.Statement(call))
                        .WithTriviaFrom(now).WithAdditionalAnnotations(Formatter.Annotation));
            default:
                return null;
        }
    }

    private static Action<SyntaxEditor>? AtTheEnd(SyntaxList<StatementSyntax> statements, string call, ILocalSymbol writer, FixSite site)
    {
        StatementSyntax last = statements.Last();
        if (last is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax)
        {
            return UsesSlots(last, writer) ? null : editor => editor.InsertBefore(last, Made.StatementLike(last, call));
        }

        bool isReached = last is not LocalFunctionStatementSyntax
            && site.Model.AnalyzeControlFlow(statements.First(), last) is { Succeeded: true, EndPointIsReachable: true };
        return isReached ? editor => editor.InsertAfter(last, Made.StatementLike(last, call)) : null;
    }

    private static Action<SyntaxEditor>? AtTheEnd(CompilationUnitSyntax unit, string call, ILocalSymbol writer)
    {
        GlobalStatementSyntax last = unit.Members.OfType<GlobalStatementSyntax>().Last();
        switch (last.Statement)
        {
            case ReturnStatementSyntax leaves:
                return UsesSlots(leaves, writer) ? null : editor => editor.InsertBefore(last, SyntaxFactory.GlobalStatement(Made.StatementLike(leaves, call)));
            case ThrowStatementSyntax or LocalFunctionStatementSyntax or WhileStatementSyntax { Condition.RawKind: (int)SyntaxKind.TrueLiteralExpression }:
                return null;
            default:
                return editor => editor.InsertAfter(last, SyntaxFactory.GlobalStatement(Made.StatementLike(last.Statement, call)));
        }
    }

    /// <summary>Whether what is returned is made with the writer, which would be over by then. Its counts stay.</summary>
    private static bool UsesSlots(StatementSyntax statement, ILocalSymbol writer)
        => statement.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == writer.Name
            && name.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RecordsWritten" or "BytesAccepted" });
}
