using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>
/// The allocation sites of a body: one for each piece of syntax and kind, so that the same thing met twice is the same. Which
/// ones have been met so far decides nothing.
/// </summary>
internal sealed class AllocationSites
{
    private readonly Dictionary<(object Node, AllocationKind Kind, AllocationSite? Owner), AllocationSite> _known = [];

    private readonly Dictionary<AccessPath, AllocationSite> _seeds = [];

    /// <summary>Access paths and what was in them when the body began.</summary>
    public IEnumerable<KeyValuePair<AccessPath, AllocationSite>> Seeds => _seeds;

    public IEnumerable<AllocationSite> Functions => _known.Values.Where(site => site.Kind == AllocationKind.Function);

    /// <summary>What is made at a piece of syntax.</summary>
    public AllocationSite At(SyntaxNode node, AllocationKind kind, AllocationSite? owner, bool isFresh)
    {
        if (!_known.TryGetValue((node, kind, owner), out AllocationSite? site))
        {
            site = new AllocationSite(kind, node, NameOf(node), owner, isFresh);
            _known[(node, kind, owner)] = site;
        }

        return site;
    }

    /// <summary>A lambda or local function; <paramref name="operation"/> and <paramref name="graph"/> say where its own graph is found.</summary>
    public AllocationSite Function(SyntaxNode node, IOperation operation, ControlFlowGraph graph)
    {
        if (!_known.TryGetValue((node, AllocationKind.Function, null), out AllocationSite? site))
        {
            site = new AllocationSite(AllocationKind.Function, node, NameOf(node), owner: null, isFresh: false, function: (operation, graph));
            _known[(node, AllocationKind.Function, null)] = site;
        }

        return site;
    }

    /// <summary>What was in a path when the body began; <paramref name="ordinal"/> where that is a parameter;
    /// <paramref name="isFresh"/> of an array that the type made itself.</summary>
    [MethodImpl(Hot.Path)]
    public AllocationSite In(AccessPath path, AllocationKind kind, string name, int ordinal = -1, bool isFresh = false)
    {
        if (!_known.TryGetValue((path, kind, null), out AllocationSite? site))
        {
            site = new AllocationSite(kind, node: null, name, owner: null, isFresh, ordinal);
            _known[(path, kind, null)] = site;
            _seeds[path] = site;
        }

        return site;
    }

    /// <summary>What a new object owns of what its constructor was given at a piece of syntax.</summary>
    public AllocationSite HeldBy(SyntaxNode node, AllocationSite given)
    {
        if (!_known.TryGetValue((("held", node), given.Kind, null), out AllocationSite? site))
        {
            site = new AllocationSite(given.Kind, node, given.Name, owner: null, isFresh: false);
            _known[(("held", node), given.Kind, null)] = site;
        }

        return site;
    }

    /// <summary>What came into a path from somewhere unknown.</summary>
    public AllocationSite From(SyntaxNode node, AccessPath path, AllocationKind kind, string? name = null)
    {
        if (!_known.TryGetValue(((node, path), kind, null), out AllocationSite? site))
        {
            site = new AllocationSite(kind, node, name ?? path.Shown, owner: null, isFresh: false);
            _known[((node, path), kind, null)] = site;
        }

        return site;
    }

    /// <summary>The variable that the value goes into, or what makes it.</summary>
    private static string NameOf(SyntaxNode made)
    {
        SyntaxNode node = made;
        while (node.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or RefExpressionSyntax or AwaitExpressionSyntax
            or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
        {
            node = node.Parent;
        }

        return node.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => variable.Identifier.ValueText,
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText,
            AssignmentExpressionSyntax assignment when assignment.Right == node => Excerpt.OfTarget(assignment.Left),
            _ => made is VariableDeclaratorSyntax declarator ? declarator.Identifier.ValueText : Excerpt.Of(made),
        };
    }
}
