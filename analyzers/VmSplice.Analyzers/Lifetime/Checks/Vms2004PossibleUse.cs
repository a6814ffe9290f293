using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Text;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>
/// VMS2004: an invalid access on some path, or through an alias that may be it; and memory that a call which nobody awaited may still use.
/// </summary>
internal sealed class Vms2004PossibleUse : LifetimeCheck
{
    private static readonly DiagnosticDescriptor s_rule = Describe(
        RuleIds.PossibleUse, DiagnosticSeverity.Warning, "Possible use of memory that was given away",
        "{0} may be {2} after {1}: {3}",
        "On some path, or through an alias that may be it, memory is used that was given away.");

    public override DiagnosticDescriptor Rule => s_rule;

    public override Finding? Of(LifetimeEvent recorded) => recorded switch
    {
        InvalidAccess { IsCertain: false } access => Describe(access, Done(access.Kind), Doubt(access)),
        UnfinishedIoConflict conflict => Describe(conflict),
        _ => null,
    };

    /// <summary>A view that is returned, and may be one of memory that is given up by then.</summary>
    public override IEnumerable<Finding> AtEnd(EndOfBody end)
        => ReturnedViews.Gone(end).Where(static one => !one.IsCertain).Select(gone => new Finding(
            s_rule, gone.Site, gone.Node, gone.Cause, Wording.Subject(Wording.AliasOf(gone.Node), gone.Site), Wording.Past(gone.Site, gone.Cause),
            Done(AccessKind.Read), "it is returned here, and on some of the paths it is that memory.")
        {
            Priority = Priority.PossibleUse,
            IsCertain = false,
            Alias = Wording.AliasOf(gone.Node),
        });

    /// <summary>An access that is certain, in code that only an exception brings to that state.</summary>
    public static Finding AfterException(InvalidAccess access)
    {
        const OwnershipState Written = OwnershipState.Transferred | OwnershipState.InFlight | OwnershipState.Frozen;
        bool isWrite = access is { Kind: AccessKind.Write, Site.Kind: not AllocationKind.Slot } && (access.Invalid & Written) != 0;
        return Describe(access, isWrite ? "written" : "used", "an exception may bring the code here after that.");
    }

    private static Finding Describe(InvalidAccess access, string done, string doubt)
        => new(s_rule, access.Site, access.Node, access.Cause, access.Subject, access.Past, done, doubt)
        {
            Priority = done == Done(AccessKind.Write) ? Priority.PossibleWrite : Priority.PossibleUse,
            IsCertain = false,
            Access = access,
            Alias = access.Alias,
        };

    private static Finding Describe(UnfinishedIoConflict conflict)
    {
        SyntaxNode start = conflict.Unfinished.Node;
        string alias = Wording.AliasOf(conflict.Node);
        (string done, string may) = conflict.Unfinished.Fills ? ("written", "fill") : ("read", "read");
        return new Finding(
            s_rule, conflict.Site, conflict.Node, new OwnershipEvent(OwnershipState.None, start, "in transfer"),
            conflict.Site.Kind == AllocationKind.Slot ? $"A batch of '{conflict.Site.Owner?.Name}'" : Wording.Subject(alias, conflict.Site),
            conflict.Done, done,
            $"what '{conflict.Unfinished.Method}' on line {Wording.LineOf(start)} started is not awaited, and may still {may} it.")
        {
            Priority = conflict.Unfinished.Fills ? Priority.PossibleWrite : Priority.PossibleUse,
            IsCertain = false,
            Alias = alias,
        };
    }

    private static string Done(AccessKind kind) => kind switch
    {
        AccessKind.Transfer => "handed over again",
        AccessKind.Write => "written",
        _ => "used",
    };

    /// <summary>Which path or alias leaves it open.</summary>
    private static string Doubt(InvalidAccess access)
    {
        PointsToSet accessed = access.Accessed;
        if (access.IsUnknownPart)
        {
            return "which part of the memory this is, and whether it is the part that was given away, is not known here.";
        }

        if (!access.DependsOnPath)
        {
            IEnumerable<string> names = accessed.References.Select(reference => reference.Site.Name).Distinct().Select(name => $"'{name}'");
            string others = accessed.Other ? " or something else" : "";
            if (names.Count() == 1 && !accessed.Other)
            {
                return $"here it is {names.First()} of this round of the loop, or of one before.";
            }

            return $"here it is {string.Join(" or ", names)}{others}, depending on the path.";
        }

        (SyntaxNode node, OwnershipEvent? cause) = (access.Node, access.Cause);
        if (cause is not null && cause.Node.SyntaxTree == node.SyntaxTree && cause.Node.SpanStart >= node.SpanStart && IsInLoop(node))
        {
            return "an earlier round of the loop did that.";
        }

        string? line = cause is null ? null : ConditionAround(cause.Node, node);
        return line is null ? "that happens on some of the paths to here, not on all." : $"that happens {line}.";
    }

    private static bool IsInLoop(SyntaxNode node) => node.Ancestors().Any(around =>
        around is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax or LabeledStatementSyntax
        || (around is BlockSyntax block && block.Statements.Any(one => one is LabeledStatementSyntax)));

    private static string? ConditionAround(SyntaxNode cause, SyntaxNode access)
    {
        for (SyntaxNode? around = cause.Parent; around is not null; around = around.Parent)
        {
            if (around.Span.Contains(access.Span))
            {
                return around is TryStatementSyntax attempt && attempt.Block.Span.Contains(cause.Span) && !attempt.Block.Span.Contains(access.Span)
                    ? "unless an exception comes first"
                    : null;
            }

            switch (around)
            {
                case IfStatementSyntax condition:
                    string negation = condition.Else?.Span.Contains(cause.Span) == true ? "is false" : "is true";
                    return $"on the path where '{Excerpt.Of(condition.Condition)}' on line {Wording.LineOf(condition)} {negation}";
                case SwitchSectionSyntax section:
                    return $"on the path through '{Excerpt.Of(section.Labels[0])}' on line {Wording.LineOf(section)}";
                case ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax:
                    return $"where the loop on line {Wording.LineOf(around)} runs at all";
                case TryStatementSyntax:
                    return "unless an exception comes first";
            }
        }

        return null;
    }
}
