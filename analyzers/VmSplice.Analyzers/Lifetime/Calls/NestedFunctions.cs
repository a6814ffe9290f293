using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>
/// Lambdas and local functions. They are part of the body that they are in, and share its variables: a call runs their graph from the
/// state of the call; one that is passed away may run, or may not.
/// </summary>
internal sealed class NestedFunctions(BodyEvaluation body) : ICallModel
{
    /// <summary>Functions whose graph is run now: a call back to one of them is not followed.</summary>
    private readonly HashSet<SyntaxNode> _running = [];

    /// <summary>Functions that the replay came through.</summary>
    private readonly HashSet<SyntaxNode> _replayed = [];

    private readonly CapturedVariables _captured = new(body);

    /// <summary>What the engine is to run their graphs with.</summary>
    public FlowPolicy<LifetimeState> Policy { get; set; } = null!;

    public PointsToSet? Evaluate(Call call) => call.Method.MethodKind switch
    {
        MethodKind.DelegateInvoke => RunDelegate(call),
        MethodKind.LocalFunction => RunLocalFunction(call),
        _ => null,
    };

    public PointsToSet EvaluateDelegate(IDelegateCreationOperation creation)
    {
        switch (creation.Target)
        {
            case IFlowAnonymousFunctionOperation lambda:
                return FunctionAt(lambda, lambda.Syntax);
            case IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } reference:
                return FunctionAt(reference, reference.Method.DeclaringSyntaxReferences[0].GetSyntax(body.Budget.Cancellation));
            default:
                body.Expressions.Evaluate(creation.Target);
                return PointsToSet.Unknown;
        }
    }

    public PointsToSet FunctionAt(IOperation operation, SyntaxNode syntax)
    {
        AllocationSite site = body.Sites.Function(syntax, operation, body.Function.Graph);
        body.State.Set(site, SiteState.Fresh);
        return PointsToSet.Of(site);
    }

    private PointsToSet RunDelegate(Call call)
    {
        if (call.On.Single is { Function: { } single } site)
        {
            return RunFunction(site, single, call, certainly: true);
        }

        foreach (PassedArgument argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && body.Shared.Annotations.Of(parameter) is var effect and not ParameterEffect.Unknown)
            {
                body.Calls.Source.ApplyAnnotation(call, argument, effect);
            }
            else
            {
                body.Calls.Unknown.Pass(argument, "the delegate");
            }
        }

        foreach (Reference reference in call.On.References)
        {
            if (reference.Site.Function is { } function)
            {
                RunFunction(reference.Site, function, call, certainly: false);
            }
        }

        body.Calls.RawCalls.MayDrain();
        return PointsToSet.Unknown;
    }

    private PointsToSet RunLocalFunction(Call call)
    {
        IMethodSymbol method = call.Method.OriginalDefinition;
        SyntaxNode syntax = method.DeclaringSyntaxReferences[0].GetSyntax(body.Budget.Cancellation);
        AllocationSite site = body.Sites.Function(syntax, call.Operation, body.Function.Graph);
        return RunFunction(site, site.Function!.Value, call, certainly: true);
    }

    /// <summary>Runs a function that is passed as an argument, perhaps; false where the argument is none.</summary>
    public bool RunsFunction(PassedArgument argument, bool mayKeep)
    {
        bool any = false;
        foreach (Reference reference in argument.Value.References)
        {
            if (reference.Site.Function is { } function)
            {
                any = true;
                if (mayKeep)
                {
                    NoteCapture(reference.Site);
                }

                RunFunction(reference.Site, function, call: null, certainly: false);
            }
        }

        return any;
    }

    /// <summary>A function runs beside the body from here on, with the batches that it captures.</summary>
    public void BeginWork(PointsToSet functions, SyntaxNode node, string starter)
    {
        foreach (Reference reference in functions.References)
        {
            foreach (PointsToSet captured in reference.Site.Function is null ? [] : _captured.In(reference.Site).ToArray())
            {
                if (captured.Single is { Kind: AllocationKind.Slot })
                {
                    body.Running.Begin(captured, new UnfinishedIo(node, starter, fills: false));
                }
            }
        }
    }

    public void EscapeFunction(PointsToSet value)
    {
        foreach (Reference reference in value.References)
        {
            if (reference.Site.Function is { } function)
            {
                NoteCapture(reference.Site);
                RunFunction(reference.Site, function, call: null, certainly: false);
            }
        }
    }

    /// <summary>A function that leaves this body takes the buffers that it captures with it.</summary>
    private void NoteCapture(AllocationSite function)
    {
        foreach (PointsToSet captured in _captured.In(function).ToArray())
        {
            if (captured.Single is { Kind: AllocationKind.Pages } site)
            {
                body.Ownership.MarkStored(site, function.Node!, collection: null);
            }
        }
    }

    private PointsToSet RunFunction(AllocationSite site, (IOperation Operation, ControlFlowGraph Graph) function, Call? call, bool certainly)
    {
        SyntaxNode key = site.Node!;
        if (!_running.Add(key))
        {
            return PointsToSet.Unknown;
        }

        try
        {
            return certainly || EscapeCaptured(site) ? RunWithin(key, function, call, certainly) : PointsToSet.Unknown;
        }
        finally
        {
            _running.Remove(key);
        }
    }

    private PointsToSet RunFunction(SyntaxNode key, ControlFlowGraph graph, IMethodSymbol method, Call? call, bool certainly)
    {
        // What the arguments of this statement refer to must not count as unreachable meanwhile.
        var arguments = new AccessPath(new object(), "");
        Protect(arguments, call);
        var frame = new FunctionFrame(graph, isOutermost: false, call?.Node);
        LifetimeState entry = body.State.Copy();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            PassedArgument? given = call?.Arguments.FirstOrDefault(one => one.Parameter?.Ordinal == parameter.Ordinal);
            entry.Set(new AccessPath(parameter, ""), given is { Parameter: not null } passed ? passed.Value : PointsToSet.Unknown);
        }

        body.Enter(frame);
        LifetimeState? end;
        LifetimeState around = body.State;
        bool hadLoopDoubt = body.Log.TakeLoopDoubt();
        try
        {
            end = FlowAnalysis<LifetimeState>.Run(graph, Policy, entry, body.Budget, report: body.Log.IsReplaying && !body.Log.IsLaterIteration);
            if (body.Log.AsksForReplay())
            {
                _replayed.Add(key);
            }
        }
        finally
        {
            body.Exit();
            body.State = around;
            body.Log.RestoreLoopDoubt(hadLoopDoubt);
        }

        if (end is null)
        {
            body.State.ForgetWithin(path => ReferenceEquals(path.Root, arguments.Root));
            return PointsToSet.Unknown;
        }

        PointsToSet result = end.Get(frame.Result);
        (PassedArgument Argument, PointsToSet Left)[] byReference = LeftBehind(call, method, end);
        if (certainly)
        {
            body.State.ReplaceWith(end);
        }
        else
        {
            body.State.Merge(end);
        }

        body.State.ForgetWithin(path => ReferenceEquals(path.Root, frame.Result.Root) || ReferenceEquals(path.Root, arguments.Root)
            || path.Root is IParameterSymbol parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method));
        foreach ((PassedArgument argument, PointsToSet left) in byReference)
        {
            body.Stores.Assign(argument.Operation, left, source: null);
        }

        return result;
    }

    /// <summary>Whoever runs it, and whether anybody does: what it captures is in other hands as well. False where that is nothing.</summary>
    private bool EscapeCaptured(AllocationSite function)
    {
        PointsToSet[] captured = [.. _captured.In(function)];
        foreach (PointsToSet one in captured)
        {
            body.Ownership.Escape(one);
        }

        return captured.Length > 0;
    }

    private PointsToSet RunWithin(SyntaxNode key, (IOperation Operation, ControlFlowGraph Graph) function, Call? call, bool certainly)
    {
        try
        {
            return body.Budget.Enter() && FunctionGraph.Of(function) is { } found
                ? RunFunction(key, found.Graph, found.Method, call, certainly) : PointsToSet.Unknown;
        }
        finally
        {
            body.Budget.Exit();
        }
    }

    /// <summary>What the function put into variables that it got by reference.</summary>
    private (PassedArgument Argument, PointsToSet Left)[] LeftBehind(Call? call, IMethodSymbol method, LifetimeState end)
        => call is null ? [] : [.. call.Arguments
            .Where(one => one.Parameter is { RefKind: RefKind.Ref or RefKind.Out } && body.Shared.Types.IsFollowed(one.Operation.Type)
                && !Locations.IsLocation(one.Operation))
            .Select(one => (one, end.Get(new AccessPath(method.Parameters[one.Parameter!.Ordinal], ""))))];

    private void Protect(AccessPath arguments, Call? call)
    {
        if (call is null)
        {
            return;
        }

        for (int i = 0; i < call.Arguments.Length; i++)
        {
            if (arguments.Field(i.ToString(CultureInfo.InvariantCulture)) is { } kept)
            {
                body.State.Set(kept, call.Arguments[i].Value);
            }
        }
    }

    /// <summary>Functions that nothing in the body runs are looked at by themselves, their captures unknown.</summary>
    public void RunTheRest(ControlFlowGraph graph, LifetimeState entry)
    {
        foreach (IMethodSymbol local in graph.LocalFunctions)
        {
            SyntaxNode syntax = local.DeclaringSyntaxReferences[0].GetSyntax(body.Budget.Cancellation);
            if (!_replayed.Contains(syntax))
            {
                RunAlone(syntax, graph.GetLocalFunctionControlFlowGraphInScope(local), local, entry);
            }
        }

        foreach (AllocationSite site in body.Sites.Functions.ToArray())
        {
            if (!_replayed.Contains(site.Node!) && site.Function is { Operation: IFlowAnonymousFunctionOperation lambda } function
                && MayAccessMemory(site.Node!))
            {
                RunAlone(site.Node!, function.Graph.GetAnonymousFunctionControlFlowGraphInScope(lambda), lambda.Symbol, entry);
            }
        }
    }

    /// <summary>A lambda that neither calls nor names a member has nothing of its own to follow.</summary>
    private static bool MayAccessMemory(SyntaxNode function)
        => function.DescendantNodes()
            .Any(node => node is InvocationExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ObjectCreationExpressionSyntax);

    private void RunAlone(SyntaxNode key, ControlFlowGraph graph, IMethodSymbol method, LifetimeState entry)
    {
        if (!_running.Add(key) || !_replayed.Add(key))
        {
            return;
        }

        LifetimeState own = entry.Copy();
        new BodyEntry(body).EnterParameters(own, method);
        body.Enter(new FunctionFrame(graph, isOutermost: true));
        FlowAnalysis<LifetimeState>.Run(graph, Policy, own, body.Budget, report: true);
        body.Exit();
        _running.Remove(key);
    }
}
