using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Generators.Model;
using VmSplice.RuleContract;

namespace VmSplice.Generators.Parsing;

/// <summary>Decides what a field's bytes are, or why they may not cross to another process.</summary>
internal sealed class FieldParser(RecordParser records)
{
    public const string InlineArrayAdvice = "an inline array must have one field, the default layout, and at most 1 MiB";

    /// <summary>Adds a finding where the type is not allowed; silent where the compiler, or another rule, already speaks.</summary>
    public Shape? Parse(IFieldSymbol field, List<Finding> findings)
    {
        var place = new Place(field.DeclaredName(), LocationOf(field), IsOpen(field), findings);
        if (!field.IsFixedSizeBuffer)
        {
            return ParseMarkedType(field.Type, field.ContainingType, place);
        }

        // Its type is shown as a pointer to the element.
        int length = HomeCompilation.FixedSizeOf(field, records.Compilation);
        return field.Type is IPointerTypeSymbol { PointedAtType: INamedTypeSymbol element } && BuiltInTypes.ValueOf(element) is { } shape && length > 0
            ? (Shape?)ArrayOf(shape, length, shape.Alignment) ?? place.ReportTooLarge(field.ContainingType)
            : null;
    }

    /// <summary>As for a field, for an element of a segment.</summary>
    public Shape? ParseElement(IPropertySymbol segment, ITypeSymbol type, List<Finding> findings)
    {
        var place = new Place(segment.Name, segment.Locations[0], EnumParser.IsOpen(segment), findings);
        return ParseMarkedType(type, segment.ContainingType, place) is { } shape
            ? place.WithoutTail(shape, $"a segment of '{type.ShortName()}'", AdviceForTail(type))
            : null;
    }

    public static Location LocationOf(IFieldSymbol field)
        => (field.AssociatedSymbol ?? field).Locations.FirstOrDefault() ?? Location.None;

    /// <summary>The shape of a struct marked <c>[InlineArray]</c>: its one field, repeated.</summary>
    /// <param name="isOpen">Whether the field that holds the array is marked <c>[OpenEnum]</c>.</param>
    public ArrayShape? ParseInlineArray(INamedTypeSymbol type, int length, bool isOpen, List<Finding> findings)
    {
        IFieldSymbol[] fields = [.. RecordParser.InstanceFieldsOf(type)];
        LayoutFacts facts = records.Layouts.Read(type);
        if (fields.Length != 1 || length < 1 || facts.Kind != LayoutKinds.Sequential || facts.Size != 0)
        {
            return null;
        }

        IFieldSymbol field = fields[0];
        var place = new Place(field.DeclaredName(), LocationOf(field), isOpen || IsOpen(field), findings);
        return ParseType(field.Type, place) is { } shape
            && place.WithoutTail(shape, $"an array of '{field.Type.ShortName()}'", "declare a field for each, or one 'SpliceList'") is { } element
            && (long)element.Size * length <= LayoutCalculator.LargestInlineArray
            ? ArrayOf(element, length, facts.Limit(element.Alignment))
            : null;
    }

    public static int? InlineArrayLengthOf(INamedTypeSymbol type)
        => type.GetAttributes()
            .FirstOrDefault(attribute => attribute.Is("System.Runtime.CompilerServices.InlineArrayAttribute"))?.SingleNumber();

    /// <summary>On the field, or on the property whose value it holds; another assembly's field does not tell its property.</summary>
    private static bool IsOpen(IFieldSymbol field)
        => EnumParser.IsOpen(field)
            || (field.IsImplicitlyDeclared || field.Name.StartsWith("<", StringComparison.Ordinal))
                && field.ContainingType.GetMembers(field.DeclaredName()).Any(member => member is IPropertySymbol && EnumParser.IsOpen(member));

    /// <summary>As <see cref="ParseType"/>, and says where <c>[OpenEnum]</c> has no effect: a nested record says its own.</summary>
    private Shape? ParseMarkedType(ITypeSymbol type, INamedTypeSymbol owner, Place place)
    {
        if (place.IsOpen && type.TypeKind != TypeKind.Error && !HoldsEnum(type))
        {
            place.Findings.Add(new Finding(
                RuleIds.Kind,
                place.Location,
                owner.Name,
                $"[OpenEnum] stands on '{place.Name}', which is no enum and no inline array of one; move it to the field that is, or to the enum"));
            return null;
        }

        return ParseType(type, place);
    }

    private static bool HoldsEnum(ITypeSymbol type)
        => type.TypeKind == TypeKind.Enum
            || (type is INamedTypeSymbol named && InlineArrayLengthOf(named) is not null
                && RecordParser.InstanceFieldsOf(named).FirstOrDefault() is { } element && HoldsEnum(element.Type));

    private Shape? ParseType(ITypeSymbol type, Place place)
    {
        switch (type)
        {
            case { TypeKind: TypeKind.Error or TypeKind.TypeParameter }:
                return null;
            case IPointerTypeSymbol or IFunctionPointerTypeSymbol:
                return place.Report(RuleIds.Reference, $"the pointer '{type.ShortName()}'", "store an offset or an index");
            case { IsReferenceType: true }:
                return place.Report(RuleIds.Reference, KindOfReference(type), AdviceForReference(type, place.Name));
            case INamedTypeSymbol { TypeKind: TypeKind.Enum } named:
                return EnumParser.Parse(named, place.IsOpen);
            case INamedTypeSymbol named:
                return ParseStruct(named, place);
            default:
                return null;
        }
    }

    private Shape? ParseStruct(INamedTypeSymbol type, Place place)
    {
        if (BuiltInTypes.ValueOf(type) is { } value)
        {
            return value;
        }

        if (BuiltInTypes.FixedSizeInsteadOf(type) is { } fixedSize)
        {
            return place.ReportReplaced(RuleIds.PlatformSize, type, fixedSize);
        }

        if (BuiltInTypes.AnyPatternInsteadOf(type) is { } anyPattern)
        {
            return place.ReportReplaced(RuleIds.InvalidPatterns, type, anyPattern);
        }

        if (type.IsRefLikeType || BuiltInTypes.IsHandle(type))
        {
            return type.IsRefLikeType
                ? place.Report(RuleIds.Reference, $"a view of memory ('{type.ShortName()}')", AdviceForView(type))
                : place.Report(RuleIds.Reference, $"a handle ('{type.ShortName()}')", "store an identifier that both processes know");
        }

        if (TailParser.IsText(type))
        {
            return TailParser.Text;
        }

        if (TailParser.IsList(type))
        {
            return ParseList(type.TypeArguments[0], place);
        }

        if (InlineArrayLengthOf(type) is { } length)
        {
            return ParseInlineArray(type, length, place);
        }

        if (RecordParser.IsMarked(type))
        {
            return records.ParseNested(type) is { } record
                ? record
                : place.ReportUnlessInSource(type, "it was compiled without a valid layout; correct it where it is declared");
        }

        return !type.IsUnmanagedType && type.DeclaringSyntaxReferences.IsEmpty
            ? place.Report(RuleIds.Reference, $"a struct with references ('{type.ShortName()}')", "store the values themselves")
            : place.Report(RuleIds.NotSpliceable, $"'{type.ShortName()}'", AdviceForStruct(type));
    }

    private Shape? ParseList(ITypeSymbol item, Place place)
        => ParseType(item, place) switch
        {
            null => null,
            { } shape when TailParser.MayBeItem(shape) => TailParser.ListOf(item, shape, records.Names),
            _ => place.Report(RuleIds.NotSpliceable, $"a list of '{item.ShortName()}'", TailParser.ItemAdvice),
        };

    private ArrayShape? ParseInlineArray(INamedTypeSymbol type, int length, Place place)
    {
        // What is wrong with the element is said at the field that uses the array: the array's own declaration is not marked.
        var inner = new List<Finding>();
        ArrayShape? array = ParseInlineArray(type, length, place.IsOpen, inner);
        if (array is not null)
        {
            return array;
        }

        if (inner.Count > 0)
        {
            place.Findings.AddRange(inner.Select(finding => new Finding(finding.Id, place.Location, [place.Name, .. finding.Arguments.Skip(1)])));
        }
        else if (!HasElementReportedElsewhere(type))
        {
            place.Report(RuleIds.NotSpliceable, $"'{type.ShortName()}'", InlineArrayAdvice);
        }

        return null;
    }

    /// <summary>Whether the element is a record, or no type at all: then its own declaration, or the compiler, says what is wrong.</summary>
    public static bool HasElementReportedElsewhere(INamedTypeSymbol inlineArray)
        => RecordParser.InstanceFieldsOf(inlineArray).Any(field =>
            field.Type.TypeKind == TypeKind.Error || (field.Type is INamedTypeSymbol named && RecordParser.IsMarked(named)));

    private static ArrayShape? ArrayOf(Shape element, int length, int alignment)
        => length > 0 && (long)element.Size * length <= LayoutCalculator.LargestSize ? new ArrayShape(element, length, alignment) : null;

    private static string KindOfReference(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Delegate } => $"the delegate '{type.ShortName()}'",
        { TypeKind: TypeKind.Array } => $"a reference to an array ('{type.ShortName()}')",
        _ => $"a reference ('{type.ShortName()}')",
    };

    private static string AdviceForReference(ITypeSymbol type, string name) => type switch
    {
        { SpecialType: SpecialType.System_String } => $"use a 'SpliceText' in a record, or in a buffer {SegmentForm.InsteadOf(type, type, name)}",
        _ when SegmentForm.ElementOfCollection(type) is { IsUnmanagedType: true } element =>
            $"use a 'SpliceList<{element.ShortName()}>' or an inline array in a record, or in a buffer {SegmentForm.InsteadOf(type, element, name)}",
        { TypeKind: TypeKind.Array } => "use an inline array or a fixed-size buffer",
        { TypeKind: TypeKind.Delegate } => "store an enum that says what to do",
        _ => "store the values themselves, or an identifier that both processes know",
    };

    private static string AdviceForView(INamedTypeSymbol type) => type.OriginalDefinition.MetadataFullName() switch
    {
        KnownNames.TextSegment or KnownNames.CharSegment => "use a 'SpliceText' in a record",
        KnownNames.ListSegment => $"use a 'SpliceList<{type.TypeArguments[0].ShortName()}>' in a record",
        _ => "store the values themselves",
    };

    /// <summary>A buffer has no records behind which a text of theirs could lie.</summary>
    private static string AdviceForTail(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol text when TailParser.IsText(text) => "in a buffer a text is a segment of its own: declare a 'TextSegment'",
        INamedTypeSymbol list when TailParser.IsList(list)
            => $"in a buffer a list is a segment of its own: declare a 'ListSegment<{list.TypeArguments[0].ShortName()}>'",
        _ => "in a buffer each text or list is a segment of its own: a 'TextSegment' or a 'ListSegment<T>'",
    };

    private static string AdviceForStruct(INamedTypeSymbol type) => type switch
    {
        { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => "store the value and a 'bool' that says whether there is one",
        { IsTupleType: true } => "declare a [Spliceable] partial struct with the same fields",
        { DeclaringSyntaxReferences.IsEmpty: false, IsGenericType: false } => $"mark '{type.ShortName()}' [Spliceable]",
        _ => "store its values in fields of their own, or in a [Spliceable] partial struct",
    };

    /// <summary>The field that is being parsed, for findings.</summary>
    private readonly record struct Place(string Name, Location Location, bool IsOpen, List<Finding> Findings)
    {
        public Shape? Report(string id, string what, string advice)
        {
            Findings.Add(new Finding(id, Location, Name, what, advice));
            return null;
        }

        public Shape? ReportTooLarge(INamedTypeSymbol type)
        {
            Findings.Add(new Finding(RuleIds.Kind, Location, type.Name, RecordParser.TooLarge));
            return null;
        }

        public Shape? ReportReplaced(string id, INamedTypeSymbol type, string replacement)
        {
            Findings.Add(new Finding(id, Location, Name, type.ShortName(), replacement)
            {
                Properties = ImmutableDictionary<string, string?>.Empty
                    .Add(FindingProperties.Replaced, type.MetadataFullName())
                    .Add(FindingProperties.Replacement, replacement),
            });
            return null;
        }

        /// <summary>The shape, where no text or list is in it.</summary>
        public Shape? WithoutTail(Shape shape, string what, string advice)
            => TailParser.HasTail(shape) ? Report(RuleIds.NotSpliceable, what + ", with a text or a list", advice) : shape;

        /// <summary>A type in source has its own findings, at its own declaration.</summary>
        public Shape? ReportUnlessInSource(INamedTypeSymbol type, string advice)
            => type.DeclaringSyntaxReferences.IsEmpty ? Report(RuleIds.NotSpliceable, $"'{type.ShortName()}'", advice) : null;
    }
}
