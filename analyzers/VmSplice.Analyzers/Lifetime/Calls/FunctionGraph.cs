using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>The graph of a lambda or local function, which is found from the graph that it is in.</summary>
internal static class FunctionGraph
{
    public static (ControlFlowGraph Graph, IMethodSymbol Method)? Of((IOperation Operation, ControlFlowGraph Graph) function)
    {
        if (function.Operation is IFlowAnonymousFunctionOperation lambda)
        {
            return (function.Graph.GetAnonymousFunctionControlFlowGraphInScope(lambda), lambda.Symbol);
        }

        IMethodSymbol? local = function.Operation switch
        {
            IMethodReferenceOperation reference => reference.Method.OriginalDefinition,
            IInvocationOperation invocation => invocation.TargetMethod.OriginalDefinition,
            _ => null,
        };

        // Of code that is being typed the compiler may name a function whose declaration has no place in the graph.
        for (ControlFlowGraph? graph = function.Graph; local is not null && graph is not null; graph = graph.Parent)
        {
            if (graph.LocalFunctions.Contains(local))
            {
                return (graph.GetLocalFunctionControlFlowGraph(local), local);
            }
        }

        return null;
    }
}
