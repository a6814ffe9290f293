using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// What the engine asks of the analysis of lifetimes. Each step takes the state of a point, lets <see cref="BodyEvaluation"/> change
/// it, and in the replay keeps what was recorded there.
/// </summary>
internal sealed class LifetimePolicy : FlowPolicy<LifetimeState>
{
    private readonly BodyEvaluation _body;
    private readonly BranchConditions _conditions;
    private readonly ThrowBehaviour _throws;
    private readonly PlainOperations _plain = new();

    public LifetimePolicy(BodyEvaluation body)
    {
        _body = body;
        _conditions = new BranchConditions(body);
        _throws = new ThrowBehaviour(body.Shared, body.Budget.Cancellation);
        body.Calls.Functions.Policy = this;
    }

    public override bool NeedsReplay => _body.Log.NeedsReplay;

    [MethodImpl(Hot.Path)]
    public override LifetimeState Copy(LifetimeState state) => state.Copy();

    public override bool Join(LifetimeState into, LifetimeState from, int visits) => into.Merge(from);

    public override int SizeOf(LifetimeState state) => state.Weight;

    [MethodImpl(Hot.Path)]
    public override bool Visit(IOperation operation, LifetimeState state)
    {
        if (_plain.Contains(operation))
        {
            return false;
        }

        Step step = Begin(state);
        _body.Expressions.Evaluate(operation);
        return End(step);
    }

    public override bool Return(IOperation value, LifetimeState state)
    {
        Step step = Begin(state);
        FunctionFrame function = _body.Function;
        bool byRef = value.Syntax.Parent is RefExpressionSyntax || value.Syntax is RefExpressionSyntax;
        PointsToSet returned = byRef ? _body.Locations.EvaluateReference(value) : _body.Expressions.Evaluate(value);
        _body.Stores.Store(function.Result, returned, byRef || !_body.Summarizes ? null : value);
        if (function.IsOutermost && !_body.Summarizes)
        {
            if (returned.References.Any(static one => one.Site.Kind is AllocationKind.Pages or AllocationKind.Slot)
                && (byRef || ReturnedViews.IsView(value.Type)))
            {
                _body.Ownership.RecordIfInvalid(returned, value.Syntax, AccessKind.Read);
                _body.Log.Record(new ViewReturned(value.Syntax, returned));
            }

            else if (_body.Shared.Types.Of(value.Type) == SpliceType.PageBuffer)
            {
                _body.Log.Record(new ViewReturned(value.Syntax, returned, isBuffer: true));
            }
            else if (Operand.Unwrap(value) is ITupleOperation tuple)
            {
                RecordViewsIn(tuple, returned);
            }

            _body.Ownership.Escape(value, returned);
        }
        else if (function.IsOutermost)
        {
            _body.Effects.Returns(isRawResult: _body.Calls.RawCalls.ResultOf(value) is not null);
            if (value.Type is { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Int32 })
            {
                object? constant = value.ConstantValue.HasValue ? value.ConstantValue.Value : ReturnedConstant;
                _body.Effects.ReturnsIn(state, constant is null or bool ? constant : Operand.Integer(constant), isLast: !EndsSomething(value.Syntax));
            }
        }

        return End(step);
    }

    private void RecordViewsIn(ITupleOperation tuple, PointsToSet returned)
    {
        for (int i = 0; i < tuple.Elements.Length; i++)
        {
            if (ReturnedViews.IsView(tuple.Elements[i].Type))
            {
                _body.Log.Record(new ViewReturned(tuple.Elements[i].Syntax, returned.Part(AccessPath.Item(i))));
            }
        }
    }

    /// <summary>Whether a <c>finally</c> or the end of a <c>using</c> comes after the <c>return</c>.</summary>
    private static bool EndsSomething(SyntaxNode value)
    {
        for (SyntaxNode? at = value; at is not null
            and not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax); at = at.Parent)
        {
            if (at is UsingStatementSyntax or TryStatementSyntax { Finally: not null }
                || (at is BlockSyntax block && block.Statements.Any(static one => one is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 })))
            {
                return true;
            }
        }

        return false;
    }

    public override bool Assume(IOperation condition, bool value, LifetimeState state)
    {
        Step step = Begin(state);
        bool feasible = _conditions.Assume(condition, value);
        End(step);
        return feasible;
    }

    public override bool MayThrowBefore(IOperation operation, ITypeSymbol? caught) => _throws.MayThrowBefore(operation, caught);

    public override bool MayThrow(IOperation operation, ITypeSymbol? caught) => _throws.MayThrow(operation, caught);

    public override bool IsCaughtAnywhere(ITypeSymbol? caught) => !ThrowBehaviour.IsFailureOfPipe(caught);

    public override bool TakeLoopDoubt() => _body.Log.TakeLoopDoubt();

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
                _body.Calls.Pins.EndPinOf(local);
            }

            state.SetResult(local, null);
        }

        End(step);
        state.ForgetWithin(region, static (left, path) =>
            path.Root is ILocalSymbol local ? left.Locals.Contains(local) : path.Root is CaptureId capture && left.CaptureIds.Contains(capture));
    }

    [MethodImpl(Hot.Path)]
    public override void EnterBlock(BasicBlock block, LifetimeState state)
    {
        if (_body.Function.LastMentions is { } mentions)
        {
            state.ForgetWithin((mentions, state, block.Ordinal), static (at, path) =>
                path.Root is ISymbol variable && at.mentions.IsOver(variable, at.Ordinal) && !Outlives(variable, at.state, path));
            state.ForgetWithin((_body.Function, state, block.Ordinal), static (at, path) => IsReplacedBatch(at.Function, at.state, path, at.Ordinal));
            state.Retire();
        }
    }

    /// <summary>
    /// Whether a variable holds slots or batches alone, and gets others before it is read: the end of the old ones must not make "possibly ended" of
    /// the new ones where the arms of <c>left = c ? left[1..] : reader.ReadBatch()</c> meet. (Of a buffer, which is a leak then, the variable tells more.)
    /// </summary>
    [MethodImpl(Hot.Path)]
    private static bool IsReplacedBatch(FunctionFrame function, LifetimeState state, AccessPath path, int block)
        => path is { Root: ILocalSymbol { RefKind: RefKind.None } local, Fields.Length: 0 }
        && state.Get(path) is { Other: false, References: { IsEmpty: false } held }
        && held.All(static one => one.Site.Kind == AllocationKind.Slot)
        && function.LastMentions?.IsCaptured(local) == false && function.Overwrites.ComeFirst(local, block);

    /// <summary>What a caller can still see when the body ends.</summary>
    private static bool Outlives(ISymbol variable, LifetimeState state, AccessPath path)
        => variable is IParameterSymbol parameter && (parameter.RefKind != RefKind.None || parameter.Type.IsReferenceType)
        || variable is ILocalSymbol { IsFixed: true }
        || (variable is ILocalSymbol { RefKind: not RefKind.None } && !state.Get(path).References.All(static one => one.Site.Kind == AllocationKind.Slot));

    public override void EnterHandler(LifetimeState state)
    {
        // An exception ended the work on what was rented. Pages that nobody disposes then stay mapped, but VMS2013 asks about the
        // normal ends alone: else it would be reported in nearly every method that sends.
        foreach (KeyValuePair<AllocationSite, SiteState> pair in state.Sites.ToArray())
        {
            SiteState left = pair.Key.IsFresh && pair.Value.Is(OwnershipState.Owned)
                ? pair.Value.Change(OwnershipState.Owned, OwnershipState.Shared) : pair.Value;
            state.Set(pair.Key, left.WithUnfinished(null));
        }
    }

    [MethodImpl(Hot.Path)]
    private Step Begin(LifetimeState state)
    {
        var step = new Step(_body.State, _body.Log.Begin(Mode), state.Version);
        _body.State = state;
        return step;
    }

    /// <summary>Keeps what was recorded; whether the state changed.</summary>
    [MethodImpl(Hot.Path)]
    private bool End(in Step step)
    {
        _body.Log.End(step.Recorded);
        bool changed = _body.State.Version != step.Version;
        _body.State = step.State;
        return changed;
    }

    /// <summary>What was looked at before an operation was: functions run within it.</summary>
    private readonly struct Step(LifetimeState state, RecordedStep? recorded, int version)
    {
        public LifetimeState State => state;

        public RecordedStep? Recorded => recorded;

        public int Version => version;
    }
}
