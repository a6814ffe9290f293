using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// Runs another policy on paths that are told apart by <see cref="TraceConditions"/>, and joins them where it reports: at a place
/// that only some of them reach only those are left.
/// </summary>
internal sealed class TracePartitioning<TState>(FlowPolicy<TState> inner, TraceConditions guards) : FlowPolicy<TracePartitions<TState>> where TState : class
{
    private const int Base = 3;

    public static TracePartitions<TState> Enter(TState entry) => new() { States = { [0] = entry } };

    /// <summary>The join over all partitions; the caller owns it.</summary>
    public TState Merge(TracePartitions<TState> state)
    {
        TState? merged = null;
        foreach (KeyValuePair<int, TState> pair in state.States)
        {
            if (merged is null)
            {
                merged = pair.Value;
            }
            else
            {
                inner.Join(merged, pair.Value, visits: 0);
            }
        }

        return merged!;
    }

    public override TracePartitions<TState> Copy(TracePartitions<TState> state)
    {
        var copy = new TracePartitions<TState>();
        foreach (KeyValuePair<int, TState> pair in state.States)
        {
            copy.States.Add(pair.Key, inner.Copy(pair.Value));
        }

        return copy;
    }

    public override bool Join(TracePartitions<TState> into, TracePartitions<TState> from, int visits)
    {
        bool changed = false;
        foreach (KeyValuePair<int, TState> pair in from.States)
        {
            if (into.States.TryGetValue(pair.Key, out TState? known))
            {
                changed |= inner.Join(known, pair.Value, visits);
            }
            else
            {
                into.States.Add(pair.Key, inner.Copy(pair.Value));
                changed = true;
            }
        }

        return changed;
    }

    public override bool Visit(IOperation operation, TracePartitions<TState> state)
        => Each(state, one => inner.Visit(operation, one)) | SetGuard(operation, state);

    public override bool MayThrowBefore(IOperation operation, ITypeSymbol? caught) => inner.MayThrowBefore(operation, caught);

    public override bool MayThrow(IOperation operation, ITypeSymbol? caught) => inner.MayThrow(operation, caught);

    public override bool IsCaughtAnywhere(ITypeSymbol? caught) => inner.IsCaughtAnywhere(caught);

    public override bool Return(IOperation value, TracePartitions<TState> state)
    {
        (int guard, bool negated) = guards.Asked(value, true) is { Index: >= 0 } asked && value.Type?.SpecialType == SpecialType.System_Boolean
            ? (asked.Index, !asked.Holds) : (-1, false);
        if (guard < 0 || Mode != FlowMode.Solving)
        {
            return Each(state, one => inner.Return(value, one));
        }

        bool changed = false;
        inner.Mode = Mode;
        foreach (KeyValuePair<int, TState> pair in state.States)
        {
            int known = Digit(pair.Key, guard);
            inner.ReturnedConstant = known == 0 ? null : known == 1 != negated;
            changed |= inner.Return(value, pair.Value);
        }

        inner.ReturnedConstant = null;
        return changed;
    }

    public override bool Assume(IOperation condition, bool value, TracePartitions<TState> state)
    {
        inner.Mode = Mode;
        (int guard, bool holds) = guards.Asked(condition, value);
        int wanted = holds ? 1 : 2;
        var left = new TracePartitions<TState>();
        foreach (KeyValuePair<int, TState> pair in state.States)
        {
            int known = guard < 0 ? 0 : Digit(pair.Key, guard);
            if ((known == 0 || known == wanted) && inner.Assume(condition, value, pair.Value))
            {
                Put(left, guard < 0 ? pair.Key : Decided(pair.Key, guard, wanted), pair.Value);
            }
        }

        state.States = left.States;
        return left.States.Count > 0;
    }

    public override void Leave(ControlFlowRegion region, TracePartitions<TState> state)
    {
        Each(state, one =>
        {
            inner.Leave(region, one);
            return true;
        });
        foreach (ILocalSymbol local in region.Locals)
        {
            foreach (int guard in guards.Of(local))
            {
                Rekey(state, key => WithDigit(key, guard, 0));
            }
        }
    }

    public override void EnterBlock(BasicBlock block, TracePartitions<TState> state) => Each(state, one =>
    {
        inner.EnterBlock(block, one);
        return true;
    });

    public override void EnterHandler(TracePartitions<TState> state) => Each(state, one =>
    {
        inner.EnterHandler(one);
        return true;
    });

    public override bool TakeLoopDoubt() => inner.TakeLoopDoubt();

    public override int SizeOf(TracePartitions<TState> state)
    {
        int sum = 0;
        foreach (TState one in state.States.Values)
        {
            sum += inner.SizeOf(one);
        }

        return sum;
    }

    private bool SetGuard(IOperation operation, TracePartitions<TState> state)
    {
        (int Index, int Digit)[] set = guards.Set(operation);
        foreach ((int guard, int digit) in set)
        {
            Rekey(state, key => WithDigit(key, guard, digit));
        }

        return set.Length > 0;
    }

    /// <summary>The key where a guard came out as wanted; of conditions that exclude each other one at most holds.</summary>
    private int Decided(int key, int guard, int wanted)
    {
        key = WithDigit(key, guard, wanted);
        if (wanted == 1)
        {
            foreach (int other in guards.ExcludedBy(guard))
            {
                key = WithDigit(key, other, 2);
            }
        }

        return key;
    }

    private bool Each(TracePartitions<TState> state, Func<TState, bool> step)
    {
        inner.Mode = Mode;
        if (Mode != FlowMode.Solving && state.States.Count > 1 && guards.AnyWithinBlock)
        {
            // A later statement of this block may end some of the paths: they go on apart, and what is reported is their join.
            step(Merge(Copy(state)));
            inner.Mode = FlowMode.Solving;
        }
        else if (Mode != FlowMode.Solving && state.States.Count > 1)
        {
            state.States = new Dictionary<int, TState> { [0] = Merge(state) };
        }

        bool changed = false;
        foreach (TState one in state.States.Values)
        {
            changed |= step(one);
        }

        return changed;
    }

    private void Rekey(TracePartitions<TState> state, Func<int, int> change)
    {
        var rekeyed = new TracePartitions<TState>();
        foreach (KeyValuePair<int, TState> pair in state.States)
        {
            Put(rekeyed, change(pair.Key), pair.Value);
        }

        state.States = rekeyed.States;
    }

    private void Put(TracePartitions<TState> partitions, int key, TState state)
    {
        if (partitions.States.TryGetValue(key, out TState? known))
        {
            inner.Join(known, state, visits: 0);
        }
        else
        {
            partitions.States.Add(key, state);
        }
    }

    private static int Digit(int key, int guard) => key / Power(guard) % Base;

    private static int WithDigit(int key, int guard, int digit) => key + ((digit - Digit(key, guard)) * Power(guard));

    private static int Power(int guard) => guard switch { 0 => 1, 1 => Base, _ => Base * Base };
}
