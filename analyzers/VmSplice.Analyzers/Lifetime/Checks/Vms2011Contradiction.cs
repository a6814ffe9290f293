using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Lifetime.Summaries;
using VmSplice.Analyzers.Ownership;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>VMS2011: a body does something else to a parameter than its annotation says.</summary>
internal sealed class Vms2011Contradiction : LifetimeCheck
{
    private static readonly DiagnosticDescriptor s_rule = Describe(
        RuleIds.Contradiction, DiagnosticSeverity.Warning, "Method contradicts its ownership annotation",
        "Parameter '{0}' is marked [{1}], but the method {2}. Change the annotation or the body: callers are checked against the annotation.",
        "Callers rely on the annotation, and the analysis trusts it.");

    public override DiagnosticDescriptor Rule => s_rule;

    private const OwnershipState Gone = OwnershipState.Transferred | OwnershipState.Frozen | OwnershipState.Disposed;

    public override IEnumerable<Finding> AtEnd(EndOfBody end)
    {
        if (end.Method is not { } method)
        {
            yield break;
        }

        ImmutableArray<IParameterSymbol> parameters = ExtensionMembers.ParametersIn(method);
        foreach (KeyValuePair<AllocationSite, SiteState> pair in end.State.AllSites)
        {
            AllocationSite site = pair.Key;
            if (site.Kind == AllocationKind.Pages && site.Ordinal >= 0 && site.Ordinal < parameters.Length
                && parameters[site.Ordinal] is var parameter && IsOf(parameter, method) && parameter.Name == site.Name
                && BreachOf(end, site, pair.Value, parameter) is { } finding)
            {
                yield return finding;
            }
        }
    }

    /// <summary>A local function's parameters are counted as the method's are.</summary>
    private static bool IsOf(IParameterSymbol parameter, IMethodSymbol method)
        => parameter.ContainingSymbol is not IMethodSymbol || SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method);

    private Finding? BreachOf(EndOfBody end, AllocationSite site, SiteState last, IParameterSymbol parameter)
    {
        ParameterEffect promised = end.Shared.Annotations.Of(parameter);
        OwnershipState ownership = SummaryBuilder.EffectOf(last) & OwnershipState.Ownership;
        if (promised == ParameterEffect.Consumes && end.Shared.Types.Of(RuntimeSymbols.Unwrap(parameter.Type)) == SpliceType.FrozenPages)
        {
            // Frozen pages can be sent any number of times: what is done with them last is not followed.
            return null;
        }

        string? breach = promised switch
        {
            ParameterEffect.Consumes when ownership == OwnershipState.Owned => "neither sends nor disposes nor keeps it",
            ParameterEffect.Consumes when (ownership & OwnershipState.Owned) != 0 => "neither sends nor disposes nor keeps it on some path",
            ParameterEffect.Borrows or ParameterEffect.Writes => Taken(end, site, last, ownership),
            _ => null,
        };
        return breach is null ? null
            : new Finding(Rule, site, parameter.DeclaringSyntaxReferences[0].GetSyntax(end.Cancellation), cause: null, parameter.Name, promised, breach);
    }

    private static string? Taken(EndOfBody end, AllocationSite site, SiteState last, OwnershipState ownership)
    {
        if ((ownership & Gone) != 0)
        {
            return last.EventOf(Gone) is { } cause ? $"has it {cause.Verb} on line {Wording.LineOf(cause.Node)}" : "takes it over";
        }

        return end.State.Paths.Any(pair => pair.Key.IsLasting && pair.Value.Refers(site)) ? "keeps it in a field"
            : CollectionWith(end, site) is { } collection ? $"keeps it in '{collection.Name}'" : null;
    }

    /// <summary>The list or queue in a field that the method puts it into; one that it also takes something out of may be empty again.</summary>
    private static AccessPath? CollectionWith(EndOfBody end, AllocationSite site)
        => end.Events.OfType<BufferStored>().FirstOrDefault(one => ReferenceEquals(one.Site, site) && one.Collection is { IsLasting: true }
            && !end.Events.OfType<CollectionEmptied>().Any(removal => removal.Collection.Equals(one.Collection) && !IsOfTooMany(removal.Node, one.Node)))
            ?.Collection;

    /// <summary><c>while (_recent.Count > depth) _recent.Dequeue();</c> takes out what is too much, and leaves what was put in last.</summary>
    private static bool IsOfTooMany(SyntaxNode removal, SyntaxNode stored)
        => removal.Ancestors().TakeWhile(around => !around.Span.Contains(stored.Span)).Any(static around => around switch
        {
            WhileStatementSyntax loop => AsksForTooMany(loop.Condition),
            IfStatementSyntax condition => AsksForTooMany(condition.Condition),
            _ => false,
        });

    private static bool AsksForTooMany(ExpressionSyntax condition)
        => condition is BinaryExpressionSyntax
        {
            RawKind: (int)SyntaxKind.GreaterThanExpression or (int)SyntaxKind.GreaterThanOrEqualExpression,
            Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" },
            Right: not LiteralExpressionSyntax { Token.ValueText: "0" or "1" },
        };
}
