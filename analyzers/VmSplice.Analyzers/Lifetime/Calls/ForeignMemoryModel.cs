using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Calls that allocate, release or pin memory that is not the runtime's.</summary>
internal sealed class ForeignMemoryModel(BodyEvaluation body) : ICallModel
{
    /// <summary>Allocation, release and pinning of memory that is not the runtime's; null for any other call.</summary>
    public PointsToSet? Evaluate(Call call)
    {
        if (!body.Shared.SeesRawCalls)
        {
            return null;
        }

        IMethodSymbol method = call.Method;
        if (IsOfSegments(call))
        {
            // A list of segments, made, pinned or given back: the kernel is done with it when the call returns. What it describes is elsewhere.
            return PointsToSet.Nothing;
        }

        switch (LibraryMemory.EffectOf(method, call.Operation))
        {
            case MemoryEffect.AllocatesNative:
                return body.Expressions.Make(call.Node, AllocationKind.Native);
            case MemoryEffect.Maps:
                return body.Expressions.Make(call.Node, AllocationKind.Mapped);
            case MemoryEffect.AllocatesManaged:
                return body.Expressions.Make(call.Node, AllocationKind.Managed);
            case MemoryEffect.AllocatesPinned:
                return body.Expressions.Make(call.Node, AllocationKind.Pinned);
            case MemoryEffect.RentsArray:
                return body.Expressions.Make(call.Node, AllocationKind.Pooled);
            case MemoryEffect.RentsOwner:
                return body.Expressions.Make(call.Node, AllocationKind.PoolOwner);
            case MemoryEffect.Frees:
                Release(call.Argument(0), call.Node, call.Arguments[0].Node, "freed");
                return PointsToSet.Unknown;
            case MemoryEffect.Unmaps:
                return PointsToSet.Nothing;
            case MemoryEffect.ReturnsArray:
                Release(call.Argument(0), call.Node, call.Arguments[0].Node, "returned to its pool");
                return PointsToSet.Nothing;
            case MemoryEffect.Pins:
                return body.Calls.Pins.PinAt(call.Node, call.Receiver is null ? call.Argument(0) : call.On);
            case MemoryEffect.AddressOfPinned:
                return Pins.Through(call.Receiver is null ? call.Argument(0) : call.On);
        }

        if (call.Receiver is { } receiver && method.Name == "Dispose" && receiver.Value.Single is { } site)
        {
            if (site.Kind == AllocationKind.PoolOwner)
            {
                Release(receiver.Value, call.Node, receiver.Node, "disposed");
                return PointsToSet.Nothing;
            }

            if (site.Kind == AllocationKind.Pin)
            {
                body.Calls.Pins.EndPin(site, "is disposed", Wording.LineOf(call.Node));
                return PointsToSet.Nothing;
            }
        }

        if (call.Receiver is { } handle && method.Name == "Free" && handle.Value.Single is { Kind: AllocationKind.Pin } freed)
        {
            body.Calls.Pins.EndPin(freed, "is freed", Wording.LineOf(call.Node));
            return PointsToSet.Nothing;
        }

        return null;
    }

    private static bool IsOfSegments(Call call)
    {
        if (LibraryMemory.EffectOf(call.Method, call.Operation) is MemoryEffect.None or MemoryEffect.AddressOfPinned)
        {
            return false;
        }

        ITypeSymbol made = call.Method.ReturnType is INamedTypeSymbol { Name: "IMemoryOwner", TypeArguments: { Length: 1 } elements }
            ? elements[0] : call.Method.ReturnType;
        return SegmentType.Of(made) is not null || call.Arguments.Any(one => SegmentType.Of(Operand.Unwrap(one.Operation).Type) is not null);
    }

    public void Release(PointsToSet memory, SyntaxNode call, SyntaxNode node, string verb)
    {
        if (memory.Single is not { } site)
        {
            body.Ownership.Escape(memory);
            return;
        }

        SiteState before = body.State.Get(site);
        if (before.Is(OwnershipState.InFlight | OwnershipState.Gifted))
        {
            body.Log.Record(new MemoryReleased(call, node, site, before, verb));
        }

        body.State.Set(site, before.With(OwnershipState.Disposed));
    }
}
