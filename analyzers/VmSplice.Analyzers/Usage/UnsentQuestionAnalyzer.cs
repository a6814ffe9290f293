using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Text;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Usage;

/// <summary>
/// VMS4009: an answer is read while the question is still in the chunk of its record writer. The child waits for the question, and the program for
/// the answer. Said of a writer and a reader of one link alone, in the order of the text.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UnsentQuestionAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.QuestionNotSent];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        FilesWithSymbols.Register(context, CheckAll);
    }

    private static void CheckAll(SemanticModelAnalysisContext context, RuntimeSymbols symbols)
    {
        SyntaxTree tree = context.SemanticModel.SyntaxTree;
        if (!TextSearch.Contains(tree.GetText(context.CancellationToken), "SpliceLink"))
        {
            return;
        }

        foreach (VariableDeclaratorSyntax variable in FileSyntax.Of(tree, context.CancellationToken).Variables)
        {
            if (LinkOf(variable, "Writer", SpliceType.RecordWriter, context, symbols) is { } link
                && FunctionScope.Of(variable) is { } scope)
            {
                Check(context, variable, link, scope, symbols);
            }
        }
    }

    private static void Check(SemanticModelAnalysisContext context, VariableDeclaratorSyntax question, ISymbol link, SyntaxNode scope, RuntimeSymbols symbols)
    {
        SemanticModel model = context.SemanticModel;
        ISymbol writer = model.GetDeclaredSymbol(question, context.CancellationToken)!;
        foreach (VariableDeclaratorSyntax answer in scope.DescendantNodes().OfType<VariableDeclaratorSyntax>())
        {
            if (!SymbolEqualityComparer.Default.Equals(LinkOf(answer, "Reader", SpliceType.RecordReader, context, symbols), link)
                || model.GetDeclaredSymbol(answer, context.CancellationToken) is not { } reader)
            {
                continue;
            }

            SimpleNameSyntax[] writes = [.. FunctionScope.Mentions(scope, writer, model, context.CancellationToken)];
            SimpleNameSyntax[] reads = [.. FunctionScope.Mentions(scope, reader, model, context.CancellationToken)];
            if (writes.Concat(reads).Any(one => FunctionScope.Of(one) != scope) || writes.Any(static one => FunctionScope.MemberOf(one) is null))
            {
                // Another function may run beside this one, or send what was asked.
                continue;
            }

            foreach (SimpleNameSyntax read in reads.Where(IsRead))
            {
                SimpleNameSyntax? last = writes.LastOrDefault(one => one.SpanStart < read.SpanStart);
                if (last is not null && IsInOnePath(last, read)
                    && FunctionScope.MemberOf(last) is "Next" or "GetSpan" or "GetMemory" or "Advance" or "Write" or "WriteAsync" or "AddText" or "AddList")
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        UsageRules.QuestionNotSent, read.GetLocation(), [last.GetLocation()],
                        ImmutableDictionary<string, string?>.Empty.Add(FindingProperties.Writer, writer.Name), reader.Name, writer.Name, Line(last)));
                    return;
                }
            }
        }
    }

    /// <summary>The link whose writer or reader the variable is made of.</summary>
    private static ISymbol? LinkOf(VariableDeclaratorSyntax variable, string end, SpliceType type, SemanticModelAnalysisContext context, RuntimeSymbols symbols)
    {
        ArgumentListSyntax? arguments = variable.Initializer?.Value switch
        {
            InvocationExpressionSyntax call => call.ArgumentList,
            BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
            _ => null,
        };
        return arguments is { Arguments.Count: > 0 }
            && arguments.Arguments[0].Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax link } access
            && access.Name.Identifier.ValueText == end
            && context.SemanticModel.GetDeclaredSymbol(variable, context.CancellationToken) is ILocalSymbol local && symbols.Of(local.Type) == type
            && context.SemanticModel.GetTypeInfo(link, context.CancellationToken).Type is { Name: "SpliceLink" } linkType && RuntimeNamespace.Holds(linkType)
            ? context.SemanticModel.GetSymbolInfo(link, context.CancellationToken).Symbol
            : null;
    }

    private static bool IsRead(SimpleNameSyntax reader)
        => FunctionScope.MemberOf(reader) is "ReadBatch" or "ReadBatchAsync" or "CopyTo" or "CopyToAsync" || (reader.Parent is CommonForEachStatementSyntax loop
            && loop.Expression == reader);

    /// <summary>
    /// Whether the read comes after the write in the same block, or in one inside it: the two are not on two sides of a branch. A loop that writes
    /// questions has some.
    /// </summary>
    private static bool IsInOnePath(SyntaxNode write, SyntaxNode read)
    {
        for (SyntaxNode? around = write.Parent; around is not null and not MemberDeclarationSyntax; around = around.Parent)
        {
            if (around is BlockSyntax or SwitchSectionSyntax && around.Span.Contains(read.Span))
            {
                return true;
            }

            if (around is IfStatementSyntax or ElseClauseSyntax or SwitchSectionSyntax or SwitchExpressionArmSyntax or ConditionalExpressionSyntax
                or CatchClauseSyntax or TryStatementSyntax { Catches.Count: > 0 })
            {
                return false;
            }
        }

        return false;
    }

    private static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
