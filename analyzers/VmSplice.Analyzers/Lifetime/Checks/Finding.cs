using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>One misuse, before it is decided which of those of a statement is reported.</summary>
internal sealed class Finding(DiagnosticDescriptor rule, AllocationSite? site, SyntaxNode node, OwnershipEvent? cause, params object[] arguments)
{
    public DiagnosticDescriptor Rule => rule;

    public DiagnosticSeverity Severity => rule.DefaultSeverity;

    public AllocationSite? Site => site;

    public SyntaxNode Node => node;

    /// <summary>The line that a message points to.</summary>
    public OwnershipEvent? Cause => cause;

    public object[] Arguments => arguments;

    /// <summary>Which is reported of several about one buffer in a statement: the most that can be said.</summary>
    public Priority Priority { get; set; } = Priority.Independent;

    public bool IsCertain { get; set; } = true;

    /// <summary>The access that it is about; null of a finding that is no access.</summary>
    public InvalidAccess? Access { get; set; }

    /// <summary>The variable through which it happens.</summary>
    public string Alias { get; set; } = "";

    /// <summary>What a code fix needs.</summary>
    public ImmutableDictionary<string, string?> Properties { get; set; } = ImmutableDictionary<string, string?>.Empty;
}
