using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// What an analysis knows and what an operation does to it. The engine (<see cref="FlowAnalysis{TState}"/>) knows only
/// paths; everything about buffers, segments or flags is in a policy. States are mutable and owned by the engine: it
/// copies before it hands one to two successors.
/// </summary>
internal abstract class FlowPolicy<TState> where TState : class
{
    /// <summary>Set by the engine; a policy reports only while replaying.</summary>
    public FlowMode Mode { get; set; }

    /// <summary>
    /// Whether anything that was visited may be worth a report. Where it is false after the fixpoint, and every state of the
    /// replay was visited on the way to it, the replay is left out: most bodies are right.
    /// </summary>
    public virtual bool NeedsReplay => true;

    public abstract TState Copy(TState state);

    /// <summary>
    /// Joins <paramref name="from"/> into <paramref name="into"/>; true where that changed it. Must be monotonic and of
    /// finite height; <paramref name="visits"/> counts the joins at this point, for those who must widen.
    /// </summary>
    public abstract bool Join(TState into, TState from, int visits);

    /// <summary>The transfer function of one statement-level operation; true where the state changed.</summary>
    public abstract bool Visit(IOperation operation, TState state);

    /// <summary>
    /// Whether the operation may throw what is <paramref name="caught"/> while nothing of what <see cref="Visit"/> does has happened. One that does it
    /// even where it throws, or that never throws, brings no state from before it to a handler.
    /// </summary>
    public virtual bool MayThrowBefore(IOperation operation, ITypeSymbol? caught) => true;

    /// <summary>Whether the operation may throw what is <paramref name="caught"/> at all, before or after what it does.</summary>
    public virtual bool MayThrow(IOperation operation, ITypeSymbol? caught) => true;

    /// <summary>Whether a handler may be entered from a block in which nothing is known to throw what it catches.</summary>
    public virtual bool IsCaughtAnywhere(ITypeSymbol? caught) => true;

    /// <summary>
    /// Whether what comes after the operation, which was visited before, is reached at all; on the way the state learns what holds where
    /// it is.
    /// </summary>
    public virtual bool Continues(IOperation operation, TState state)
        => !Termination.EndsAt(operation) && (Termination.DemandOf(operation) is not { } demand || Assume(demand.Condition, demand.Value, state));

    /// <summary>Of the value that is returned next: the constant that it is on the paths at hand, where the paths are told apart by it.</summary>
    public object? ReturnedConstant { get; set; }

    /// <summary>A returned value; by default an operation like any other.</summary>
    public virtual bool Return(IOperation value, TState state) => Visit(value, state);

    /// <summary>
    /// What holds where <paramref name="condition"/>, which was visited before, is <paramref name="value"/>; false where
    /// it cannot be. Constants are the engine's business.
    /// </summary>
    public virtual bool Assume(IOperation condition, bool value, TState state) => true;

    /// <summary>Locals and captures of the region are gone.</summary>
    public virtual void Leave(ControlFlowRegion region, TState state)
    {
    }

    /// <summary>The state is on its way into a block, or in it: what nothing from there on asks for can be dropped.</summary>
    public virtual void EnterBlock(BasicBlock block, TState state)
    {
    }

    /// <summary>An exception brought the state to a <c>catch</c> or a filter.</summary>
    public virtual void EnterHandler(TState state)
    {
    }

    /// <summary>
    /// Whether, since it was asked last, something was found that hangs on an earlier round of a loop: it is then run
    /// again as it is from the second round on (<see cref="FlowMode.ReportingLaterRound"/>).
    /// </summary>
    public virtual bool TakeLoopDoubt() => false;

    /// <summary>What a state weighs, in whatever the policy stores; the engine bounds the sum of what it copies.</summary>
    public virtual int SizeOf(TState state) => 1;
}
