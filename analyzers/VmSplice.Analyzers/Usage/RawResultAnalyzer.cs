using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Raw;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Usage;

/// <summary>VMS4001, VMS4002: the number of bytes that the kernel took is thrown away.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RawResultAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [UsageRules.ResultIgnored, UsageRules.ShortTransfer];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start => RawCallSites.Register(start, Check));
    }

    /// <summary>What comes in is as long as it is: there is no rest to send.</summary>
    private static bool Receives(RawCall call, SemanticModel model)
        => new ReadEnd(tree => tree == model.SyntaxTree ? model : null, graph: null).Is(call.Descriptor);

    private static void Check(SemanticModelAnalysisContext context, InvocationExpressionSyntax node, RawCall call)
    {
        string name = Excerpt.Of(node.Expression);
        switch (RawResult.UseOf(call.Operation))
        {
            case ResultUse.None:
                string failure = call.ReturnsErrorNumber ? ", and reports a failure as -1" : "";
                context.ReportDiagnostic(Diagnostic.Create(UsageRules.ResultIgnored, node.GetLocation(), name,
                    $"the kernel may take fewer bytes than it is given{failure}; compare the result with the length and send the rest, or use SpliceWriter, which does"));
                break;
            case ResultUse.FailureOnly when !Receives(call, context.SemanticModel):
                context.ReportDiagnostic(Diagnostic.Create(UsageRules.ShortTransfer, node.GetLocation(), name));
                break;
        }
    }
}
