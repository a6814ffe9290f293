using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <content>
/// The raw call with any memory. There is no completion notice: memory is in flight from the call until something
/// happens that could have drained the pipe, and given away for good where it was a gift.
/// </content>
internal sealed partial class LifetimePolicy
{
    private readonly Dictionary<IOperation, HandOver> _rawResults = [];
    private bool _seesRawCall;

    private Value EvaluateRawCall(RawCall raw, Call call)
    {
        _seesRawCall = true;
        Passed segments = call.Arguments.FirstOrDefault(one => one.Operation == raw.Segments || Operand.Peel(one.Operation) == Operand.Peel(raw.Segments));
        if (segments.Operation is null)
        {
            return Value.Nothing;
        }

        bool gift = SpliceFlagBits.Of(raw.Flags).SurelyGift;
        Condition became = gift ? Condition.Gifted : Condition.InFlight;
        string verb = gift ? "given to vmsplice as a gift" : "given to vmsplice";
        GiveToPipe(segments.Value, became, segments.Node, call.Node, verb);
        _rawResults[call.Operation] = HandOverAt(became, call.Node, verb);
        return Value.Nothing;
    }

    /// <summary>The pages of some memory are in the pipe from <paramref name="call"/> on.</summary>
    private void GiveToPipe(Value memory, Condition became, SyntaxNode segments, SyntaxNode call, string verb)
    {
        if (!memory.Other && (memory.All || memory.References.Length == 1))
        {
            foreach (Reference reference in memory.References)
            {
                CheckMemory(reference, segments);
            }
        }

        Become(memory, became, call, verb);
        foreach (Reference reference in memory.References)
        {
            if (reference.Pin is { } pin)
            {
                _state.Set(pin, _state.Get(pin).After(HandOverAt(Condition.InFlight, call, verb)));
            }
        }
    }

    private void CheckMemory(Reference reference, SyntaxNode node)
    {
        Origin origin = reference.Origin;
        if (origin.Kind == OriginKind.Stack && MayTell())
        {
            _findings.Add(new Finding(LifetimeRules.StackMemory, origin, node, origin.Name, null, $"'{origin.Name}'")
            {
                Properties = Finding.PropertiesOf(("buffer", origin.Name)),
            });
        }
        else if (origin.Kind is OriginKind.Managed or OriginKind.Pooled && origin.IsFresh && reference.Pin is null
            && (_state.Get(origin).Conditions & Condition.Held) == 0 && MayTell())
        {
            _findings.Add(new Finding(
                LifetimeRules.NotPinned, origin, node, origin.Name, null, $"'{origin.Name}'",
                "is garbage-collected memory that nothing pins: it may move while its pages are in the pipe")
            {
                Properties = Finding.PropertiesOf(("buffer", origin.Name), ("pin", "none")),
            });
        }
    }

    /// <summary>Allocation, release and pinning of memory that is not the runtime's; null for any other call.</summary>
    [MethodImpl(Hot.Path)]
    private Value? EvaluateMemoryCall(Call call)
    {
        if (!_context.SeesRawCalls)
        {
            return null;
        }

        IMethodSymbol method = call.Method;
        switch (MemoryCalls.Of(method, call.Operation))
        {
            case MemoryCall.AllocatesNative:
                return Make(call.Node, OriginKind.Native);
            case MemoryCall.Maps:
                return Make(call.Node, OriginKind.Mapped);
            case MemoryCall.AllocatesManaged:
                return Make(call.Node, OriginKind.Managed);
            case MemoryCall.AllocatesPinned:
                return Make(call.Node, OriginKind.Pinned);
            case MemoryCall.RentsArray:
                return Make(call.Node, OriginKind.Pooled);
            case MemoryCall.RentsOwner:
                return Make(call.Node, OriginKind.PoolOwner);
            case MemoryCall.Frees:
                Release(call.Argument(0), call.Node, call.Arguments[0].Node, "freed");
                return Value.Unknown;
            case MemoryCall.Unmaps:
                return Value.Nothing;
            case MemoryCall.ReturnsArray:
                Release(call.Argument(0), call.Node, call.Arguments[0].Node, "returned to its pool");
                return Value.Nothing;
            case MemoryCall.Pins:
                return PinAt(call.Node, call.Receiver is null ? call.Argument(0) : call.On);
            case MemoryCall.AddressOfPinned:
                return Through(call.Receiver is null ? call.Argument(0) : call.On);
        }

        if (call.Receiver is { } receiver && method.Name == "Dispose" && receiver.Value.Single is { } origin)
        {
            if (origin.Kind == OriginKind.PoolOwner)
            {
                Release(receiver.Value, call.Node, receiver.Node, "disposed");
                return Value.Nothing;
            }

            if (origin.Kind == OriginKind.Pin)
            {
                EndPin(origin, "is disposed", Wording.LineOf(call.Node));
                return Value.Nothing;
            }
        }

        if (call.Receiver is { } handle && method.Name == "Free" && handle.Value.Single is { Kind: OriginKind.Pin } freed)
        {
            EndPin(freed, "is freed", Wording.LineOf(call.Node));
            return Value.Nothing;
        }

        return null;
    }

    private void Release(Value memory, SyntaxNode call, SyntaxNode node, string verb)
    {
        if (memory.Single is not { } origin)
        {
            Escape(memory);
            return;
        }

        OriginState before = _state.Get(origin);
        const Condition Gone = Condition.InFlight | Condition.Gifted;
        if (before.Fate != Condition.None && (before.Fate & ~Gone) == 0 && MayTell())
        {
            HandOver? handOver = HandOverOf(origin, Gone);
            _findings.Add(new Finding(
                LifetimeRules.FreedInFlight, origin, call, origin.Name, handOver,
                Wording.Subject(Wording.AliasOf(node), origin), Wording.Past(origin, handOver), verb)
            {
                Properties = Finding.PropertiesOf(("buffer", origin.Name), ("release", verb)),
            });
        }

        _state.Set(origin, before.With(Condition.Disposed));
    }

    private Value BeginPin(ILocalSymbol local, IOperation source, Value value)
    {
        bool movable = value.References.Any(one => one.Origin.Kind is OriginKind.Managed or OriginKind.Pooled);
        return movable ? value.PinnedBy(Pin(local.DeclaringSyntaxReferences[0].GetSyntax(_budget.Cancellation), value)) : value;
    }

    private Value PinAt(SyntaxNode site, Value memory)
        => memory.References.Any(one => one.Origin.Kind is OriginKind.Managed or OriginKind.Pooled) ? Value.Of(Pin(site, memory)) : memory;

    private Origin Pin(SyntaxNode site, Value memory)
    {
        Origin pin = _origins.At(site, OriginKind.Pin, memory.Single, isFresh: false);
        _state.Set(pin, OriginState.Fresh);
        if (memory.Single is { } held)
        {
            OriginState before = _state.Get(held);
            _state.Set(held, before.Touch(Condition.None, Condition.Held));
        }

        return pin;
    }

    /// <summary>The memory that a handle holds.</summary>
    private static Value Through(Value handle)
        => handle.Single is { Kind: OriginKind.Pin } pin ? pin.Owner is { } owner ? Value.Of(owner, pin) : Value.Unknown : handle;

    private void EndPinOf(ILocalSymbol local)
    {
        foreach (Reference reference in _state.Get(new Place(local, "")).References)
        {
            if (reference.Pin is { } pin)
            {
                SyntaxNode? around = pin.Site?.FirstAncestorOrSelf<FixedStatementSyntax>();
                EndPin(pin, "ends", around is null ? 0 : around.GetLocation().GetLineSpan().EndLinePosition.Line + 1);
            }
        }
    }

    private void EndPin(Origin pin, string ends, int line)
    {
        OriginState before = _state.Get(pin);
        if (before.Conditions == Condition.None)
        {
            return;
        }

        if (before.Fate == Condition.InFlight && pin.Owner is { } memory && HandOverOf(pin, Condition.InFlight) is { } handOver && MayTell())
        {
            _findings.Add(new Finding(
                LifetimeRules.NotPinned, memory, handOver.Node, memory.Name, null, $"'{memory.Name}'",
                $"is given to vmsplice here, but its pin {ends} on line {line}, while its pages may still be in the pipe")
            {
                Properties = Finding.PropertiesOf(("buffer", memory.Name), ("pin", ends)),
            });
        }

        _state.Set(pin, before.With(Condition.Disposed));
        if (pin.Owner is { } held)
        {
            _state.Set(held, _state.Get(held).Touch(Condition.Held, Condition.None));
        }
    }

    /// <summary>Something happened that may have emptied the pipe: what is in flight may be back.</summary>
    private void MayDrain()
    {
        _drains = true;
        if (!_seesRawCall)
        {
            return;
        }

        foreach (KeyValuePair<Origin, OriginState> pair in _state.Origins.ToArray())
        {
            if ((pair.Value.Fate & Condition.InFlight) != 0)
            {
                _state.Set(pair.Key, pair.Value.Touch(Condition.InFlight, Condition.Elsewhere));
            }
        }
    }

    private static bool CouldDrain(Call call)
    {
        if (call.Method.IsExtern || call.Method.ContainingType.Name is "Thread" or "SpinWait" or "Task" or "Monitor")
        {
            return true;
        }

        return MemoryCalls.IsChannel(call.Receiver?.Operation.Type) || call.Arguments.Any(one => MemoryCalls.IsChannel(one.Operation.Type));
    }

    [MethodImpl(Hot.Path)]
    private HandOver? RawCallOf(IOperation? source)
        => source is null ? null
        : Operand.Peel(source) is ILocalReferenceOperation local ? _state.ResultIn(local.Local)
        : _rawResults.TryGetValue(Operand.Peel(source), out HandOver? call) ? call : null;

    /// <summary>A raw call that failed, or accepted nothing, put nothing in flight.</summary>
    private void Undo(HandOver call)
    {
        foreach (KeyValuePair<Origin, OriginState> pair in _state.Origins.ToArray())
        {
            if (pair.Value.Events.Length == 1 && pair.Value.Events[0].Node == call.Node)
            {
                _state.Set(pair.Key, pair.Value.With(Condition.Owned));
            }
        }
    }
}
