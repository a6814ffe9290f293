using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>VMS2009: a field, a collection or a lambda still holds a buffer that was sent or gifted.</summary>
internal sealed class Vms2009StaysReachable : LifetimeCheck
{
    private static readonly DiagnosticDescriptor s_rule = Describe(
        RuleIds.StaysReachable, DiagnosticSeverity.Warning, "Buffer that was handed over stays reachable",
        "{0} still holds {2} after it is {1} here: whoever uses it next meets memory that was given away. Replace it, or set it to default.",
        "A field, a collection or a capture that still holds a buffer that was given away is a mistake that waits for its next user.");

    public override DiagnosticDescriptor Rule => s_rule;

    public override IEnumerable<Finding> AtEnd(EndOfBody end)
        => (end.Events.Any(static one => one is BufferStored or TransferredFromObject)
            ? InFields(end).Concat(InCollections(end)).Concat(InObjects(end)) : InFields(end)).OfType<Finding>();

    /// <summary>Objects that a field leads to; a private method and the last one are not asked, as of fields.</summary>
    private IEnumerable<Finding?> InObjects(EndOfBody end)
    {
        if (IsPrivate(end.Owner) || end.Owner.Name is "Finalize" or "Dispose" or "DisposeAsync" or "Close" or "CloseAsync")
        {
            yield break;
        }

        foreach (TransferredFromObject sent in end.Events.OfType<TransferredFromObject>())
        {
            if (sent.Path.Root is ILocalSymbol local && ObjectsOfFields.StillHold(local, sent.Path.Fields, end))
            {
                yield return Describe(sent.Site, sent.Node, sent.Verb, $"'{sent.Path.Shown}'", sent.Path.Name);
            }
        }
    }

    /// <summary>Whoever calls a private method is asked what is left in the fields. After Dispose and Close there is only a
    /// second call of them: it does no harm where some path through them gives nothing away, or the buffer is asked first.</summary>
    private IEnumerable<Finding?> InFields(EndOfBody end)
    {
        bool isOver = end.Owner.Name is "Finalize" || IsPrivate(end.Owner);
        bool isLast = end.Owner.Name is "Dispose" or "DisposeAsync" or "Close" or "CloseAsync";
        HashSet<AllocationSite> queried = [.. end.Events.OfType<StateQueried>().Select(query => query.Site)];
        foreach (KeyValuePair<AccessPath, PointsToSet> pair in end.State.Paths)
        {
            AccessPath path = pair.Key;
            bool lasts = (path.IsLasting && !isOver)
                || (path.Root is IParameterSymbol { Type.IsReferenceType: true } && path.Fields.Length > 0)
                || path.Root is IParameterSymbol { RefKind: RefKind.Ref or RefKind.Out };
            // What cannot be assigned cannot be replaced: there is no way out to show.
            if (lasts && !Elements.IsElement(path) && !end.Fields.IsReadOnly(path) && SiteIn(pair.Value, end.State) is { } site)
            {
                SiteState last = end.State.Get(site);
                if (path.Root is IParameterSymbol passed && path.Fields.Length > 0 && CauseOf(last)?.Node is IdentifierNameSyntax name
                    && name.Identifier.ValueText == passed.Name)
                {
                    // A method that got the whole object gave the buffer away: it is asked itself.
                    continue;
                }

                bool mayBeOver = isLast && path.IsLasting && ((last.Ownership & ~OwnershipState.Transferred) != 0 || queried.Contains(site));
                if (!mayBeOver && Describe(last, site, $"'{path.Shown}'", path.Name) is { } finding
                    && !(path.IsLasting && end.Method is { } method && FlagsBeside.Guard(method, end.Cancellation)))
                {
                    yield return finding;
                }
            }
        }
    }

    /// <summary>The buffer that a field holds; of several, whichever path it came on, the first that was surely sent on its path.</summary>
    private static AllocationSite? SiteIn(PointsToSet held, LifetimeState state)
        => held.References.IsEmpty || held.Other || held.References.Any(one => one.Site.Kind != AllocationKind.Pages) ? null
        : held.References.Length == 1 ? held.References[0].Site
        : held.References.FirstOrDefault(one => IsSurelyGone(state.Get(one.Site).Ownership)).Site;

    private static bool IsSurelyGone(OwnershipState ownership)
        => ownership != OwnershipState.None && (ownership & ~OwnershipState.Transferred) == OwnershipState.None;

    private static bool IsPrivate(ISymbol member)
        => member.DeclaredAccessibility == Accessibility.Private && member is not IMethodSymbol { ExplicitInterfaceImplementations.IsEmpty: false };

    private IEnumerable<Finding?> InCollections(EndOfBody end)
    {
        var stored = new Dictionary<AllocationSite, BufferStored>();
        HashSet<AllocationSite> transferred = [];
        HashSet<AccessPath> emptied = [];
        foreach (LifetimeEvent recorded in end.Events)
        {
            switch (recorded)
            {
                case BufferStored one:
                    stored[one.Site] = one;
                    break;
                case StorageEnded over when stored.TryGetValue(over.Site, out BufferStored? known) && known.Node == over.Node:
                    stored.Remove(over.Site);
                    break;
                case StoredAndTransferred both:
                    transferred.Add(both.Site);
                    break;
                case CollectionEmptied removal:
                    emptied.Add(removal.Collection);
                    break;
            }
        }

        foreach (BufferStored one in stored.Values)
        {
            bool outlives = transferred.Contains(one.Site)
                && one.Collection is null or { IsLasting: true } or { Root: IParameterSymbol }
                && !(one.Collection is { } collection && emptied.Contains(collection));
            SiteState last = end.State.AllSites.FirstOrDefault(pair => ReferenceEquals(pair.Key, one.Site)).Value;
            // A list without a name may be over before the using is.
            outlives &= one.Collection is not null || last.Is(OwnershipState.Transferred);
            if (outlives && !one.Site.IsPrevious && !last.Events.Any(cause => one.Node.Contains(cause.Node)))
            {
                bool isCapture = one.Node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;
                string holder = isCapture ? $"A lambda on line {Wording.LineOf(one.Node)}"
                    : one.Collection is { } named ? $"'{named.Name}'"
                    : $"The collection on line {Wording.LineOf(one.Node)}";
                yield return Describe(last, one.Site, holder, one.Site.Name);
            }
        }
    }

    /// <summary>The transfer, or the end of the <c>using</c> that disposes what something else still holds.</summary>
    private static OwnershipEvent? CauseOf(SiteState last)
        => last.Is(OwnershipState.Transferred) ? last.EventOf(OwnershipState.Transferred)
        : last.Ownership == OwnershipState.Disposed
            && last.EventOf(OwnershipState.Disposed) is { Verb: "disposed", Node: not InvocationExpressionSyntax } end ? end
        : null;

    private Finding? Describe(SiteState last, AllocationSite site, string holder, string variable)
        => CauseOf(last) is { } cause ? Describe(site, cause.Node, cause.Verb, holder, variable) : null;

    private Finding Describe(AllocationSite site, SyntaxNode node, string verb, string holder, string variable)
        => new(Rule, site, node, cause: null, holder, verb, holder == $"'{site.Name}'" ? "the buffer" : $"'{site.Name}'")
        {
            Properties = ImmutableDictionary<string, string?>.Empty.Add(FindingProperties.Holder, variable),
        };
}
