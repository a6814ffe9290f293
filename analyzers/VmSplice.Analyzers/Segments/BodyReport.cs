using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Segments;

/// <summary>The diagnostics of one body: each rule at each place once, however many paths and calls lead there.</summary>
internal sealed class BodyReport(Action<Diagnostic> report)
{
    private readonly HashSet<(string Id, Location Location)> _reported = [];

    public void Add(DiagnosticDescriptor rule, SyntaxNode at, SyntaxNode? related, params object[] arguments)
        => Add(rule, at, related, ImmutableDictionary<string, string?>.Empty, arguments);

    public void AddHighLevel(DiagnosticDescriptor rule, SyntaxNode at, SyntaxNode? related, params object[] arguments)
        => Add(rule, at, related, ImmutableDictionary<string, string?>.Empty.Add(FindingProperties.GiftOfWriter, "true"), arguments);

    public void Add(Diagnostic whole) => report(whole);

    private void Add(DiagnosticDescriptor rule, SyntaxNode at, SyntaxNode? related, ImmutableDictionary<string, string?> properties, object[] arguments)
    {
        Location location = at.GetLocation();
        if (_reported.Add((rule.Id, location)))
        {
            report(Diagnostic.Create(rule, location, related is null ? [] : [related.GetLocation()], properties, arguments));
        }
    }
}
