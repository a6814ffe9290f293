using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime;

/// <content>The runtime's own members.</content>
internal sealed partial class LifetimePolicy
{
    /// <summary>The value of a call of the runtime; null where it is none.</summary>
    [MethodImpl(Hot.Path)]
    private Value? EvaluateSurfaceCall(Call call)
    {
        IMethodSymbol method = call.Method;
        switch (_context.Types.Of(method.ContainingType))
        {
            case SpliceType.PageBuffer when method.Name == "Allocate":
                return Make(call.Node, OriginKind.Pages);
            case SpliceType.PageBuffer or SpliceType.FrozenPages:
                return EvaluatePagesCall(call);
            case SpliceType.SpliceWriter or SpliceType.SpliceGather:
                return EvaluateTransfer(call, _context.SurfaceOf(method));
            case SpliceType.SpliceReader:
                MayDrain();
                return EvaluateTransfer(call, _context.SurfaceOf(method));
            case SpliceType.None when RuntimeNamespace.Holds(method) && _context.SurfaceOf(method) is { TouchesMemory: true } member:
                return EvaluateTransfer(call, member);
            case SpliceType.RecordWriter or SpliceType.RecordReader:
                return EvaluateRecordCall(call);
        }

        // A buffer behind an interface: IDisposable of a using statement, IMemoryOwner<T>.
        if (call.Receiver is { } receiver && !Carrier.IsView(receiver.Operation.Type) && IsPagesOrSource(receiver.Value))
        {
            return receiver.Value.References[0].Origin.Kind == OriginKind.Pages ? EvaluatePagesCall(call) : EvaluateRecordCall(call);
        }

        if (_context.Types.Of(method.ReturnType) is SpliceType.RecordWriter or SpliceType.RecordReader)
        {
            foreach (Passed argument in call.Arguments)
            {
                Escape(argument.Operation, argument.Value);
            }

            // What the generator wrote makes a new one; any other method may hand out one that is somebody's already.
            return BaseLibrary.Declares(method) ? null : MakeSource(call.Node, method.ReturnType, isNew: method is { IsStatic: true, Name: "CreateWriter" });
        }

        return null;
    }

    [MethodImpl(Hot.Path)]
    private static bool IsPagesOrSource(Value value)
        => !value.References.IsEmpty && value.References.All(one => one.Origin.Kind is OriginKind.Pages or OriginKind.RecordSource);

    [MethodImpl(Hot.Path)]
    private void HandOverTo(Value value, SyntaxNode node, Condition condition, string verb)
    {
        CheckTransfer(value, node, "handed over");
        Check(value, node, Purpose.HandOver);
        Become(value, condition, node, verb);
    }

    [MethodImpl(Hot.Path)]
    private Value EvaluatePagesCall(Call call)
    {
        switch (call.Method.Name)
        {
            case "Freeze":
                Use(call.On, call.Receiver!.Value.Node, Touch.Read, throughBuffer: true);
                CheckTransfer(call.On, call.Node, "frozen");
                Become(call.On, Condition.Frozen, call.Node, "frozen");
                return call.On;
            case "Dispose":
                CheckTransfer(call.On, call.Node, "disposed");
                DisposePages(call);
                return Value.Nothing;
            case "Equals" or "GetHashCode" or "ToString" or "GetType":
                return Value.Nothing;
            default:
                // Something of the user's own: a method that they gave their [Spliceable] class.
                Use(call.On, call.Receiver?.Node ?? call.Node, Touch.Read, throughBuffer: true);
                Escape(call.On);
                return Value.Unknown;
        }
    }

    /// <summary>Dispose after a hand-over is legal and has no effect.</summary>
    [MethodImpl(Hot.Path)]
    private void DisposePages(Call call)
    {
        HandOver disposed = HandOverAt(Condition.Disposed, call.Node, "disposed");
        foreach (Reference reference in call.On.References)
        {
            OriginState before = _state.Get(reference.Origin);
            Condition kept = before.Fate & HandedOver;
            if (kept == before.Fate && kept != Condition.None)
            {
                continue;
            }

            OriginState after = call.On.References.Length == 1 || IsSoleReference(call.On) ? before.After(disposed) : before.Perhaps(disposed);
            _state.Set(reference.Origin, kept == Condition.None ? after : OriginState.Join(after, before.With(kept)));
        }
    }

    [MethodImpl(Hot.Path)]
    private Value EvaluateProperty(IPropertyReferenceOperation property)
    {
        Value on = property.Instance is null ? Value.Nothing : EvaluateReceiver(property.Instance);
        foreach (IArgumentOperation argument in property.Arguments)
        {
            Evaluate(argument.Value);
        }

        if (on.References.IsEmpty)
        {
            return PlaceOf(property) is { } place ? _state.Get(place) : Carrier.Carries(property.Type) ? Value.Unknown : Value.Nothing;
        }

        SpliceType type = _context.Types.Of(property.Property.ContainingType);
        if (type is SpliceType.PageBuffer || (on.References.All(one => one.Origin.Kind == OriginKind.Pages) && property.Property.Name == "Memory" && type == SpliceType.None))
        {
            if (property.Property.Name != "State")
            {
                Use(on, property.Syntax, Touch.Read, throughBuffer: true);
            }

            return Carrier.IsView(property.Type) || property.Property.RefKind != RefKind.None ? on : Value.Nothing;
        }

        if (type == SpliceType.FrozenPages)
        {
            Use(on, property.Syntax, Touch.Read);
            return Carrier.IsView(property.Type) ? on : Value.Nothing;
        }

        if (property.Property.ContainingType.TypeKind == TypeKind.Extension)
        {
            Use(on, property.Syntax, Touch.Read, throughBuffer: true);
        }

        if (property.Property.Name == "Current" && on.Single is { Kind: OriginKind.RecordSource } source)
        {
            // await foreach: the batch of this round.
            return Make(property.Syntax, OriginKind.Slot, source);
        }

        // Nullable.Value, Memory.Span, MemoryHandle.Pointer, an enumerator's Current, the result of a task.
        bool isView = property.Property.RefKind != RefKind.None || Carrier.IsView(property.Type)
            || property.Property.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            || property.Property.Name == "Memory" || (property.Property.Name == "Result" && IsTask(property.Property.ContainingType));
        return isView ? on : PlaceOf(property) is { } stored ? _state.Get(stored) : Carrier.Carries(property.Type) ? Value.Unknown : Value.Nothing;
    }

    [MethodImpl(Hot.Path)]
    private Value EvaluateRecordCall(Call call)
    {
        bool isReader = _context.Types.Of(call.Method.ContainingType) == SpliceType.RecordReader;
        foreach (Passed argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && IsMemory(parameter))
            {
                Use(argument.Value, argument.Node, Touch.Read);
            }
        }

        switch (call.Method.Name)
        {
            case "Next" or "GetSpan" or "GetMemory" when !isReader:
                MoveOn(call);
                return Make(call.Node, OriginKind.Slot, call.On.Single);
            case "ReadBatch" or "ReadBatchAsync":
                MoveOn(call);
                return Make(call.Node, OriginKind.Slot, call.On.Single);
            case "GetAsyncEnumerator":
                return call.On;
            case "MoveNextAsync":
                MoveOn(call);
                return Value.Nothing;
            case "Advance" or "Write" or "Flush" or "FlushAsync":
                MoveOn(call);
                return Value.Nothing;
            case "Complete" or "CompleteAsync" or "Abandon" or "Dispose" or "DisposeAsync":
                MoveOn(call);
                EndSource(call);
                return Value.Nothing;
            default:
                return Value.Unknown;
        }
    }

    /// <summary>A record writer or reader; of a new writer somebody must write the end (VMS2013).</summary>
    private Value MakeSource(SyntaxNode site, ITypeSymbol? type, bool isNew)
    {
        Origin origin = _origins.At(site, OriginKind.RecordSource, owner: null, isFresh: isNew && _context.Types.Of(type) == SpliceType.RecordWriter);
        _state.Renew(origin, OriginState.Fresh);
        return Value.Of(origin);
    }

    private void EndSource(Call call)
    {
        HandOver ended = HandOverAt(Condition.Disposed, call.Node, "ended");
        foreach (Reference reference in call.On.References)
        {
            OriginState before = _state.Get(reference.Origin);
            _state.Set(reference.Origin, call.On.References.Length == 1 || IsSoleReference(call.On) ? before.After(ended) : before.Perhaps(ended));
        }
    }

    /// <summary>What the writer or reader handed out before is its own again.</summary>
    private void MoveOn(Call call) => MoveOn(call.On, call.Node, $"called '{call.Method.Name}'");

    private void MoveOn(Value source, SyntaxNode node, string verb)
    {
        foreach (Reference reference in source.References)
        {
            foreach (KeyValuePair<Origin, OriginState> pair in _state.Origins.Where(pair => IsAliveSlotOf(pair, reference.Origin)).ToArray())
            {
                HandOver moved = HandOverAt(Condition.Stale, node, verb);
                _state.Set(pair.Key, source.Single is not null ? pair.Value.After(moved) : pair.Value.Perhaps(moved));
            }

            if (_summarizes)
            {
                OriginState before = _state.Get(reference.Origin);
                _state.Set(reference.Origin, before.Touch(source.Single is not null ? Condition.Still : Condition.None, Condition.Moved));
            }
        }
    }

    private static bool IsAliveSlotOf(KeyValuePair<Origin, OriginState> pair, Origin source)
        => pair.Key.Kind == OriginKind.Slot && ReferenceEquals(pair.Key.Owner, source) && pair.Value.Fate != Condition.Stale;
}
