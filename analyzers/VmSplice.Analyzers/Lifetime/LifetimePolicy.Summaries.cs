using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime;

/// <content>Calls of methods in source, by what was found out about them once.</content>
internal sealed partial class LifetimePolicy
{
    [MethodImpl(Hot.Path)]
    private bool IsRelevant(Call call)
    {
        if (call.Method.DeclaringSyntaxReferences.IsEmpty && call.Method.MethodKind != MethodKind.Constructor)
        {
            return false;
        }

        if (_context.Types.IsFollowed(SpliceTypes.Unwrap(call.Method.ReturnType)) || call.Arguments.Any(one => !one.Value.References.IsEmpty || HoldsBuffers(one.Operation)))
        {
            return true;
        }

        bool onHolder = call.Receiver is { Operation: { } receiver } ? HoldsBuffers(receiver) : !call.Method.IsStatic;
        return _state.Places.Any(pair => onHolder ? !ReferenceEquals(pair.Key.Root, Place.Statics) || pair.Key.IsLasting : ReferenceEquals(pair.Key.Root, Place.Statics));
    }

    /// <summary>Where the result of a wrapper of the raw call may say that nothing was sent, and is asked, that is left open.</summary>
    private static Condition WhatIsSure(MethodSummary summary, int ordinal, Call call)
    {
        Condition effect = summary.Parameters[ordinal];
        bool isAsked = (effect & Condition.InFlight) != 0 && !call.Method.ReturnsVoid && !summary.ReturnsRawResult
            && call.Operation.Parent is not IExpressionStatementOperation;
        return isAsked ? effect | Condition.Elsewhere : effect;
    }

    private void Apply(Condition effect, Value value, SyntaxNode node, Call call)
    {
        if (value.References.IsEmpty)
        {
            return;
        }

        if ((effect & Condition.Written) != 0)
        {
            Use((effect & Condition.Unwritten) == 0 ? value : Value.Join(value, Value.Unknown), node, Touch.Write, throughBuffer: true);
        }
        else if ((effect & Condition.Read) != 0)
        {
            Use((effect & Condition.Unread) == 0 ? value : Value.Join(value, Value.Unknown), node, Touch.Read);
        }

        if ((effect & Condition.Moved) != 0)
        {
            MoveOn((effect & Condition.Still) == 0 ? value : Value.Join(value, Value.Unknown), node, $"'{call.Method.Name}' was called");
        }

        const Condition Alive = Condition.Owned | Condition.Elsewhere;
        Condition fate = effect & Condition.Fates;
        Condition gone = fate & ~Alive;
        if (gone == Condition.None)
        {
            if ((fate & Condition.Elsewhere) != 0)
            {
                Escape(value);
            }

            return;
        }

        _seesRawCall |= (gone & Condition.InFlight) != 0;
        string verb = Verb(gone) + $" by '{call.Method.Name}'";
        Value handed = (fate & Alive) == 0 ? value : Value.Join(value, Value.Unknown);
        if (value.Single is { Kind: not OriginKind.Pages })
        {
            ApplyRaw(handed, gone, node, call, verb);
            return;
        }

        if ((gone & (HandedOver | Condition.Frozen)) != 0)
        {
            Check(handed, node, Purpose.HandOver);
        }

        if (gone == Condition.Disposed)
        {
            // Dispose after a hand-over has no effect.
            foreach (Reference reference in value.References)
            {
                OriginState before = _state.Get(reference.Origin);
                if ((before.Fate & HandedOver) == 0)
                {
                    HandOver disposed = HandOverAt(gone, node, verb);
                    _state.Set(reference.Origin, handed.Single is not null ? before.After(disposed) : before.Perhaps(disposed));
                }
            }

            return;
        }

        Become(handed, gone, node, verb);
    }

    /// <summary>Memory of the caller's own that a wrapper gave to the raw call, or freed.</summary>
    private void ApplyRaw(Value memory, Condition gone, SyntaxNode node, Call call, string verb)
    {
        const Condition Given = Condition.InFlight | Condition.Gifted;
        if ((gone & Given) != 0)
        {
            GiveToPipe(memory, gone & Given, node, call.Node, verb);
            _rawResults[call.Operation] = HandOverAt(gone & Given, call.Node, verb);
        }
        else if (gone == Condition.Disposed)
        {
            Release(memory, call.Node, node, verb);
        }
        else
        {
            Become(memory, gone, node, verb);
        }
    }

    /// <summary>The call does not come back on any path that is known so far: nothing that is here goes on.</summary>
    private void Strand()
    {
        foreach (KeyValuePair<Origin, OriginState> pair in _state.Origins.ToArray())
        {
            _state.Set(pair.Key, default(OriginState));
        }
    }

    private static string Verb(Condition gone)
        => (gone & Condition.Gifted) != 0 ? "gifted"
        : (gone & Condition.Sent) != 0 ? "sent"
        : (gone & Condition.InFlight) != 0 ? "given to vmsplice"
        : (gone & Condition.Frozen) != 0 ? "frozen" : "disposed";

    private void ApplyToFields(MethodSummary? summary, Place holder, Call call)
    {
        if (summary is null)
        {
            // It may have replaced what is in any field that can be assigned.
            foreach (KeyValuePair<Place, Value> pair in _state.Within(holder))
            {
                Escape(pair.Value);
                if (!_readOnlyPlaces.Contains(pair.Key))
                {
                    _state.Forget(pair.Key);
                }
            }

            return;
        }

        ApplyTo(summary.Fields, summary.AssignedFields, new Place(Place.This, ""), holder, call);
    }

    private void ApplyToStatics(MethodSummary? summary, Call call)
    {
        if (summary is not null)
        {
            ApplyTo(summary.Statics, summary.AssignedStatics, new Place(Place.Statics, ""), new Place(Place.Statics, ""), call);
        }
        else if (SymbolEqualityComparer.Default.Equals(call.Method.ContainingAssembly, Owner.ContainingAssembly))
        {
            foreach (KeyValuePair<Place, Value> pair in _state.Within(new Place(Place.Statics, "")))
            {
                if (!_readOnlyPlaces.Contains(pair.Key))
                {
                    _state.Forget(pair.Key);
                }
            }
        }
    }

    private void ApplyTo(Dictionary<string, FieldEffect> effects, HashSet<string> assigned, Place from, Place holder, Call call)
    {
        foreach (KeyValuePair<string, FieldEffect> effect in effects)
        {
            var place = new Place(holder.Root, holder.Path + effect.Key.Substring(from.Path.Length));
            Apply(effect.Value.Conditions, _state.Get(place), call.Node, call);
        }

        foreach (string path in assigned)
        {
            var place = new Place(holder.Root, holder.Path + path.Substring(from.Path.Length));
            _state.Forget(place);
            if (effects.TryGetValue(path, out FieldEffect effect) && effect.Kind == OriginKind.Pages)
            {
                AdoptBuffer(place, OriginKind.Pages, OriginState.Alive, call.Node);
            }
        }
    }

    private Value ResultOf(MethodSummary? summary, Call call)
    {
        if (summary is null)
        {
            // A view that an unknown method makes may be of anything.
            return Carrier.Carries(call.Method.ReturnType) || call.Method.RefKind != RefKind.None ? Value.Unknown : Value.Nothing;
        }

        Value result = Value.Nothing;
        bool first = true;
        foreach (int ordinal in summary.Returns)
        {
            Value argument = ordinal < 0 ? call.On : call.Arguments.FirstOrDefault(one => one.Parameter?.Ordinal == ordinal).Value ?? Value.Unknown;
            result = first ? argument : Value.Join(result, argument);
            first = false;
        }

        foreach (string field in summary.ReturnsFields)
        {
            Value held = _state.Get(new Place(Place.This, field));
            result = first ? held : Value.Join(result, held);
            first = false;
        }

        if (summary.ReturnsFresh)
        {
            Value made = Make(call.Node, OriginKind.Pages);
            result = first ? made : Value.Join(result, made);
            first = false;
        }

        if (summary.ReturnsOther)
        {
            result = Value.Join(result, Value.Unknown);
        }

        return result;
    }
}
