using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>One misuse, before it is decided which of those of a statement is told.</summary>
internal sealed class Finding(
    DiagnosticDescriptor rule, Origin? origin, SyntaxNode node, string alias, HandOver? handOver, params object[] arguments)
{
    public DiagnosticDescriptor Rule => rule;

    public Origin? Origin => origin;

    public SyntaxNode Node => node;

    /// <summary>The variable through which it happens.</summary>
    public string Alias => alias;

    public HandOver? HandOver => handOver;

    public object[] Arguments => arguments;

    /// <summary>What a code fix needs.</summary>
    public ImmutableDictionary<string, string?> Properties { get; set; } = ImmutableDictionary<string, string?>.Empty;

    public static ImmutableDictionary<string, string?> PropertiesOf(params (string Key, string? Value)[] properties)
    {
        ImmutableDictionary<string, string?>.Builder built = ImmutableDictionary.CreateBuilder<string, string?>();
        foreach ((string key, string? value) in properties)
        {
            built[key] = value;
        }

        return built.ToImmutable();
    }

    /// <summary>Which one is told of several about the same buffer in one statement: the most that can be said.</summary>
    public int Rank => rule.Id switch
    {
        "VMS2008" => 6,
        "VMS2001" or "VMS2012" => 5,
        "VMS2003" => 4,
        "VMS2002" => 3,
        "VMS2004" => Equals(arguments[2], "written") ? 2 : 1,
        _ => 0,
    };
}
