using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace VmSplice.Analyzers.Raw;

/// <summary>Registers for the raw calls of a compilation, and for nothing else.</summary>
internal static class RawCallSites
{
    public static void Register(CompilationStartAnalysisContext context, Action<SemanticModelAnalysisContext, InvocationExpressionSyntax, RawCall> visit)
    {
        if (RawCalls.Create(context.Compilation) is not { } calls)
        {
            return;
        }

        context.RegisterSemanticModelAction(file =>
        {
            foreach (InvocationExpressionSyntax invocation in calls.Sites.In(file.SemanticModel.SyntaxTree, file.CancellationToken))
            {
                if (calls.MayBe(invocation)
                    && file.SemanticModel.GetOperation(invocation, file.CancellationToken) is { } operation
                    && calls.TryGet(operation) is { } call)
                {
                    visit(file, invocation, call);
                }
            }
        });
    }
}
