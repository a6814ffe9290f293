using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.Screening;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>
/// Asks the whole analysis about each body that <see cref="StraightUse"/> calls right, and throws where it finds something
/// after all. It goes along wherever the suite runs the lifetime analyzer.
/// </summary>
#pragma warning disable RS1001 // It is no analyzer of a package, which the attribute would make it.
internal sealed class StraightUseOracle : DiagnosticAnalyzer
#pragma warning restore RS1001
{
    private int _bodies;
    private int _proved;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => LifetimeChecks.Rules;

    /// <summary>Bodies with anything to follow.</summary>
    public int Bodies => _bodies;

    /// <summary>Those that were called right by their text.</summary>
    public int Proved => _proved;

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var shared = new LifetimeContext(start.Compilation, OwnershipFacts.Read(start.Options.AdditionalFiles, start.CancellationToken));
            start.RegisterOperationBlockAction(block => Compare(block, shared));
        });
    }

    private void Compare(OperationBlockAnalysisContext context, LifetimeContext shared)
    {
        foreach (IOperation block in context.OperationBlocks)
        {
            List<IOperation> fields = [];
            if (!shared.Scan.IsWorthwhile(block, fields))
            {
                continue;
            }

            Interlocked.Increment(ref _bodies);
            if (!StraightUse.Proves(block, context.OwningSymbol, fields, shared))
            {
                continue;
            }

            Interlocked.Increment(ref _proved);
            ControlFlowGraph graph = context.GetControlFlowGraph(block);
            var budget = new FlowBudget(graph.Blocks.Length, context.CancellationToken);
            BodyAnalysis.Report(new BodyEvaluation(shared, context.OwningSymbol, budget, summarizes: false), graph, fields, found => Refute(found, block));
        }
    }

    private static void Refute(Diagnostic found, IOperation body)
        => throw new InvalidOperationException($"Called right by its text, and yet: {found}\n{body.Syntax}");
}
