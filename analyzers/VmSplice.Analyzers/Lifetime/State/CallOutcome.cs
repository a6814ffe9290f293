using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Summaries;

namespace VmSplice.Analyzers.Lifetime.State;

/// <summary>A call whose result says what it did: the memory that it was given, before and after. Immutable.</summary>
internal sealed class CallOutcome(SyntaxNode call, IReadOnlyList<OutcomeSummary> outcomes, IReadOnlyList<CallOutcome.Argument> arguments)
    : IEquatable<CallOutcome>
{
    public IReadOnlyList<OutcomeSummary> Outcomes => outcomes;

    public IReadOnlyList<Argument> Arguments => arguments;

    public bool Equals(CallOutcome? other)
        => other is not null && call == other.Call && ReferenceEquals(outcomes, other.Outcomes) && arguments.SequenceEqual(other.Arguments);

    public override bool Equals(object? obj) => Equals(obj as CallOutcome);

    public override int GetHashCode() => call.GetHashCode();

    private SyntaxNode Call => call;

    /// <summary>One argument: its place in the list, its memory, and what was known of that before and after the call.</summary>
    internal readonly record struct Argument(int Ordinal, AllocationSite Site, SiteState Before, SiteState After);
}
