using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Raw;
using VmSplice.Analyzers.Text;
using VmSplice.RuleContract;

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
        void Report(string what, bool sendsRest = false) => context.ReportDiagnostic(Diagnostic.Create(
            UsageRules.ShortTransfer, node.GetLocation(), sendsRest
                ? ImmutableDictionary<string, string?>.Empty.Add(FindingProperties.SendsRest, "") : null, name, what));

        switch (RawResult.UseOf(call.Operation))
        {
            case ResultUse.None:
                string failure = call.ReturnsErrorNumber ? ", and reports a failure as -1" : "";
                context.ReportDiagnostic(Diagnostic.Create(UsageRules.ResultIgnored, node.GetLocation(), name,
                    $"the kernel may take fewer bytes than it is given{failure}; "
                        + "compare the result with the length and send the rest, or use SpliceWriter, which does"));
                break;
            case ResultUse.FailureOnly when !Receives(call, context.SemanticModel):
                Report("is only checked for failure: the kernel may take fewer bytes than it is given, and the rest is lost");
                break;
            case ResultUse.Counted when TransferRestart.Follows(call.Operation) && !Receives(call, context.SemanticModel):
                Report("is compared with the length, and where it is less all is given again: the reader gets twice what the kernel took before");
                break;
            case ResultUse.Counted when ForgottenRest.Follows(call.Operation) && !Receives(call, context.SemanticModel):
                Report("ends the loop where the call fails, and nobody asks behind it how much was left: the rest is lost", sendsRest: true);
                break;
        }
    }
}
