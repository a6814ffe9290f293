using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>One origin for each site and kind, so that the same thing met twice is the same.</summary>
internal sealed class OriginTable
{
    private readonly Dictionary<(object Site, OriginKind Kind, Origin? Owner), Origin> _known = [];

    private readonly Dictionary<Place, Origin> _seeds = [];

    /// <summary>Places and what was in them when the body began.</summary>
    public IEnumerable<KeyValuePair<Place, Origin>> Seeds => _seeds;

    public IEnumerable<Origin> Functions => _known.Values.Where(origin => origin.Kind == OriginKind.Function);

    /// <summary>What is made at a piece of syntax.</summary>
    [MethodImpl(Hot.Path)]
    public Origin At(SyntaxNode site, OriginKind kind, Origin? owner, bool isFresh)
    {
        if (!_known.TryGetValue((site, kind, owner), out Origin? origin))
        {
            origin = new Origin(kind, site, NameOf(site), owner, isFresh);
            _known[(site, kind, owner)] = origin;
        }

        return origin;
    }

    /// <summary>What was in a place when the body began.</summary>
    [MethodImpl(Hot.Path)]
    public Origin In(Place place, OriginKind kind, string name)
    {
        if (!_known.TryGetValue((place, kind, null), out Origin? origin))
        {
            origin = new Origin(kind, site: null, name, owner: null, isFresh: false);
            _known[(place, kind, null)] = origin;
            _seeds[place] = origin;
        }

        return origin;
    }

    /// <summary>What came into a place from somewhere unknown.</summary>
    public Origin From(SyntaxNode site, Place place, OriginKind kind)
    {
        if (!_known.TryGetValue(((site, place), kind, null), out Origin? origin))
        {
            origin = new Origin(kind, site, place.Name, owner: null, isFresh: false);
            _known[((site, place), kind, null)] = origin;
        }

        return origin;
    }

    /// <summary>The variable that the value goes into, or what makes it.</summary>
    [MethodImpl(Hot.Path)]
    private static string NameOf(SyntaxNode site)
    {
        SyntaxNode node = site;
        while (node.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or RefExpressionSyntax or AwaitExpressionSyntax
            or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
        {
            node = node.Parent;
        }

        return node.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => variable.Identifier.ValueText,
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText,
            AssignmentExpressionSyntax assignment when assignment.Right == node => NameOfTarget(assignment.Left),
            _ => site is VariableDeclaratorSyntax declarator ? declarator.Identifier.ValueText : Excerpt.Of(site),
        };
    }

    public static string NameOfTarget(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member => member.Name.Identifier.ValueText,
        _ => Excerpt.Of(target),
    };
}
