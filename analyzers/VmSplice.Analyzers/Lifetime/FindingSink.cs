using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// Turns findings into diagnostics, one for each misuse: of those in a statement the gravest for each buffer, and for
/// each buffer the first through each variable. What follows from it is mended with it.
/// </summary>
internal sealed class FindingSink(Action<Diagnostic> report)
{
    private readonly HashSet<(object Buffer, string Alias)> _told = [];
    private readonly HashSet<(SyntaxNode, string)> _nodes = [];

    /// <summary>What was found in each statement, in the order of the source, until all is known.</summary>
    private readonly List<(List<Finding> Findings, bool Exceptional)> _taken = [];

    public void Take(List<Finding> findings, bool exceptional)
    {
        if (findings.Count > 0)
        {
            _taken.Add((findings, exceptional));
        }
    }

    /// <summary>What was possible because of an earlier round of a loop is what every round but the first does.</summary>
    public void Settle(List<Finding> laterRounds)
    {
        foreach (Finding sure in laterRounds)
        {
            if (sure.Rank == 0 || sure.Rule.Id == "VMS2004")
            {
                continue;
            }

            foreach ((List<Finding> findings, _) in _taken)
            {
                int index = findings.FindIndex(one => one.Node == sure.Node && one.Origin == sure.Origin && one.Rule.Id == "VMS2004");
                if (index >= 0)
                {
                    findings[index] = sure;
                }
            }
        }
    }

    public void Flush()
    {
        foreach ((List<Finding> findings, bool exceptional) in _taken)
        {
            Tell(findings, exceptional);
        }

        _taken.Clear();
    }

    private void Tell(List<Finding> findings, bool exceptional)
    {
        foreach (Finding finding in findings)
        {
            if (finding.Rank == 0 && _nodes.Add((finding.Node, finding.Rule.Id)))
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

            if (_told.Add((group.Key, gravest.Alias)) && _nodes.Add((gravest.Node, "use")))
            {
                Tell(gravest);
            }
        }
    }

    private void Tell(Finding finding) => report(Diagnostic.Create(
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
