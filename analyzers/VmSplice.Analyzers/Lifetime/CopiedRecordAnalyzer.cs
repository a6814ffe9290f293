using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Screening;
using VmSplice.Analyzers.Text;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// VMS2015: <c>Tick tick = records.Next();</c> without <c>ref</c>. The copy is filled, and the record in the pipe stays empty. It is a
/// mistake of syntax, not of order: no state has to be followed.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CopiedRecordAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.CopiedRecord,
        "Record is filled in a copy",
        "'{0}' is a copy of the record that '{1}' hands out: what is written to the copy on line {2} does not reach that record, which is sent empty. "
            + "Declare it as a reference: 'ref {3} {0} = ref {1}'.",
        "VmSplice.Lifetime",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Next, GetSpan and GetMemory hand out memory of the pipe. A variable without ref is a copy of it.",
        RuleHelp.For(RuleIds.CopiedRecord));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (!Mentions.Any(start.Compilation, start.CancellationToken))
            {
                return;
            }

            var types = RuntimeSymbols.Of(start.Compilation);
            if (types.Any)
            {
                start.RegisterOperationAction(operation => Check(operation, types), OperationKind.Invocation);
            }
        });
    }

    private static void Check(OperationAnalysisContext context, RuntimeSymbols types)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name is not ("Next" or "GetSpan" or "GetMemory") || types.Of(call.TargetMethod.ContainingType) != SpliceType.RecordWriter
            || call.SemanticModel is not { } model || call.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
        {
            return;
        }

        // Top-level statements are one body.
        SyntaxNode scope = member is GlobalStatementSyntax { Parent: { } program } ? program : member;
        var copies = new RecordCopies(model, scope, context.CancellationToken);
        foreach (RecordCopy copy in copies.Of(call))
        {
            string type = copy.Variable switch { ILocalSymbol local => local.Type, IFieldSymbol field => field.Type, _ => call.Type! }
                is { } named ? named.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) : "var";
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                copy.Source.GetLocation(),
                [copy.Write.GetLocation()],
                copy.Variable?.Name ?? "with",
                Excerpt.Of(copy.Source),
                copy.Write.GetLocation().GetLineSpan().StartLinePosition.Line + 1,
                type));
        }
    }
}
