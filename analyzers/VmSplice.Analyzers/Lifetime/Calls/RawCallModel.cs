using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>
/// The raw call with any memory. There is no completion notice: memory is in flight from the call until something
/// happens that could have drained the pipe, and given away for good where it was a gift.
/// </summary>
internal sealed class RawCallModel(BodyEvaluation body) : ICallModel
{
    [MethodImpl(Hot.Path)]
    public PointsToSet? Evaluate(Call call) => body.Shared.RawCalls?.TryGet(call.Operation) is { } raw ? Evaluate(raw, call) : null;

    /// <summary>The pages of some memory are in the pipe from <paramref name="call"/> on.</summary>
    public void GiveToPipe(PointsToSet memory, OwnershipState became, SyntaxNode segments, Call call, string verb, string? helper = null)
    {
        if (!memory.Other && (memory.All || memory.References.Length == 1 || memory.References.All(IsNeverRight)))
        {
            foreach (Reference reference in memory.References)
            {
                if (reference.Site.Kind is AllocationKind.Stack or AllocationKind.Managed or AllocationKind.Pooled)
                {
                    body.Log.Record(new MemoryGiven(segments, reference, body.State.Get(reference.Site), helper));
                }
            }
        }

        foreach (Reference reference in memory.References)
        {
            // Frozen pages are given to nobody else; what is in flight already stays what it is.
            if (reference.Site.Kind == AllocationKind.Pages && body.State.Get(reference.Site) is var pages
                && !pages.Is(OwnershipState.Frozen | OwnershipState.InFlight))
            {
                body.State.Set(reference.Site, pages.Change(OwnershipState.None, OwnershipState.Raw));
            }
        }

        body.Ownership.Change(memory, became, call.Node, verb, isOfParts: true);
        foreach (Reference reference in memory.References)
        {
            if (reference.Pin is { } pin)
            {
                body.State.Set(pin, body.State.Get(pin).After(body.EventAt(OwnershipState.InFlight, call.Node, verb)));
            }
        }

        body.State.SetResult(call.Operation, body.EventAt(became, call.Node, verb));
    }

    /// <summary>Whether the call is wrong with this memory, whichever of several it is.</summary>
    private bool IsNeverRight(Reference reference)
        => reference.Site.Kind == AllocationKind.Stack
        || (reference is { Pin: null, Site: { Kind: AllocationKind.Managed or AllocationKind.Pooled, IsFresh: true } }
        && !body.State.Get(reference.Site).Is(OwnershipState.Pinned));

    /// <summary>Something happened that may have emptied the pipe: what is in flight may be back.</summary>
    public void MayDrain()
    {
        body.Effects.MayDrain = true;
        List<KeyValuePair<AllocationSite, SiteState>>? inFlight = null;
        foreach (KeyValuePair<AllocationSite, SiteState> pair in body.State.Sites)
        {
            if (pair.Value.Is(OwnershipState.InFlight))
            {
                (inFlight ??= []).Add(pair);
            }
        }

        foreach (KeyValuePair<AllocationSite, SiteState> pair in inFlight ?? [])
        {
            body.State.Set(pair.Key, pair.Value.Change(OwnershipState.InFlight, OwnershipState.Shared));
        }
    }

    /// <summary>Whether a call whose effect is not known reaches something through which a pipe may be read or waited for.</summary>
    public static bool CouldDrain(Call call)
        => call.Method.IsExtern || call.Method.ContainingType.Name is "Thread" or "SpinWait" or "Task" or "Monitor"
        || LibraryMemory.IsChannel(call.Receiver?.Operation.Type) || call.Arguments.Any(one => LibraryMemory.IsChannel(one.Operation.Type));

    /// <summary>The raw call whose result an expression surely is.</summary>
    [MethodImpl(Hot.Path)]
    public OwnershipEvent? ResultOf(IOperation? source)
        => source is null ? null
        : Operand.Unwrap(source) is ILocalReferenceOperation local ? body.State.ResultOf(local.Local)
        : body.State.ResultOf(Operand.Unwrap(source));

    /// <summary>A raw call that failed, or accepted nothing, put nothing in flight.</summary>
    public void Revert(OwnershipEvent call)
    {
        foreach (KeyValuePair<AllocationSite, SiteState> pair in body.State.Sites.ToArray())
        {
            if (pair.Value.Events.Any(one => one.Node == call.Node && (one.Range is not null || pair.Value.Events.Length == 1)))
            {
                body.State.Set(pair.Key, pair.Value.Without(call.Node));
            }
        }
    }

    /// <summary>Whether a descriptor is surely the end of a pipe that is read.</summary>
    public bool IsReadEnd(IOperation descriptor) => new ReadEnd(body.Shared.ModelOf, body.Function.Graph).Is(descriptor);

    private PointsToSet Evaluate(RawCall raw, Call call)
    {
        PassedArgument segments =
            call.Arguments.FirstOrDefault(one => one.Operation == raw.Segments || Operand.Unwrap(one.Operation) == Operand.Unwrap(raw.Segments));
        body.Effects.GivesThrough(ParameterOf(raw.Descriptor));

        // Of a pointer to anything but segments only the list itself is known, and that the kernel reads during the call.
        if (segments.Operation is null || IsAddressOfOther(Operand.Unwrap(segments.Operation).Type))
        {
            return PointsToSet.Nothing;
        }

        if (IsReadEnd(raw.Descriptor))
        {
            Receive(segments.Value, segments.Node);
            return PointsToSet.Nothing;
        }

        (OwnershipState became, string verb) = SpliceFlagBits.Of(raw.Flags).SurelyGift
            ? (OwnershipState.Gifted, "given to vmsplice as a gift")
            : (OwnershipState.InFlight, "given to vmsplice");
        GiveToPipe(segments.Value, became, segments.Node, call, verb);
        return PointsToSet.Nothing;
    }

    private static bool IsAddressOfOther(ITypeSymbol? type)
        => SegmentType.Of(type) is null
            && (type is IPointerTypeSymbol or IArrayTypeSymbol || Carrier.Carries(type) && type is { TypeKind: not TypeKind.Error, IsValueType: true });

    /// <summary>The kernel copied from a pipe into the memory, and the pipe is emptier for it.</summary>
    private void Receive(PointsToSet memory, SyntaxNode node)
    {
        // Of frozen pages VMS4004 says that the kernel refuses them (EFAULT): nothing is written.
        if (!memory.References.Any(reference => body.State.Get(reference.Site).Is(OwnershipState.Frozen)))
        {
            body.Ownership.Access(memory, node, MemoryAccess.Write);
        }

        body.Ownership.Escape(memory);
        MayDrain();
    }

    /// <summary>The parameter of the body that a descriptor is; -1 where it is none.</summary>
    public int ParameterOf(IOperation descriptor)
        => Operand.Unwrap(descriptor) is IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol method } parameter }
            && SymbolEqualityComparer.Default.Equals(method, body.Owner)
            ? ExtensionMembers.OrdinalOf(parameter) : -1;
}
