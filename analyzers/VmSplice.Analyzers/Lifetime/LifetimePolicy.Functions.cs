using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime;

/// <content>
/// Lambdas and local functions. They are part of the body that they are in, and share its variables: a call runs their
/// graph from the state of the call; one that is passed away may run, or may not.
/// </content>
internal sealed partial class LifetimePolicy
{
    private readonly HashSet<SyntaxNode> _running = [];
    private readonly HashSet<SyntaxNode> _reported = [];
    private readonly Dictionary<SyntaxNode, HashSet<string>> _namesIn = [];

    private Value EvaluateDelegate(IDelegateCreationOperation creation)
    {
        switch (creation.Target)
        {
            case IFlowAnonymousFunctionOperation lambda:
                return FunctionAt(lambda, lambda.Syntax);
            case IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } reference:
                return FunctionAt(reference, reference.Method.DeclaringSyntaxReferences[0].GetSyntax(_budget.Cancellation));
            default:
                Evaluate(creation.Target);
                return Value.Unknown;
        }
    }

    private Value FunctionAt(IOperation operation, SyntaxNode syntax)
    {
        Origin origin = _origins.At(syntax, OriginKind.Function, owner: null, isFresh: false);
        origin.Function ??= (operation, _bodies.Peek().Graph);
        _state.Set(origin, OriginState.Fresh);
        return Value.Of(origin);
    }

    private Value EvaluateDelegateCall(Call call)
    {
        if (call.On.Single is { Function: { } single } origin)
        {
            return Run(origin, single, call, certainly: true);
        }

        foreach (Passed argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && _context.Annotations.Of(parameter) is var effect and not ParameterEffect.Unknown)
            {
                ApplyAnnotation(call, argument, effect);
            }
            else
            {
                PassToUnknown(argument, "the delegate");
            }
        }

        foreach (Reference reference in call.On.References)
        {
            if (reference.Origin.Function is { } function)
            {
                Run(reference.Origin, function, call, certainly: false);
            }
        }

        MayDrain();
        return Value.Unknown;
    }

    private Value RunLocalFunction(Call call)
    {
        IMethodSymbol method = call.Method.OriginalDefinition;
        SyntaxNode syntax = method.DeclaringSyntaxReferences[0].GetSyntax(_budget.Cancellation);
        Origin origin = _origins.At(syntax, OriginKind.Function, owner: null, isFresh: false);
        origin.Function ??= (call.Operation, _bodies.Peek().Graph);
        return Run(origin, origin.Function.Value, call, certainly: true);
    }

    /// <summary>Runs a function that is passed as an argument, perhaps; false where the argument is none.</summary>
    private bool RunsFunction(Passed argument, bool mayKeep)
    {
        bool any = false;
        foreach (Reference reference in argument.Value.References)
        {
            if (reference.Origin.Function is { } function)
            {
                any = true;
                if (mayKeep)
                {
                    NoteCapture(reference.Origin);
                }

                Run(reference.Origin, function, call: null, certainly: false);
            }
        }

        return any;
    }

    private void EscapeFunction(Value value)
    {
        foreach (Reference reference in value.References)
        {
            if (reference.Origin.Function is { } function)
            {
                NoteCapture(reference.Origin);
                Run(reference.Origin, function, call: null, certainly: false);
            }
        }
    }

    /// <summary>A function that leaves this body takes the buffers that it captures with it.</summary>
    private void NoteCapture(Origin function)
    {
        foreach (Value captured in CapturedBy(function).ToArray())
        {
            if (captured.Single is { Kind: OriginKind.Pages } origin)
            {
                Keep(origin, function.Site!, collection: null);
            }
        }
    }

    /// <summary>What is in the variables that the function names, fields included.</summary>
    private IEnumerable<Value> CapturedBy(Origin function)
    {
        HashSet<string> names = NamesIn(function.Site!);
        foreach (KeyValuePair<Place, Value> pair in _state.Places)
        {
            if (!pair.Value.References.IsEmpty && names.Contains(pair.Key.Root is ISymbol variable ? variable.Name : pair.Key.Name))
            {
                yield return pair.Value;
            }
        }
    }

    private HashSet<string> NamesIn(SyntaxNode function)
    {
        if (!_namesIn.TryGetValue(function, out HashSet<string>? names))
        {
            _namesIn.Add(function, names = new HashSet<string>(StringComparer.Ordinal));
            foreach (SyntaxNode node in function.DescendantNodes())
            {
                if (node is IdentifierNameSyntax name)
                {
                    names.Add(name.Identifier.ValueText);
                }
            }
        }

        return names;
    }

    [MethodImpl(Hot.Path)]
    private Value Run(Origin origin, (IOperation Operation, ControlFlowGraph Graph) function, Call? call, bool certainly)
    {
        SyntaxNode key = origin.Site!;
        if (!_running.Add(key))
        {
            return Value.Unknown;
        }

        try
        {
            return certainly || EscapeCaptured(origin) ? RunWithin(key, function, call, certainly) : Value.Unknown;
        }
        finally
        {
            _running.Remove(key);
        }
    }

    /// <summary>Whoever runs it, and whether anybody does: what it captures is in other hands as well. False where that is nothing.</summary>
    private bool EscapeCaptured(Origin function)
    {
        Value[] captured = [.. CapturedBy(function)];
        foreach (Value one in captured)
        {
            Escape(one);
        }

        return captured.Length > 0;
    }

    private Value RunWithin(SyntaxNode key, (IOperation Operation, ControlFlowGraph Graph) function, Call? call, bool certainly)
    {
        try
        {
            return _budget.Enter() && GraphOf(function) is { } found ? Run(key, found.Graph, found.Method, call, certainly) : Value.Unknown;
        }
        finally
        {
            _budget.Exit();
        }
    }

    private static (ControlFlowGraph Graph, IMethodSymbol Method)? GraphOf((IOperation Operation, ControlFlowGraph Graph) function)
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

    [MethodImpl(Hot.Path)]
    private Value Run(SyntaxNode key, ControlFlowGraph graph, IMethodSymbol method, Call? call, bool certainly)
    {
        // What this statement holds in hand must not count as out of reach meanwhile.
        var hand = new Place(new object(), "");
        TakeInHand(hand, call);
        var body = new Body(graph, new Place(new object(), ".result"), isOutermost: false);
        LifetimeState entry = _state.Copy();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            Passed? given = call?.Arguments.FirstOrDefault(one => one.Parameter?.Ordinal == parameter.Ordinal);
            entry.Set(new Place(parameter, ""), given is { Parameter: not null } passed ? passed.Value : Value.Unknown);
        }

        _bodies.Push(body);
        LifetimeState? end;
        (LifetimeState, List<Finding>, bool) around = (_state, _findings, _hasLoopDoubt);
        try
        {
            end = FlowAnalysis<LifetimeState>.Run(graph, this, entry, _budget, report: IsReporting && !IsLaterRound);
            if (MayTell())
            {
                _reported.Add(key);
            }
        }
        finally
        {
            _bodies.Pop();
            (_state, _findings, _hasLoopDoubt) = around;
        }

        if (end is null)
        {
            _state.ForgetWithin(place => ReferenceEquals(place.Root, hand.Root));
            return Value.Unknown;
        }

        Value result = end.Get(body.Result);
        (Passed Argument, Value Left)[] byReference = LeftBehind(call, method, end);
        if (certainly)
        {
            _state.ReplaceWith(end);
        }
        else
        {
            _state.JoinWith(end);
        }

        _state.ForgetWithin(place => ReferenceEquals(place.Root, body.Result.Root) || ReferenceEquals(place.Root, hand.Root)
            || place.Root is IParameterSymbol parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method));
        foreach ((Passed argument, Value left) in byReference)
        {
            Assign(argument.Operation, left, source: null);
        }

        return result;
    }

    /// <summary>What the function put into variables that it got by reference.</summary>
    private (Passed Argument, Value Left)[] LeftBehind(Call? call, IMethodSymbol method, LifetimeState end)
        => call is null ? [] : [.. call.Arguments
            .Where(one => one.Parameter is { RefKind: RefKind.Ref or RefKind.Out } && _context.Types.IsFollowed(SpliceTypes.Unwrap(one.Operation.Type)) && !IsLocation(one.Operation))
            .Select(one => (one, end.Get(new Place(method.Parameters[one.Parameter!.Ordinal], ""))))];

    private void TakeInHand(Place hand, Call? call)
    {
        if (call is null)
        {
            return;
        }

        for (int i = 0; i < call.Arguments.Length; i++)
        {
            if (hand.Field(i.ToString(CultureInfo.InvariantCulture)) is { } finger)
            {
                _state.Set(finger, call.Arguments[i].Value);
            }
        }
    }

    /// <summary>Functions that nothing in the body runs are looked at by themselves, their captures unknown.</summary>
    [MethodImpl(Hot.Path)]
    private void RunTheRest(ControlFlowGraph graph, LifetimeState entry)
    {
        foreach (IMethodSymbol local in graph.LocalFunctions)
        {
            SyntaxNode syntax = local.DeclaringSyntaxReferences[0].GetSyntax(_budget.Cancellation);
            if (!_reported.Contains(syntax))
            {
                RunAlone(syntax, graph.GetLocalFunctionControlFlowGraphInScope(local), local, entry);
            }
        }

        foreach (Origin origin in _origins.Functions.ToArray())
        {
            if (!_reported.Contains(origin.Site!) && origin.Function is { Operation: IFlowAnonymousFunctionOperation lambda } function && MayMakeOrTouch(origin.Site!))
            {
                RunAlone(origin.Site!, function.Graph.GetAnonymousFunctionControlFlowGraphInScope(lambda), lambda.Symbol, entry);
            }
        }
    }

    /// <summary>A lambda that neither calls nor names a member has nothing of its own to follow.</summary>
    private static bool MayMakeOrTouch(SyntaxNode function)
        => function.DescendantNodes().Any(node => node is InvocationExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ObjectCreationExpressionSyntax);

    private void RunAlone(SyntaxNode key, ControlFlowGraph graph, IMethodSymbol method, LifetimeState entry)
    {
        if (!_running.Add(key) || !_reported.Add(key))
        {
            return;
        }

        LifetimeState own = entry.Copy();
        Seed(own, method);
        _bodies.Push(new Body(graph, new Place(new object(), ".result"), isOutermost: true));
        FlowAnalysis<LifetimeState>.Run(graph, this, own, _budget, report: true);
        _bodies.Pop();
        _running.Remove(key);
    }
}
