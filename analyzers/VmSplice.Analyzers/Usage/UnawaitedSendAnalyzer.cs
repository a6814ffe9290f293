using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Ownership;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Usage;

/// <summary>
/// VMS4001 once more: an asynchronous send whose task nobody looks at. The buffer is gone with the call; whether it
/// arrived, only the task says.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UnawaitedSendAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.ResultIgnored];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (Mentions.Any(start.Compilation, start.CancellationToken) && SpliceTypes.Resolve(start.Compilation) is { Any: true } types)
            {
                start.RegisterOperationAction(call => Check(call, types), OperationKind.Invocation);
            }
        });
    }

    private static void Check(OperationAnalysisContext context, SpliceTypes types)
    {
        var call = (IInvocationOperation)context.Operation;
        string name = call.TargetMethod.Name;
        if (name.EndsWith("Async", StringComparison.Ordinal) && name != "DisposeAsync"
            && types.Of(call.TargetMethod.ContainingType) is SpliceType.SpliceWriter or SpliceType.RecordWriter
            && RawResult.UseOf(call) == ResultUse.None)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                UsageRules.ResultIgnored, call.Syntax.GetLocation(), name,
                "the data waits in the background where the pipe is full, and a reader that left is noticed by nobody; await it, or discard it with '_ ='"));
        }
    }
}
