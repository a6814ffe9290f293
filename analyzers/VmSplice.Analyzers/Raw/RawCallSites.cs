using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace VmSplice.Analyzers.Raw;

/// <summary>Registers for the raw calls of a compilation, and for nothing else.</summary>
internal static class RawCallSites
{
    public static void Register(CompilationStartAnalysisContext context, Action<SyntaxNodeAnalysisContext, RawCall> visit)
    {
        if (RawCalls.Create(context.Compilation) is not { } calls)
            return;
        context.RegisterSyntaxNodeAction(
            node =>
            {
                var invocation = (InvocationExpressionSyntax)node.Node;
                if (calls.MayBe(invocation)
                    && node.SemanticModel.GetOperation(invocation, node.CancellationToken) is { } operation
                    && calls.TryGet(operation) is { } call)
                    visit(node, call);
            },
            SyntaxKind.InvocationExpression);
    }
}
