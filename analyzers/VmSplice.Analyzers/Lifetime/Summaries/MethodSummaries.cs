using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Library;

namespace VmSplice.Analyzers.Lifetime.Summaries;

/// <summary>
/// Summaries of methods in source, bottom-up on demand, each made once. Methods that call each other in a circle, or
/// themselves, are gone through until nothing new is found of the one that was asked; where that takes too long, and at
/// the end of a chain that is too long, there is none: unknown is silence.
/// </summary>
internal sealed class MethodSummaries(LifetimeContext context)
{
    private const int MaxDepth = 8;

    /// <summary>The sets of states only grow from round to round; real methods need three.</summary>
    private const int MaxRounds = 6;

    private readonly ConcurrentDictionary<IMethodSymbol, MethodSummary?> _known = new(SymbolEqualityComparer.Default);

    // Per thread, since bodies are analysed in parallel, each with its own chain of calls. Empty between two bodies.
    [ThreadStatic]
    private static SummaryChain? s_chain;

    public MethodSummary? Of(IMethodSymbol called, CancellationToken cancellation)
    {
        IMethodSymbol method = ExtensionMembers.AsStatic(called.ReducedFrom ?? called).OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        if (_known.TryGetValue(method, out MethodSummary? summary))
        {
            return summary;
        }

        SummaryChain current = s_chain ??= new SummaryChain();
        if (current.Supposed(method) is { } supposed)
        {
            return supposed;
        }

        if (!IsFixed(method) || current.Cuts(MaxDepth))
        {
            return null;
        }

        current.Enter(method);
        bool isFinal = false;
        try
        {
            summary = SummarizeToTheEnd(method, current, cancellation);
        }
        finally
        {
            isFinal = current.Leave(method, summary);
        }

        return isFinal ? _known.GetOrAdd(method, summary) : summary;
    }

    /// <summary>Whether the call runs this body and no other.</summary>
    private static bool IsFixed(IMethodSymbol method)
        => !method.DeclaringSyntaxReferences.IsEmpty && !method.IsAbstract && !method.IsExtern
        && method.MethodKind is MethodKind.Ordinary or MethodKind.Constructor or MethodKind.PropertyGet or MethodKind.PropertySet
            or MethodKind.ExplicitInterfaceImplementation
        && (!(method.IsVirtual || method.IsOverride) || method.IsSealed || method.ContainingType.IsSealed);

    /// <summary>
    /// Of a method that comes back to itself, until what is assumed of the inner call is what is found of the outer. The
    /// first assumption is that it never returns, so that the paths without a call of itself decide.
    /// </summary>
    private MethodSummary? SummarizeToTheEnd(IMethodSymbol method, SummaryChain current, CancellationToken cancellation)
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

        if (syntax is not BaseMethodDeclarationSyntax and not AccessorDeclarationSyntax and not ArrowExpressionClauseSyntax
            || syntax.DescendantNodes(node => node is not LocalFunctionStatementSyntax and not AnonymousFunctionExpressionSyntax)
                .Any(node => node is YieldStatementSyntax))
        {
            return null;
        }

        SemanticModel model = context.ModelOf(syntax.SyntaxTree);
        if (model.GetOperation(syntax, cancellation) is not { } body || ControlFlowGraph.Create(syntax, model, cancellation) is not { } graph)
        {
            return null;
        }

        // The body of an extension member names the parameters of the member, not those of the static method.
        method = model.GetDeclaredSymbol(syntax, cancellation) as IMethodSymbol ?? method;
        List<IOperation> fields = [];
        context.Scan.IsWorthwhile(body, fields);
        var evaluation = new BodyEvaluation(context, method, new FlowBudget(graph.Blocks.Length, cancellation), summarizes: true);
        return new SummaryBuilder(evaluation).Summarize(graph, method, fields);
    }
}
