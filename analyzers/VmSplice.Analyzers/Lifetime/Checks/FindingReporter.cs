using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Flow;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>
/// Shows what was recorded to each check, and turns findings into diagnostics, one for each misuse: of those in a statement the gravest
/// for each buffer, and for each buffer the first through each variable. What follows from it is mended with it.
/// </summary>
internal sealed class FindingReporter(Action<Diagnostic> report)
{
    private readonly HashSet<(object Buffer, string Alias)> _reported = [];
    private readonly HashSet<(SyntaxNode, string)> _nodes = [];

    /// <summary>What was found in each statement, in the order of the source, until all is known.</summary>
    private readonly List<(List<Finding> Findings, bool Exceptional)> _found = [];

    public void Add(RecordedStep step)
    {
        List<Finding> findings = [.. step.Events.SelectMany(recorded => LifetimeChecks.All.Select(check => check.Of(recorded))).OfType<Finding>()];
        if (step.Mode == FlowMode.ReportingLaterRound)
        {
            Upgrade(findings);
        }
        else if (findings.Count > 0)
        {
            _found.Add((findings, step.Mode == FlowMode.ReportingExceptional));
        }
    }

    public void AddEnd(EndOfBody end)
    {
        foreach (LifetimeCheck check in LifetimeChecks.All)
        {
            foreach (Finding finding in check.AtEnd(end))
            {
                _found.Add(([finding], false));
            }
        }
    }

    public void Flush()
    {
        foreach ((List<Finding> findings, bool exceptional) in _found)
        {
            Report(findings, exceptional);
        }

        _found.Clear();
    }

    /// <summary>What was possible because of a previous iteration is what every iteration but the first does.</summary>
    private void Upgrade(List<Finding> laterIterations)
    {
        foreach (Finding certain in laterIterations.Where(finding => finding is { IsCertain: true, Access: not null }))
        {
            foreach ((List<Finding> findings, _) in _found)
            {
                int index = findings.FindIndex(one => one.Node == certain.Node && one.Site == certain.Site && !one.IsCertain);
                if (index >= 0)
                {
                    findings[index] = certain;
                }
            }
        }
    }

    private void Report(List<Finding> findings, bool exceptional)
    {
        foreach (Finding finding in findings)
        {
            if (finding.Priority == Priority.Independent && _nodes.Add((finding.Node, finding.Rule.Id)))
            {
                Report(finding);
            }
        }

        foreach (IGrouping<object, Finding> group in findings.Where(finding => finding.Priority != Priority.Independent).GroupBy(Key))
        {
            Finding gravest = group.OrderByDescending(finding => finding.Priority).ThenByDescending(finding => finding.Node.Span.Length).First();

            // Code that only an exception reaches this way was looked at before, with what holds without one.
            if (exceptional && gravest.Access is null)
            {
                // A call that is awaited on the way without an exception: that it may still be under way then is a guess.
                continue;
            }

            if (exceptional && gravest is { IsCertain: true, Access: { } access })
            {
                gravest = Vms2004PossibleUse.AfterException(access);
            }

            if (_reported.Add((group.Key, gravest.Alias)) && _nodes.Add((gravest.Node, "use")))
            {
                Report(gravest);
            }
        }
    }

    private void Report(Finding finding) => report(Diagnostic.Create(
        finding.Rule,
        finding.Node.GetLocation(),
        finding.Cause is { } cause && cause.Node != finding.Node ? [cause.Node.GetLocation()] : [],
        finding.Properties,
        finding.Arguments));

    private static object Key(Finding finding) => (object?)finding.Site?.Node ?? finding.Site?.Name ?? (object)finding.Node;
}
