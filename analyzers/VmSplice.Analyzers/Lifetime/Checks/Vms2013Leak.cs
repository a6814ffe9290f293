using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>VMS2013: a rented buffer is neither sent nor disposed, or a record writer neither completed nor disposed.</summary>
internal sealed class Vms2013Leak : LifetimeCheck
{
    /// <summary>The rule, which holds for a record writer in a field too.</summary>
    public static readonly DiagnosticDescriptor LeftBehind = Describe(
        RuleIds.Leak, DiagnosticSeverity.Warning, "Rented buffer or record writer left behind",
        "{0} is {1}: {2}",
        "Pages that are neither sent nor disposed stay mapped until the process ends. "
            + "Records of a writer that is neither completed nor disposed stay in its last chunk, and its reader waits.");

    public override DiagnosticDescriptor Rule => LeftBehind;

    public override IEnumerable<Finding> AtEnd(EndOfBody end)
    {
        List<KeyValuePair<AllocationSite, SiteState>>? all = null;
        foreach (KeyValuePair<AllocationSite, SiteState> pair in end.State.AllSites)
        {
            if (IsLeftBehind(pair))
            {
                (all ??= []).Add(pair);
            }
        }

        // Made in one place: those of the iterations of a loop. They are one mistake, whatever order they come in.
        foreach (IGrouping<SyntaxNode, KeyValuePair<AllocationSite, SiteState>> left
            in all?.GroupBy(pair => pair.Key.Node!).OrderBy(group => group.Key.SpanStart)
                ?? Enumerable.Empty<IGrouping<SyntaxNode, KeyValuePair<AllocationSite, SiteState>>>())
        {
            yield return Describe(left.First().Key, left.All(pair => pair.Value.Ownership == OwnershipState.Owned) ? "on any path" : "on some path");
        }
    }

    private static bool IsLeftBehind(KeyValuePair<AllocationSite, SiteState> pair)
        => pair.Key is { IsFresh: true, Kind: AllocationKind.Pages or AllocationKind.RecordSource, Node: not null }
        && (pair.Value.Facts & (OwnershipState.Owned | OwnershipState.Lost)) == OwnershipState.Owned;

    private Finding Describe(AllocationSite left, string where)
    {
        bool isWriter = left.Kind == AllocationKind.RecordSource;
        string what = (isWriter ? "neither completed nor disposed " : "neither sent nor disposed ") + where;
        string then = isWriter
            ? "its last records are never sent, and the reader waits for them. Complete it where all went well, and declare it with using for the rest."
            : "its pages stay mapped. Declare it with using; Dispose after Send has no effect.";
        return new Finding(Rule, left, left.Node!, cause: null, $"'{left.Name}'", what, then);
    }
}
