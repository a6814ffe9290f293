using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Ownership;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Lifetime;

/// <content>Uses of memory, and whether its owner is still this code.</content>
internal sealed partial class LifetimePolicy
{
    private const Condition HandedOver = Condition.Sent | Condition.Gifted;

    /// <summary>
    /// A read or write at <paramref name="node"/>; <paramref name="throughBuffer"/> where the buffer itself is asked.
    /// </summary>
    [MethodImpl(Hot.Path)]
    private void Use(Value value, SyntaxNode node, Touch touch, bool throughBuffer = false)
    {
        if (touch == Touch.None || value.References.IsEmpty)
        {
            return;
        }

        if (_summarizes)
        {
            Remember(value, touch);
        }

        if (touch == Touch.Write && _transfers.Count > 0)
        {
            CheckTransfer(value, node, "it is written here", writes: true);
        }

        Check(value, node, touch == Touch.Write ? Purpose.Write : throughBuffer ? Purpose.Ask : Purpose.Read);
    }

    /// <summary>Finds what is done with memory that was given away before, or may have been.</summary>
    [MethodImpl(Hot.Path)]
    private void Check(Value value, SyntaxNode node, Purpose purpose)
    {
        Condition all = Condition.None;
        Origin? dead = null;
        bool certain = !value.Other;
        foreach (Reference reference in value.References)
        {
            Origin origin = reference.Origin;
            Condition fate = _state.Get(origin).Fate;
            Condition bad = fate & Forbidden(origin.Kind, purpose);
            if (bad != Condition.None)
            {
                dead ??= origin;
                all |= bad;
            }

            certain &= bad != Condition.None && bad == fate;
        }

        if (dead is null || !MayTell())
        {
            return;
        }

        string alias = Wording.AliasOf(node);
        HandOver? handOver = HandOverOf(dead, all);
        string subject = Wording.Subject(alias, dead);
        string past = Wording.Past(dead, handOver) + InWhichRound;
        _findings.Add(certain
            ? new Finding(RuleOf(dead.Kind, all, purpose), dead, node, alias, handOver, subject, past)
            : new Finding(LifetimeRules.Possible, dead, node, alias, handOver, subject, past, Done(purpose), Doubt(value, dead, node, handOver)));
    }

    private string InWhichRound => IsLaterRound ? ", in the round before" : "";

    private static Condition Forbidden(OriginKind kind, Purpose purpose) => (kind, purpose) switch
    {
        (_, Purpose.HandOver) => HandedOver | Condition.Disposed | Condition.Frozen,
        (OriginKind.Pages, Purpose.Write) => HandedOver | Condition.Disposed | Condition.Frozen | Condition.InFlight,
        (OriginKind.Pages, Purpose.Ask) => HandedOver | Condition.Disposed | Condition.Frozen,
        (OriginKind.Pages, _) => HandedOver | Condition.Disposed,
        (OriginKind.Slot, _) => Condition.Stale,
        (OriginKind.RecordSource or OriginKind.Pin or OriginKind.Function, _) => Condition.None,

        // Memory of the raw call: reading it does no harm, and freeing it is a rule of its own.
        (_, Purpose.Write) => Condition.Gifted | Condition.InFlight,
        _ => Condition.None,
    };

    private static DiagnosticDescriptor RuleOf(OriginKind kind, Condition bad, Purpose purpose) => purpose switch
    {
        Purpose.HandOver when (bad & HandedOver) != 0 => LifetimeRules.SentTwice,
        Purpose.HandOver => LifetimeRules.UseAfterHandOver,
        _ when kind == OriginKind.Slot => LifetimeRules.StaleSlot,
        Purpose.Write when (bad & (HandedOver | Condition.InFlight)) != 0 => LifetimeRules.WriteAfterHandOver,
        Purpose.Write when (bad & Condition.Frozen) != 0 => LifetimeRules.FrozenWrite,
        _ => LifetimeRules.UseAfterHandOver,
    };

    private static string Done(Purpose purpose) => purpose switch
    {
        Purpose.HandOver => "handed over again",
        Purpose.Write => "written",
        _ => "used",
    };

    private HandOver? HandOverOf(Origin origin, Condition conditions)
    {
        ImmutableArray<HandOver> events = _state.Get(origin).Events;
        foreach (HandOver one in events)
        {
            if ((one.Became & conditions) != 0)
            {
                return one;
            }
        }

        return null;
    }

    /// <summary>Which path or alias leaves it open: the end of a VMS2004.</summary>
    private string Doubt(Value value, Origin dead, SyntaxNode node, HandOver? handOver)
    {
        if (value.References.Length > 1 || value.Other)
        {
            IEnumerable<string> names = value.References.Select(reference => reference.Origin.Name).Distinct().Select(name => $"'{name}'");
            string others = value.Other ? " or something else" : "";
            return $"here it is {string.Join(" or ", names)}{others}, depending on the path.";
        }

        // It may be what every round but the first does; the engine looks.
        _hasLoopDoubt = true;
        if (handOver is not null && handOver.Node.SyntaxTree == node.SyntaxTree && handOver.Node.SpanStart >= node.SpanStart)
        {
            return "an earlier round of the loop did that.";
        }

        string? line = handOver is null ? null : ConditionAround(handOver.Node, node);
        return line is null ? "that happens on some of the paths to here, not on all." : $"that happens {line}.";
    }

    private static string? ConditionAround(SyntaxNode handOver, SyntaxNode use)
    {
        for (SyntaxNode? around = handOver.Parent; around is not null; around = around.Parent)
        {
            if (around.Span.Contains(use.Span))
            {
                return around is TryStatementSyntax attempt && attempt.Block.Span.Contains(handOver.Span) && !attempt.Block.Span.Contains(use.Span)
                    ? "unless an exception comes first"
                    : null;
            }

            switch (around)
            {
                case IfStatementSyntax condition:
                    string negation = condition.Else?.Span.Contains(handOver.Span) == true ? "is false" : "is true";
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

    private void Remember(Value value, Touch touch)
    {
        (Condition remove, Condition add) = touch == Touch.Write
            ? (Condition.Unwritten, Condition.Written)
            : (Condition.Unread, Condition.Read);
        bool strong = value.Single is not null || value.All;
        foreach (Reference reference in value.References)
        {
            OriginState before = _state.Get(reference.Origin);
            _state.Set(reference.Origin, before.Touch(strong ? remove : Condition.None, add));
        }
    }

    /// <summary>What the value refers to changed hands; strongly where it is surely that, weakly where it is one of several.</summary>
    [MethodImpl(Hot.Path)]
    private void Become(Value value, Condition condition, SyntaxNode node, string verb)
    {
        if (value.References.IsEmpty)
        {
            return;
        }

        HandOver handOver = HandOverAt(condition, node, verb);
        bool strong = value.All || value.References.Length == 1 || IsSoleReference(value);
        foreach (Reference reference in value.References)
        {
            OriginState before = _state.Get(reference.Origin);
            if ((before.Conditions & Condition.Kept) != 0 && (condition & HandedOver) != 0)
            {
                _keptAfterAll.Add(reference.Origin);
            }

            bool certainly = strong && !value.Other && (before.Conditions & Condition.Many) == 0;
            OriginState after = certainly ? before.After(handOver) : before.Perhaps(handOver);
            // One of several was handed over: which of them is still to be, nobody knows.
            _state.Set(reference.Origin, strong ? after : after.Touch(Condition.None, Condition.Lost));
        }
    }

    /// <summary>
    /// Whether one variable alone holds these, so that on each path the one that it holds is the only one alive:
    /// <c>current</c>, which was rented before the loop or in it.
    /// </summary>
    private bool IsSoleReference(Value value)
        => value.References.All(reference => _state.Places.Count(pair => pair.Value.Refers(reference.Origin) && pair.Key.Root is ISymbol or string) <= 1);

    [MethodImpl(Hot.Path)]
    private HandOver HandOverAt(Condition became, SyntaxNode node, string verb)
    {
        var handOver = new HandOver(became, node, verb);
        if (_handOvers.TryGetValue(handOver, out HandOver? known))
        {
            return known;
        }

        _handOvers.Add(handOver, handOver);
        return handOver;
    }

    /// <summary>Somebody else may own it from here on.</summary>
    [MethodImpl(Hot.Path)]
    private void Escape(Value value)
    {
        foreach (Reference reference in value.References)
        {
            OriginState before = _state.Get(reference.Origin);
            if ((before.Conditions & Condition.Owned) != 0)
            {
                _state.Set(reference.Origin, before.Touch(Condition.Owned, Condition.Elsewhere));
            }
        }
    }

    /// <summary>What is done with memory, and so which conditions forbid it.</summary>
    private enum Purpose
    {
        /// <summary>Read through a view.</summary>
        Read,

        /// <summary>Read through the buffer itself, which no condition but Owned allows.</summary>
        Ask,
        Write,
        HandOver,
    }
}
