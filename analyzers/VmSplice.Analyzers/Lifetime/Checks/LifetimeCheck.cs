using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>One rule. It sees what was recorded, in the order of the replay, then the end of the body; it changes nothing.</summary>
internal abstract class LifetimeCheck
{
    private const string Category = "VmSplice.Lifetime";

    public abstract DiagnosticDescriptor Rule { get; }

    /// <summary>What the rule says of one recorded event.</summary>
    public virtual Finding? Of(LifetimeEvent recorded) => null;

    /// <summary>What the rule says of the body as a whole.</summary>
    public virtual IEnumerable<Finding> AtEnd(EndOfBody end) => [];

    protected static DiagnosticDescriptor Describe(string id, DiagnosticSeverity severity, string title, string message, string description)
        => new(id, title, message, Category, severity, isEnabledByDefault: true, description, RuleHelp.For(id));
}
