using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.Screening;
using VmSplice.Analyzers.Ownership;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>VMS2001 to VMS2013: follows pages, and whatever is made of them, past the call that gave them away.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LifetimeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => LifetimeChecks.Rules;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (!Mentions.Any(start.Compilation, start.CancellationToken))
            {
                return;
            }

            var shared = new LifetimeContext(
                start.Compilation, OwnershipFacts.Read(start.Options.AdditionalFiles, start.CancellationToken));
            if (shared.Types.Any || shared.SeesRawCalls)
            {
                start.RegisterOperationBlockAction(block => Analyze(block, shared));
            }
        });
    }

    [MethodImpl(Hot.Path)]
    private static void Analyze(OperationBlockAnalysisContext context, LifetimeContext shared)
    {
        foreach (IOperation block in context.OperationBlocks)
        {
            List<IOperation> fields = [];
            if (!shared.Scan.IsWorthwhile(block, fields) || StraightUse.Proves(block, context.OwningSymbol, fields, shared))
            {
                continue;
            }

            ControlFlowGraph graph = context.GetControlFlowGraph(block);
            var budget = new FlowBudget(graph.Blocks.Length, context.CancellationToken);
            BodyAnalysis.Report(new BodyEvaluation(shared, context.OwningSymbol, budget, summarizes: false), graph, fields, context.ReportDiagnostic);
            if (budget.Exceeded is { } reason)
            {
                context.ReportDiagnostic(GaveUp.Of(GaveUp.Lifetimes, context.OwningSymbol, reason));
            }
        }
    }
}
