using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>
/// Buffers that come from where this analysis does not look: an element of a collection, the result of an unknown method, an <c>out</c>
/// argument. Who else has one is not known, and nothing is claimed about it (no VMS2013); but the variable that holds it is enough to
/// tell "sent, then used".
/// </summary>
internal sealed class Adoption(BodyEvaluation body)
{
    /// <summary>Gives what has just been stored an identity, where it has none.</summary>
    public void Adopt(AccessPath path, ITypeSymbol? type, SyntaxNode node, IOperation? source)
    {
        if (body.Shared.Types.IsFollowed(type))
        {
            if (body.Shared.Types.Of(RuntimeSymbols.Unwrap(type)) == SpliceType.PageBuffer && body.Elements.Advance(path, node, source))
            {
                return;
            }

            AdoptBuffer(path, type!, node);
        }
        else if (body.Shared.SeesRawCalls && IsAddress(type))
        {
            AdoptBuffer(path, AllocationKind.Foreign, SiteState.Alive, node);
        }
        else if (path is { Root: ILocalSymbol local, Fields.Length: 0 } && body.Fields.Of(local) is { Count: > 0 } fields
            && (source is null || body.Paths.PathOf(source) is not { } from || body.State.Within(from).Count == 0))
        {
            foreach ((AccessPath field, ITypeSymbol fieldType) in fields)
            {
                AdoptBuffer(field, fieldType, node);
            }
        }
    }

    /// <summary>A pointer, or a number that is one.</summary>
    public static bool IsAddress(ITypeSymbol? type) => type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr };

    [MethodImpl(Hot.Path)]
    public void AdoptBuffer(AccessPath path, ITypeSymbol type, SyntaxNode node)
    {
        if (AllocationKinds.Of(type, isMemory: false, body) is { } kind)
        {
            bool isFrozen = body.Shared.Types.Of(type) == SpliceType.FrozenPages;
            AdoptBuffer(path, kind, isFrozen ? SiteState.Alive.With(OwnershipState.Frozen) : SiteState.Alive, node);
        }
    }

    [MethodImpl(Hot.Path)]
    public void AdoptBuffer(AccessPath path, AllocationKind kind, SiteState alive, SyntaxNode node)
    {
        if (body.State.Get(path).Equals(PointsToSet.Unknown))
        {
            AllocationSite site = body.Sites.From(node, path, kind);
            body.State.Renew(site, alive);
            body.State.Set(path, PointsToSet.Of(site));
        }
    }

    /// <summary>Code that is not in sight ran: it may have the same objects, and have put other buffers into them.</summary>
    public void ForgetShared()
    {
        foreach (AccessPath path in body.Fields.Shared)
        {
            body.State.Forget(path);
        }
    }
}
