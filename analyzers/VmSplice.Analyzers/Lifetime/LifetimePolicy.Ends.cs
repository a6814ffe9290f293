using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime;

/// <content>Runs a body, and looks at what is left at its end.</content>
internal sealed partial class LifetimePolicy
{
    private readonly Dictionary<Origin, (SyntaxNode Node, Place? Collection)> _stores = [];

    /// <summary>Buffers that were handed over while something held them, or the other way round.</summary>
    private readonly HashSet<Origin> _keptAfterAll = [];
    private readonly HashSet<Place> _emptiedCollections = [];
    private bool _drains;

    /// <summary>Runs the body and reports; the state at the normal end, or null.</summary>
    [MethodImpl(Hot.Path)]
    public LifetimeState? Run(ControlFlowGraph graph, IMethodSymbol? method, List<IOperation> fields)
    {
        var entry = new LifetimeState();
        if (method is not null)
        {
            Seed(entry, method);
        }

        SeedFields(entry, fields);
        _bodies.Push(new Body(graph, new Place(new object(), ".result"), isOutermost: true));
        LifetimeState? end = RunPartitioned(graph, entry.Copy());
        if (_sink is not null && _budget.Exceeded is null)
        {
            RunTheRest(graph, entry);
            if (end is not null)
            {
                CheckEnd(end, method);
            }

            _sink.Flush();
        }

        return end;
    }

    [MethodImpl(Hot.Path)]
    private LifetimeState? RunPartitioned(ControlFlowGraph graph, LifetimeState entry)
    {
        Guards guards = Guards.Of(graph);
        if (!guards.Any)
        {
            return FlowAnalysis<LifetimeState>.Run(graph, this, entry, _budget, report: _sink is not null);
        }

        var partitioned = new PartitionedPolicy<LifetimeState>(this, guards);
        return FlowAnalysis<Partitions<LifetimeState>>.Run(
            graph, partitioned, PartitionedPolicy<LifetimeState>.Enter(entry), _budget, report: _sink is not null) is { } end
            ? partitioned.Merge(end)
            : null;
    }

    [MethodImpl(Hot.Path)]
    private void CheckEnd(LifetimeState end, IMethodSymbol? method)
    {
        // Made in one place: those of the rounds of a loop. They are one mistake, whatever order they come in.
        foreach (IGrouping<SyntaxNode, KeyValuePair<Origin, OriginState>> left in end.Fates.Where(IsLeftBehind).GroupBy(pair => pair.Key.Site!).OrderBy(group => group.Key.SpanStart))
        {
            TellLeak(left.First().Key, left.All(pair => pair.Value.Fate == Condition.Owned) ? "on any path" : "on some path");
        }

        CheckReachable(end, method);
        if (method is not null)
        {
            CheckAnnotations(end, method);
        }
    }

    private static bool IsLeftBehind(KeyValuePair<Origin, OriginState> pair)
        => pair.Key is { IsFresh: true, Kind: OriginKind.Pages or OriginKind.RecordSource, Site: not null }
        && (pair.Value.Conditions & (Condition.Owned | Condition.Lost)) == Condition.Owned;

    private void TellLeak(Origin left, string where)
    {
        bool isWriter = left.Kind == OriginKind.RecordSource;
        string what = (isWriter ? "neither completed nor disposed " : "neither sent nor disposed ") + where;
        string then = isWriter
            ? "its last records are never sent, and the reader waits for them. Declare it with using; Dispose completes the stream."
            : "its pages stay mapped. Declare it with using; Dispose after Send has no effect.";
        _sink!.Take(
            [
                new Finding(LifetimeRules.Leak, left, left.Site!, left.Name, null, $"'{left.Name}'", what, then)
                {
                    Properties = Finding.PropertiesOf(("buffer", left.Name)),
                },
            ],
            exceptional: false);
    }

    [MethodImpl(Hot.Path)]
    private void CheckReachable(LifetimeState end, IMethodSymbol? method)
    {
        // Whoever calls a private method is asked what is left in the fields. After Dispose and Close there is only a
        // second call of them: it does no harm where some path through them does not hand over, or the buffer is asked first.
        bool isOver = Owner.Name is "Finalize" || IsPrivate(Owner);
        bool isLast = Owner.Name is "Dispose" or "DisposeAsync" or "Close" or "CloseAsync";
        foreach (KeyValuePair<Place, Value> pair in end.Places)
        {
            bool lasts = (pair.Key.IsLasting && !isOver)
                || (pair.Key.Root is IParameterSymbol { Type.IsReferenceType: true } && pair.Key.Path.Length > 0)
                || pair.Key.Root is IParameterSymbol { RefKind: RefKind.Ref };
            if (lasts && pair.Value.Single is { Kind: OriginKind.Pages } origin && !(isLast && pair.Key.IsLasting && ((end.Get(origin).Fate & ~HandedOver) != 0 || _statesAsked.Contains(origin))))
            {
                TellReachable(end.Get(origin), origin, $"'{pair.Key.Name}'", pair.Key.Name);
            }
        }

        foreach (KeyValuePair<Origin, (SyntaxNode Node, Place? Collection)> store in _stores)
        {
            bool outlives = _keptAfterAll.Contains(store.Key)
                && store.Value.Collection is null or { IsLasting: true } or { Root: IParameterSymbol }
                && !(store.Value.Collection is { } collection && _emptiedCollections.Contains(collection));
            OriginState last = end.Fates.FirstOrDefault(pair => ReferenceEquals(pair.Key, store.Key)).Value;
            if (outlives && !store.Key.IsOlder && !last.Events.Any(one => store.Value.Node.Contains(one.Node)))
            {
                bool isCapture = store.Value.Node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;
                string holder = isCapture ? $"A lambda on line {Wording.LineOf(store.Value.Node)}" : store.Value.Collection is { } named ? $"'{named.Name}'" : "A collection";
                TellReachable(last, store.Key, holder, store.Key.Name);
            }
        }
    }

    private static bool IsPrivate(ISymbol member)
        => member.DeclaredAccessibility == Accessibility.Private && member is not IMethodSymbol { ExplicitInterfaceImplementations.IsEmpty: false };

    private void TellReachable(OriginState last, Origin origin, string holder, string variable)
    {
        HandOver? handOver = last.Events.FirstOrDefault(one => (one.Became & HandedOver) != 0);
        if ((last.Fate & HandedOver) != 0 && handOver is not null)
        {
            _sink!.Take(
                [
                    new Finding(LifetimeRules.StaysReachable, origin, handOver.Node, variable, null, holder, handOver.Verb)
                    {
                        Properties = Finding.PropertiesOf(("holder", variable)),
                    },
                ],
                exceptional: false);
        }
    }

    [MethodImpl(Hot.Path)]
    private void CheckAnnotations(LifetimeState end, IMethodSymbol method)
    {
        ImmutableArray<IParameterSymbol> parameters = ExtensionMembers.ParametersIn(method);
        foreach (KeyValuePair<Origin, OriginState> pair in end.Fates.ToArray())
        {
            if (pair.Key.Ordinal < 0 || pair.Key.Ordinal >= parameters.Length || pair.Key.Kind != OriginKind.Pages)
            {
                continue;
            }

            IParameterSymbol parameter = parameters[pair.Key.Ordinal];
            if ((parameter.ContainingSymbol is IMethodSymbol && !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method)) || parameter.Name != pair.Key.Name)
            {
                continue;
            }

            ParameterEffect promised = _context.Annotations.Of(parameter);
            Condition fate = EffectOf(pair.Value) & Condition.Fates;
            string? breach = promised switch
            {
                ParameterEffect.Consumes when fate == Condition.Owned => "neither sends nor disposes nor keeps it",
                ParameterEffect.Consumes when (fate & Condition.Owned) != 0 => "neither sends nor disposes nor keeps it on some path",
                ParameterEffect.Borrows or ParameterEffect.Writes => Taken(end, pair.Key, pair.Value, fate),
                _ => null,
            };
            if (breach is not null)
            {
                SyntaxNode node = parameter.DeclaringSyntaxReferences[0].GetSyntax(_budget.Cancellation);
                _sink!.Take(
                    [
                        new Finding(LifetimeRules.Contradiction, pair.Key, node, parameter.Name, null, parameter.Name, promised, breach)
                        {
                            Properties = Finding.PropertiesOf(("parameter", parameter.Name), ("annotation", promised.ToString())),
                        },
                    ],
                    exceptional: false);
            }
        }
    }

    private static string? Taken(LifetimeState end, Origin origin, OriginState last, Condition fate)
    {
        const Condition Gone = HandedOver | Condition.Frozen | Condition.Disposed;
        if ((fate & Gone) != 0)
        {
            HandOver? handOver = last.Events.FirstOrDefault(one => (one.Became & Gone) != 0);
            return handOver is null ? "takes it over" : $"has it {handOver.Verb} on line {Wording.LineOf(handOver.Node)}";
        }

        return end.Places.Any(pair => pair.Key.IsLasting && pair.Value.Refers(origin)) ? "keeps it in a field" : null;
    }
}
