using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Flow;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// The transfer function of lifetimes: what sends, what writes, what aliases what. One instance per body; lambdas and
/// local functions in it share the instance, since they share its variables.
/// </summary>
internal sealed partial class LifetimePolicy : FlowPolicy<LifetimeState>
{
    private readonly LifetimeContext _context;
    private readonly FlowBudget _budget;
    private readonly FindingSink? _sink;
    private readonly bool _summarizes;
    private readonly OriginTable _origins = new();
    private readonly Dictionary<HandOver, HandOver> _handOvers = [];

    /// <summary>What capture temporaries captured; more than one operation where branches meet.</summary>
    private readonly Dictionary<CaptureId, List<IOperation>> _captures = [];

    /// <summary>Reference locals that stand for a variable, not for an element.</summary>
    private readonly Dictionary<ISymbol, Place> _refLocals = new(SymbolEqualityComparer.Default);

    /// <summary>What the elements of tuples and lists were when they were last evaluated.</summary>
    private readonly Dictionary<IOperation, Value> _elements = [];

    /// <summary>While solving nothing is found.</summary>
    private static readonly List<Finding> s_unused = [];

    /// <summary>What new objects held when they were last made, by the path of the field.</summary>
    private readonly Dictionary<IOperation, (string Path, Value Value)[]> _heldBy = [];

    private readonly Dictionary<IOperation, bool> _plain = [];
    private readonly Stack<Body> _bodies = new();
    private bool _hasLoopDoubt;
    private bool _needsReplay;
    private Returned _returned;
    private LifetimeState _state = new();
    private List<Finding> _findings = [];

    public LifetimePolicy(LifetimeContext context, ISymbol owner, FlowBudget budget, FindingSink? sink, bool summarizes)
    {
        _context = context;
        _budget = budget;
        _sink = sink;
        _summarizes = summarizes;
        Owner = owner;
    }

    /// <summary>The member whose body this is.</summary>
    public ISymbol Owner { get; }

    private bool IsReporting => Mode != FlowMode.Solving && _sink is not null;

    /// <summary>Whether what was found can be told now. While solving it cannot, and then it takes a replay to tell it.</summary>
    private bool MayTell()
    {
        _needsReplay |= !IsReporting;
        return IsReporting;
    }

    private bool IsLaterRound => Mode == FlowMode.ReportingLaterRound;

    public override bool NeedsReplay => _needsReplay;

    [MethodImpl(Hot.Path)]
    public override LifetimeState Copy(LifetimeState state) => state.Copy();

    [MethodImpl(Hot.Path)]
    public override bool Join(LifetimeState into, LifetimeState from, int visits) => into.JoinWith(from);

    public override int Weight(LifetimeState state) => state.Weight;

    [MethodImpl(Hot.Path)]
    public override bool Visit(IOperation operation, LifetimeState state)
    {
        if (IsPlain(operation))
        {
            return false;
        }

        Step step = Begin(state);
        Evaluate(operation);
        return End(step);
    }

    /// <summary>Numbers among themselves: nothing in there can reach memory.</summary>
    [MethodImpl(Hot.Path)]
    private bool IsPlain(IOperation operation)
    {
        if (!_plain.TryGetValue(operation, out bool known))
        {
            _plain.Add(operation, known = AreAllPlain(operation));
        }

        return known;
    }

    [MethodImpl(Hot.Path)]
    private static bool AreAllPlain(IOperation operation)
    {
        if (!IsPlainPart(operation))
        {
            return false;
        }

        foreach (IOperation child in operation.ChildOperations)
        {
            if (!AreAllPlain(child))
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(Hot.Path)]
    private static bool IsPlainPart(IOperation operation) => operation switch
    {
        ILiteralOperation or IExpressionStatementOperation => true,
        ILocalReferenceOperation { Local.RefKind: RefKind.None } or IParameterReferenceOperation { Parameter.RefKind: RefKind.None }
            or IBinaryOperation or IUnaryOperation or IConversionOperation or IIncrementOrDecrementOperation or ICompoundAssignmentOperation or ISimpleAssignmentOperation =>
            operation.Type is { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double and not (SpecialType.System_Int64 or SpecialType.System_UInt64) },
        _ => false,
    };

    [MethodImpl(Hot.Path)]
    public override bool Return(IOperation value, LifetimeState state)
    {
        Step step = Begin(state);
        Body body = _bodies.Peek();
        bool byRef = value.Syntax.Parent is RefExpressionSyntax || value.Syntax is RefExpressionSyntax;
        Value returned = byRef ? EvaluateReference(value) : Evaluate(value);
        state.Set(body.Result, returned);
        if (body.IsOutermost && !_summarizes)
        {
            Escape(value, returned);
        }
        else if (body.IsOutermost)
        {
            _returned |= RawCallOf(value) is null ? Returned.Other : Returned.RawResult;
        }

        return End(step);
    }

    public override bool TakeLoopDoubt()
    {
        bool taken = _hasLoopDoubt;
        _hasLoopDoubt = false;
        return taken;
    }

    [MethodImpl(Hot.Path)]
    public override void Leave(ControlFlowRegion region, LifetimeState state)
    {
        if (region.Locals.IsEmpty && region.CaptureIds.IsEmpty)
        {
            return;
        }

        Step step = Begin(state);
        foreach (ILocalSymbol local in region.Locals)
        {
            if (local.IsFixed)
            {
                EndPinOf(local);
            }

            state.SetResult(local, null);
        }

        End(step);
        state.ForgetWithin(region, static (left, place) =>
            place.Root is ILocalSymbol local ? left.Locals.Contains(local) : place.Root is CaptureId capture && left.CaptureIds.Contains(capture));
    }

    [MethodImpl(Hot.Path)]
    public override void EnterBlock(BasicBlock block, LifetimeState state)
    {
        if (_bodies.Peek().LastMentions is { } mentions)
        {
            state.ForgetWithin((mentions, block.Ordinal), static (at, place) =>
                place.Root is ISymbol variable && at.mentions.IsOver(variable, at.Ordinal) && !Outlives(variable));
            state.Retire();
        }
    }

    /// <summary>What a caller can still see when the body ends.</summary>
    [MethodImpl(Hot.Path)]
    private static bool Outlives(ISymbol variable)
        => variable is IParameterSymbol parameter && (parameter.RefKind != RefKind.None || parameter.Type.IsReferenceType)
        || variable is ILocalSymbol { RefKind: not RefKind.None } or ILocalSymbol { IsFixed: true };

    [MethodImpl(Hot.Path)]
    public override void EnterHandler(LifetimeState state)
    {
        // An exception ended the work on what was rented; that it is not disposed then is no finding (the garbage
        // collector's finalizer gives the pages back).
        foreach (KeyValuePair<Origin, OriginState> pair in state.Origins.ToArray())
        {
            if (pair.Key.IsFresh && (pair.Value.Conditions & Condition.Owned) != 0)
            {
                state.Set(pair.Key, pair.Value.Touch(Condition.Owned, Condition.Elsewhere));
            }
        }
    }

    [MethodImpl(Hot.Path)]
    private Step Begin(LifetimeState state)
    {
        var step = new Step(_state, _findings, state.Version);
        (_state, _findings) = (state, IsReporting ? [] : s_unused);
        return step;
    }

    /// <summary>Tells what was found; whether the state changed.</summary>
    [MethodImpl(Hot.Path)]
    private bool End(in Step step)
    {
        if (IsLaterRound)
        {
            _sink!.Settle(_findings);
        }
        else if (IsReporting)
        {
            _sink!.Take(_findings, Mode == FlowMode.ReportingExceptional);
        }

        bool changed = _state.Version != step.Version;
        (_state, _findings) = (step.State, step.Findings);
        return changed;
    }

    /// <summary>What was at hand before an operation was looked at; functions run within it.</summary>
    private readonly struct Step(LifetimeState state, List<Finding> findings, int version)
    {
        public LifetimeState State => state;

        public List<Finding> Findings => findings;

        public int Version => version;
    }

    /// <summary>What the body returns, as far as it matters to a wrapper of the raw call.</summary>
    [Flags]
    private enum Returned
    {
        Nothing = 0,
        RawResult = 1,
        Other = 2,
    }

    /// <summary>A graph that is being run: the member's, or that of a lambda or local function in it.</summary>
    private sealed class Body(ControlFlowGraph graph, Place result, bool isOutermost)
    {
        public ControlFlowGraph Graph => graph;

        /// <summary>Where its returned value is kept.</summary>
        public Place Result => result;

        public bool IsOutermost => isOutermost;

        /// <summary>Of the outermost graph alone: a lambda's graph does not show where its captures are used after it.</summary>
        public LastMentions? LastMentions { get; } = isOutermost ? Flow.LastMentions.Of(graph) : null;
    }
}
