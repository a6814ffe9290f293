using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Generators.Model;
using VmSplice.RuleContract;

namespace VmSplice.Generators.Parsing;

/// <summary>Turns a property marked <c>[Segment]</c> into a segment. One finding a property: the first thing that is wrong.</summary>
internal sealed class SegmentParser(Compilation compilation, QualifiedNames names, List<Finding> findings, CancellationToken cancellation)
{
    private static readonly SyntaxKind[] s_access =
        [SyntaxKind.PublicKeyword, SyntaxKind.InternalKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.PrivateKeyword];

    /// <summary>One byte of a text: what it is a part of gives it its meaning.</summary>
    private static readonly ValueShape s_text = new(1, 1, "text", "text", Check: null);

    /// <summary>Gets whether an element's type is wrong, which is said at its own declaration.</summary>
    public bool IsReportedElsewhere { get; private set; }

    public static AttributeData? MarkOf(IPropertySymbol property)
        => property.GetAttributes().FirstOrDefault(attribute => attribute.Is(KnownNames.SegmentAttribute));

    /// <summary>The modifiers that say who may see a property.</summary>
    public static string AccessOf(BasePropertyDeclarationSyntax declaration)
        => string.Join(" ", declaration.Modifiers.Where(modifier => s_access.Contains(modifier.Kind())).Select(modifier => modifier.Text));

    /// <summary>The segment and its element's shape, or <see langword="null"/> and a finding.</summary>
    public (SegmentModel Segment, Shape Element)? Parse(IPropertySymbol property)
    {
        cancellation.ThrowIfCancellationRequested();
        if (property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not PropertyDeclarationSyntax declaration)
        {
            return Report(property, "is an indexer, and a segment is a property; declare a property, or remove [Segment]");
        }

        (SegmentView view, ITypeSymbol element) = SegmentForm.Of(property.Type, compilation);
        if (element.TypeKind == TypeKind.Error)
        {
            return null;
        }

        SegmentLengths lengths = SegmentLengths.Of(MarkOf(property)!);
        // No form helps what cannot travel: the rule of fields says why.
        if (!element.IsReferenceType && FormProblemOf(property, view, declaration) is { } problem)
        {
            SegmentView right = lengths.Length is not null || (view == SegmentView.Value && lengths.IsStated) ? SegmentView.Span : view;
            string form = SegmentForm.Of(element, right);
            bool isUnbounded = right != SegmentView.Value && !lengths.IsStated;
            string mark = isUnbounded ? "[Segment(MaxLength = …)] " : "";
            string whole = SegmentDeclarationText.Of(declaration.Modifiers.Select(modifier => modifier.Text), form, declaration.Identifier.Text);
            return Report(property, $"{problem}; write '{mark}{whole}'", form, isUnbounded ? element : null);
        }

        if (!element.IsReferenceType && lengths.ProblemOf(view) is { } wrong)
        {
            return Report(property, wrong);
        }

        if (view == SegmentView.Span && lengths.IsVariable
            && property.ContainingType.GetMembers(property.Name + "Length").Any(member => !BufferParser.IsGenerated(member)))
        {
            return Report(
                property, $"has a length that varies, for which the generator adds '{property.Name}Length', and that name is taken; rename one of them");
        }

        if (view == SegmentView.Text)
        {
            return (ModelOf(property, declaration, element, s_text, lengths, view), s_text);
        }

        Shape? shape = RecordParser.ParseElement(
            property, element, compilation, findings, out bool isReportedElsewhere, cancellation);
        IsReportedElsewhere |= isReportedElsewhere;
        return shape is null ? null : (ModelOf(property, declaration, element, shape, lengths, view), shape);
    }

    /// <summary>What is wrong with the property's form, or <see langword="null"/>.</summary>
    private static string? FormProblemOf(IPropertySymbol property, SegmentView view, PropertyDeclarationSyntax declaration)
    {
        if (property.IsStatic)
        {
            return "is static, and a segment belongs to one buffer";
        }

        if (property.SetMethod is not null)
        {
            return view > SegmentView.Span && property.Type.IsRefLikeType
                ? "has a setter, and a text or a list is changed by its own Set, Append or Add"
                : "has a setter, and a segment is written through its reference or span";
        }

        if (property.RefKind == RefKind.RefReadOnly || property.Type.Name is "ReadOnlySpan" or "ReadOnlyMemory")
        {
            return "cannot be written, and the sender must fill it";
        }

        bool isWindow = property.Type is { Name: "Span" } || (view > SegmentView.Span && property.Type.IsRefLikeType);
        if (property.RefKind == RefKind.Ref ? view != SegmentView.Value : !isWindow)
        {
            return "does not return the memory that is sent";
        }

        return declaration.Modifiers.Any(SyntaxKind.PartialKeyword) && HasNoBody(declaration) ? null : "has no place for the generated code";
    }

    private static bool HasNoBody(PropertyDeclarationSyntax declaration)
        => declaration is { ExpressionBody: null, Initializer: null, ExplicitInterfaceSpecifier: null }
            && (declaration.AccessorList?.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null }) ?? false);

    private SegmentModel ModelOf(
        IPropertySymbol property, PropertyDeclarationSyntax declaration, ITypeSymbol element, Shape shape, SegmentLengths lengths, SegmentView view)
    {
        bool isRecord = element is INamedTypeSymbol named && shape is RecordShape && RecordParser.IsMarked(named);
        IReadOnlyList<LeafCheck> checks = LayoutFlattener.ChecksOf(shape);
        return new SegmentModel(
            property.Name,
            SymbolNames.Escape(property.Name),
            string.Join(" ", declaration.Modifiers.Select(modifier => modifier.Text)),
            AccessOf(declaration),
            names.Of(element),
            view == SegmentView.Text ? shape.Type : element.ShortName(),
            shape.Size,
            lengths.Most,
            view == SegmentView.Value ? SegmentKind.Value : lengths.IsVariable ? SegmentKind.Variable : SegmentKind.Fixed,
            isRecord && checks.Count > 0,
            IsObsoleteAsError(element),
            isRecord ? default : new(checks))
        {
            View = view,
            WireType = shape.WireType,
        };
    }

    private static bool IsObsoleteAsError(ITypeSymbol element)
    {
        for (ISymbol? part = element; part is INamedTypeSymbol named; part = part.ContainingType)
        {
            if (named.GetAttributes()
                .Any(attribute => attribute.Is("System.ObsoleteAttribute") && attribute.ConstructorArguments.Length == 2
                    && attribute.ConstructorArguments[1].Value is true))
            {
                return true;
            }
        }

        return false;
    }

    private (SegmentModel, Shape)? Report(IPropertySymbol property, string problem, string? form = null, ITypeSymbol? element = null)
    {
        findings.Add(new Finding(RuleIds.Segment, property.Locations[0], property.Name, problem)
        {
            Properties = form is null
                ? ImmutableDictionary<string, string?>.Empty
                : ImmutableDictionary<string, string?>.Empty.Add(FindingProperties.Form, form).Add(FindingProperties.Element, element?.ShortName()),
        });
        return null;
    }
}
