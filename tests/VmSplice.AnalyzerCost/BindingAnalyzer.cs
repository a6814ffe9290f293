using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace VmSplice.AnalyzerCost;

/// <summary>
/// Is shown the operations of every body and the graph of each, and does nothing with them: what any analysis of flow costs
/// before it does anything.
/// </summary>
#pragma warning disable RS1036, RS1041, RS2008 // runs in this program alone
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BindingAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new("BINDING", "Binding", "Binding", "Idle", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationBlockAction(static block =>
        {
            foreach (IOperation one in block.OperationBlocks)
            {
                block.GetControlFlowGraph(one);
            }
        });
    }
}
