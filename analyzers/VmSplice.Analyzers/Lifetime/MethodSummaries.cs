using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using VmSplice.Analyzers.Flow;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// Summaries of methods in source, bottom-up on demand, each made once. A method on a cycle of calls through others has
/// none, nor has one at the end of a chain that is too long: unknown is silence. One that calls itself has.
/// </summary>
internal sealed class MethodSummaries(LifetimeContext context)
{
    private const int MaxDepth = 8;

    /// <summary>The sets of conditions only grow from round to round; real methods need three.</summary>
    private const int MaxRounds = 6;

    private readonly ConcurrentDictionary<IMethodSymbol, MethodSummary?> known = new(SymbolEqualityComparer.Default);

    // Per thread, since bodies are analysed in parallel, each with its own chain of calls. Empty between two bodies.
    [ThreadStatic]
    private static Chain? chain;

    public MethodSummary? Of(IMethodSymbol called, CancellationToken cancellation)
    {
        IMethodSymbol method = (called.ReducedFrom ?? called).OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        if (known.TryGetValue(method, out MethodSummary? summary))
        {
            return summary;
        }

        Chain current = chain ??= new Chain();
        if (current.AssumptionOn(method) is { } assumed)
        {
            return assumed;
        }

        if (!IsFixed(method) || current.Cuts(method, MaxDepth))
        {
            return null;
        }

        int index = current.Enter(method);
        try
        {
            summary = SummarizeToTheEnd(method, current, cancellation);
        }
        finally
        {
            current.Leave(index);
        }

        // All on a cycle are unknown, whichever of them is asked first; what was cut short is asked again another time.
        switch (current.VerdictOn(index))
        {
            case Verdict.Cycle:
                return known.GetOrAdd(method, (MethodSummary?)null);
            case Verdict.CutShort:
                return summary;
            default:
                return known.GetOrAdd(method, summary);
        }
    }

    /// <summary>Whether the call runs this body and no other.</summary>
    private static bool IsFixed(IMethodSymbol method) =>
        !method.DeclaringSyntaxReferences.IsEmpty && !method.IsAbstract && !method.IsExtern
        && method.MethodKind is MethodKind.Ordinary or MethodKind.Constructor or MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.ExplicitInterfaceImplementation
        && (!(method.IsVirtual || method.IsOverride) || method.IsSealed || method.ContainingType.IsSealed);

    /// <summary>
    /// Of a method that calls itself, until what is assumed of the inner call is what is found of the outer. The first
    /// assumption is that it never returns, so that the paths without a call of itself decide.
    /// </summary>
    private MethodSummary? SummarizeToTheEnd(IMethodSymbol method, Chain current, CancellationToken cancellation)
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            MethodSummary? found = Summarize(method, cancellation);
            if (found is null || found == MethodSummary.NeverReturns || !current.Supposes(found))
            {
                return found;
            }
        }

        return null;
    }

    private MethodSummary? Summarize(IMethodSymbol method, CancellationToken cancellation)
    {
        SyntaxNode syntax = method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        if (syntax is TypeDeclarationSyntax type)
        {
            return PrimaryConstructor.Summarize(method, type);
        }

        if (syntax is not BaseMethodDeclarationSyntax and not AccessorDeclarationSyntax
            || syntax.DescendantNodes(node => node is not LocalFunctionStatementSyntax and not AnonymousFunctionExpressionSyntax).Any(node => node is YieldStatementSyntax))
        {
            return null;
        }

        SemanticModel model = context.ModelOf(syntax.SyntaxTree);
        if (model.GetOperation(syntax, cancellation) is not { } body || ControlFlowGraph.Create(syntax, model, cancellation) is not { } graph)
        {
            return null;
        }

        List<IOperation> fields = [];
        context.Scan.IsWorthwhile(body, fields);
        var policy = new LifetimePolicy(context, method, new FlowBudget(graph.Blocks.Length, cancellation), sink: null, summarizes: true);
        return policy.Summarize(graph, method, fields);
    }

    private enum Verdict
    {
        Complete,
        Cycle,
        CutShort,
    }

    /// <summary>The methods whose summaries this thread is making, each of which called the next.</summary>
    private sealed class Chain
    {
        private readonly List<IMethodSymbol> methods = [];
        private readonly List<Verdict> verdicts = [];

        /// <summary>Of each, what its calls of itself are taken for, and whether any asked.</summary>
        private readonly List<(MethodSummary Assumed, bool WasAsked)> assumptions = [];

        /// <summary>What is assumed of the innermost method, where it calls itself; null for any other.</summary>
        public MethodSummary? AssumptionOn(IMethodSymbol method)
        {
            int top = methods.Count - 1;
            if (top < 0 || !SymbolEqualityComparer.Default.Equals(methods[top], method))
            {
                return null;
            }

            assumptions[top] = (assumptions[top].Assumed, true);
            return assumptions[top].Assumed;
        }

        /// <summary>Takes the innermost method for what was found of it; false where that is no news, or nobody asked.</summary>
        public bool Supposes(MethodSummary found)
        {
            int top = methods.Count - 1;
            (MethodSummary assumed, bool wasAsked) = assumptions[top];
            if (!wasAsked || (assumed != MethodSummary.NeverReturns && assumed.Agrees(found)))
            {
                return false;
            }

            assumptions[top] = (found, false);
            return true;
        }

        public bool Cuts(IMethodSymbol method, int maxDepth)
        {
            int start = methods.FindIndex(one => SymbolEqualityComparer.Default.Equals(one, method));
            if (start >= 0)
            {
                Mark(start, Verdict.Cycle);
                return true;
            }

            if (methods.Count >= maxDepth)
            {
                Mark(0, Verdict.CutShort);
                return true;
            }

            return false;
        }

        public int Enter(IMethodSymbol method)
        {
            int index = methods.Count;
            methods.Add(method);
            assumptions.Add((MethodSummary.NeverReturns, false));
            verdicts.RemoveRange(index, verdicts.Count - index);
            verdicts.Add(Verdict.Complete);
            return index;
        }

        public void Leave(int index)
        {
            methods.RemoveAt(index);
            assumptions.RemoveAt(index);
        }

        public Verdict VerdictOn(int index) => verdicts[index];

        private void Mark(int start, Verdict verdict)
        {
            for (int i = start; i < methods.Count; i++)
            {
                verdicts[i] = verdict == Verdict.Cycle || verdicts[i] == Verdict.Complete ? verdict : verdicts[i];
            }
        }
    }
}
