using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// Turns findings into diagnostics, one for each misuse: of those in a statement the gravest for each buffer, and for
/// each buffer the first through each variable. What follows from it is mended with it.
/// </summary>
internal sealed class FindingSink(Action<Diagnostic> report)
{
    private readonly HashSet<(object Buffer, string Alias)> told = [];
    private readonly HashSet<(SyntaxNode, string)> nodes = [];

    public void Take(List<Finding> findings, bool exceptional)
    {
        if (findings.Count == 0)
        {
            return;
        }

        foreach (Finding finding in findings)
        {
            if (finding.Rank == 0 && nodes.Add((finding.Node, finding.Rule.Id)))
            {
                Tell(finding);
            }
        }

        foreach (IGrouping<object, Finding> group in findings.Where(finding => finding.Rank > 0).GroupBy(Key))
        {
            Finding gravest = group.OrderByDescending(finding => finding.Rank).ThenByDescending(finding => finding.Node.Span.Length).First();

            // Code that only an exception reaches this way was looked at before, with what holds without one.
            if (exceptional && gravest.Rule.Id != "VMS2004")
            {
                gravest = Weaken(gravest);
            }

            if (told.Add((group.Key, gravest.Alias)) && nodes.Add((gravest.Node, "use")))
            {
                Tell(gravest);
            }
        }
    }

    public void Tell(Finding finding) => report(Diagnostic.Create(
        finding.Rule,
        finding.Node.GetLocation(),
        finding.HandOver is { } handOver && handOver.Node != finding.Node ? [handOver.Node.GetLocation()] : [],
        finding.Properties,
        finding.Arguments));

    private static object Key(Finding finding) => (object?)finding.Origin?.Site ?? finding.Origin?.Name ?? (object)finding.Node;

    private static Finding Weaken(Finding finding) => new(
        LifetimeRules.Possible, finding.Origin, finding.Node, finding.Alias, finding.HandOver,
        finding.Arguments[0], finding.Arguments[1], finding.Rule.Id is "VMS2001" or "VMS2012" ? "written" : "used",
        "an exception may bring the code here after that.");
}
