using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace VmSplice.Generators.Parsing;

/// <summary>
/// Something wrong with a declaration. Lives in the analyzer only: the generator drops it inside its transform, so that
/// no location enters a model.
/// </summary>
/// <param name="Id">The rule.</param>
/// <param name="Location">Where the user must change something.</param>
/// <param name="Arguments">What the rule's message names.</param>
internal sealed record Finding(string Id, Location Location, params string[] Arguments)
{
    /// <summary>Gets what a code fix needs to know.</summary>
    public ImmutableDictionary<string, string?> Properties { get; init; } = ImmutableDictionary<string, string?>.Empty;
}
