using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>A property marked <c>[Segment]</c> that has not the form of one.</summary>
internal sealed class SegmentDeclaration
{
    private readonly FixSite _site;
    private readonly PropertyDeclarationSyntax _wrong;

    private SegmentDeclaration(FixSite site, PropertyDeclarationSyntax wrong) => (_site, _wrong) = (site, wrong);

    /// <summary>Whether there is code of the user's in it, beyond memory that the buffer replaces.</summary>
    public bool HasContent
        => (_wrong.Initializer?.Value is { } value && !IsEmpty(value))
            || (_wrong.ExpressionBody?.Expression is { } body && !IsEmpty(body))
            || (_wrong.AccessorList?.Accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null) ?? false);

    public static SegmentDeclaration? Of(FixSite site)
        => site.Around<PropertyDeclarationSyntax>() is { ExplicitInterfaceSpecifier: null } wrong ? new SegmentDeclaration(site, wrong) : null;

    /// <param name="form">The type: <c>ref Header</c>, <c>Span&lt;byte&gt;</c>.</param>
    /// <param name="bound">What the attribute is to say of the number of elements; nothing more than it does where <see langword="null"/>.</param>
    public Action<SyntaxEditor>? Become(string form, string? bound = null)
    {
        if (SyntaxFactory.ParseMemberDeclaration(
            SegmentDeclarationText.Of(_wrong.Modifiers.Select(modifier => modifier.Text), Qualified(form), _wrong.Identifier.Text))
                is not PropertyDeclarationSyntax right)
        {
            return null;
        }

        SyntaxToken first = _wrong.Modifiers.Count > 0 ? _wrong.Modifiers[0] : _wrong.Type.GetFirstToken();
        right = right
            .WithModifiers(right.Modifiers.Replace(right.Modifiers[0], right.Modifiers[0].WithLeadingTrivia(first.LeadingTrivia)))
            .WithAttributeLists(bound is null ? _wrong.AttributeLists : Bounded(_wrong.AttributeLists, bound))
            .WithTrailingTrivia(_wrong.GetTrailingTrivia());
        return editor => editor.ReplaceNode(_wrong, right);
    }

    private static SyntaxList<AttributeListSyntax> Bounded(SyntaxList<AttributeListSyntax> lists, string bound)
    {
        AttributeSyntax? mark = lists.SelectMany(list => list.Attributes)
            .FirstOrDefault(attribute => attribute.Name.ToString().Split('.', ':').Last() is "Segment" or "SegmentAttribute");
        if (mark is null)
        {
            return lists;
        }

        AttributeListSyntax list = (AttributeListSyntax)mark.Parent!;
        return lists.Replace(list, list.ReplaceNode(mark, mark.WithArgumentList(SyntaxFactory.ParseAttributeArgumentList($"({bound})")).WithTriviaFrom(mark)));
    }

    private static bool IsEmpty(ExpressionSyntax value) => value switch
    {
        ArrayCreationExpressionSyntax { Initializer: null } or ThrowExpressionSyntax or DefaultExpressionSyntax => true,
        CollectionExpressionSyntax { Elements.Count: 0 } => true,
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.DefaultLiteralExpression) || literal.IsKind(SyntaxKind.NullLiteralExpression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => IsEmpty(sure.Operand),
        _ => false,
    };

    private string Qualified(string form)
    {
        string type = form.Split('<')[0];
        string? home = type switch
        {
            "Span" => "System.",
            "TextSegment" or "CharSegment" or "ListSegment" => "VmSplice.",
            _ => null,
        };
        return home is not null && _site.Model.LookupNamespacesAndTypes(_wrong.SpanStart, name: type).IsEmpty ? home + form : form;
    }
}
