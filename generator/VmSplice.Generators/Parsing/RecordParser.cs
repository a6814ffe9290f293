using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Generators.Model;
using VmSplice.RuleContract;

namespace VmSplice.Generators.Parsing;

/// <summary>
/// Turns a declaration marked <c>[Spliceable]</c> into a model, or into the reasons why not. The one parser of both
/// outlets: the generator takes the model, the analyzer takes the findings.
/// </summary>
internal sealed class RecordParser
{
    public const string TooLarge = "it is larger than any struct may be (128 MiB); send its parts";

    private readonly CancellationToken _cancellation;
    private readonly FieldParser _fields;

    /// <summary>Records being parsed, from the outside in: one that holds itself is the compiler's to report.</summary>
    private readonly Stack<INamedTypeSymbol> _open = new();

    /// <summary>Whether a nested record is wrong, which is said at its own declaration.</summary>
    private bool _isReportedElsewhere;

    private RecordParser(Compilation compilation, CancellationToken cancellation)
    {
        Compilation = compilation;
        _cancellation = cancellation;
        _fields = new FieldParser(this);
        Layouts = new StructLayoutReader(compilation);
        Names = new QualifiedNames(compilation);
    }

    public Compilation Compilation { get; }

    public StructLayoutReader Layouts { get; }

    /// <summary>Gets the names that the generated file needs of the types of fields.</summary>
    public QualifiedNames Names { get; }

    /// <summary>For the generator: the model of the declaration that carries the attribute, or a stub where it is wrong.</summary>
    public static Parsed ParseDeclaration(INamedTypeSymbol type, SyntaxNode declaration, Compilation compilation, CancellationToken cancellation)
    {
        // A second attribute on another part is an error of the compiler's; one file per type all the same.
        if (DeclarationOf(type, cancellation) != declaration)
        {
            return default;
        }

        RecordModel? record = Parse(type, compilation, [], out bool isReported, cancellation);
        return new Parsed(record, null, isReported ? StubParser.OfRecord(type, compilation, cancellation) : null);
    }

    /// <summary>For both outlets.</summary>
    /// <param name="findings">Receives what is wrong.</param>
    /// <returns>The model, or <see langword="null"/> where the type is wrong.</returns>
    public static RecordModel? Parse(INamedTypeSymbol type, Compilation compilation, List<Finding> findings, CancellationToken cancellation)
        => Parse(type, compilation, findings, out _, cancellation);

    private static RecordModel? Parse(
        INamedTypeSymbol type, Compilation compilation, List<Finding> findings, out bool isReported, CancellationToken cancellation)
    {
        isReported = false;
        // A type whose name is yet to be typed is the compiler's to report.
        if (DeclarationOf(type, cancellation) is not { Identifier.IsMissing: false } declaration)
        {
            return null;
        }

        var parser = new RecordParser(compilation, cancellation);
        RecordShape? record = parser.ParseRecord(type, declaration.Identifier.GetLocation(), findings);
        isReported = findings.Count > 0 || parser._isReportedElsewhere;
        return record is null ? null : ModelOf(type, record, parser.Names, cancellation);
    }

    /// <summary>The shape of a value that is an element of a segment.</summary>
    /// <param name="segment">The segment, for findings.</param>
    /// <param name="isReportedElsewhere">Whether there is none because of a type with findings at its own declaration.</param>
    public static Shape? ParseElement(
        IPropertySymbol segment, ITypeSymbol type, Compilation compilation, List<Finding> findings, out bool isReportedElsewhere,
        CancellationToken cancellation)
    {
        var parser = new RecordParser(compilation, cancellation);
        Shape? shape = parser._fields.ParseElement(segment, type, findings);
        isReportedElsewhere = parser._isReportedElsewhere;
        return shape;
    }

    public static bool IsMarked(INamedTypeSymbol type) => MarkOf(type) is not null;

    public static IEnumerable<IFieldSymbol> InstanceFieldsOf(INamedTypeSymbol type)
        => type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && !field.IsConst);

    /// <summary>The shape of a marked struct that is a field of another; what is wrong with it is said at its own declaration.</summary>
    public RecordShape? ParseNested(INamedTypeSymbol type)
    {
        bool complete = !type.DeclaringSyntaxReferences.IsEmpty
            || type.AllInterfaces.Any(contract => contract.OriginalDefinition.MetadataFullName() == KnownNames.SpliceableInterface);
        if (!complete || _open.Contains(type, SymbolEqualityComparer.Default))
        {
            return null;
        }

        var findings = new List<Finding>();
        RecordShape? record = ParseRecord(type, Location.None, findings);
        // What is wrong in another assembly is not said in this build.
        _isReportedElsewhere |= findings.Count > 0 && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, Compilation.Assembly);
        return record;
    }

    public static AttributeData? MarkOf(INamedTypeSymbol type)
        => type.GetAttributes().FirstOrDefault(attribute => attribute.Is(KnownNames.SpliceableAttribute));

    public static TypeDeclarationSyntax? DeclarationOf(INamedTypeSymbol type, CancellationToken cancellation)
        => MarkOf(type)?.ApplicationSyntaxReference?.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>();

    private RecordShape? ParseRecord(INamedTypeSymbol type, Location name, List<Finding> findings)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (DeclarationParser.ObstacleOf(type) is { } obstacle)
        {
            findings.Add(new Finding(RuleIds.Kind, name, type.Name, obstacle));
            return null;
        }

        _open.Push(type);
        int before = findings.Count;
        findings.AddRange(DeclarationParser.NotPartial(type, _cancellation));
        RecordShape? record = ParseFields(type, name, findings);
        _open.Pop();
        return findings.Count == before ? record : null;
    }

    private RecordShape? ParseFields(INamedTypeSymbol type, Location name, List<Finding> findings)
    {
        int before = findings.Count;
        IFieldSymbol[] symbols = [.. InstanceFieldsOf(type)];
        AddHiddenFields(type, name, symbols, findings);
        LayoutFacts facts = Layouts.Read(type);
        if (facts.Kind is LayoutKinds.Auto or LayoutKinds.Other)
        {
            findings.Add(LayoutFindings.WrongKind(type, facts, LayoutAttributeOf(type) ?? name));
        }

        if (FieldParser.InlineArrayLengthOf(type) is { } length)
        {
            return ParseInlineArray(type, name, length, findings);
        }

        var fields = new List<UnplacedField>();
        foreach (IFieldSymbol symbol in symbols)
        {
            int? offset = facts.Kind == LayoutKinds.Explicit ? Layouts.ExplicitOffsetOf(symbol) : 0;
            if (_fields.Parse(symbol, findings) is { } shape && offset >= 0)
            {
                fields.Add(new UnplacedField(symbol.DeclaredName(), shape, offset.Value));
            }
        }

        bool complete = fields.Count == symbols.Length && fields.Count > 0 && findings.Count == before;
        return complete ? Place(type, name, facts, fields, symbols, findings) : null;
    }

    private RecordShape? ParseInlineArray(INamedTypeSymbol type, Location name, int length, List<Finding> findings)
    {
        int before = findings.Count;
        if (_fields.ParseInlineArray(type, length, isOpen: false, findings) is { } array)
        {
            string element = InstanceFieldsOf(type).Single().DeclaredName();
            return new RecordShape(array.Size, array.Alignment, type.ShortName(), new([new PlacedField(element, array, 0)]));
        }

        if (findings.Count == before && !FieldParser.HasElementReportedElsewhere(type))
        {
            findings.Add(new Finding(RuleIds.Kind, name, type.Name, FieldParser.InlineArrayAdvice));
        }

        return null;
    }

    private RecordShape? Place(
        INamedTypeSymbol type, Location name, LayoutFacts facts, List<UnplacedField> fields, IFieldSymbol[] symbols, List<Finding> findings)
    {
        if (facts.Kind == LayoutKinds.Sequential && StrayField(symbols) is { } stray)
        {
            findings.Add(LayoutFindings.SeveralParts(type, stray));
            return null;
        }

        RecordShape? record = LayoutCalculator.Place(type.ShortName(), facts, fields);
        if (record is null)
        {
            findings.Add(new Finding(RuleIds.Kind, name, type.Name, TooLarge));
            return null;
        }

        int before = findings.Count;
        findings.AddRange(LayoutFindings.Find(type, facts, record, fields, symbols));
        var texts = new EquatableArray<FixedTextField>(FixedTextParser.Parse(type, record, symbols, findings));
        return findings.Count == before ? new VersionParser(type, findings).Add(record with { Texts = texts }, facts, fields, symbols) : record;
    }

    /// <summary>Reports fields that no field symbol shows, and a struct that has none at all.</summary>
    private void AddHiddenFields(INamedTypeSymbol type, Location name, IFieldSymbol[] symbols, List<Finding> findings)
    {
        foreach (IEventSymbol hidden in type.GetMembers().OfType<IEventSymbol>())
        {
            bool hasField = hidden.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(_cancellation) is VariableDeclaratorSyntax);
            if (hasField && !hidden.IsStatic)
            {
                findings.Add(new Finding(RuleIds.Reference, hidden.Locations[0], hidden.Name, "an event (a delegate in a hidden field)",
                    "remove it, or make it static"));
            }
        }

        foreach (IParameterSymbol captured in PrimaryConstructorCapture.Find(type, HomeCompilation.Of(type, Compilation), _cancellation))
        {
            findings.Add(new Finding(
                RuleIds.Kind,
                captured.Locations[0],
                type.Name,
                $"its members use the constructor's parameter '{captured.Name}', which the compiler keeps in a hidden field; declare a field for it"));
        }

        if (symbols.Length == 0 && findings.Count == 0)
        {
            findings.Add(new Finding(RuleIds.Kind, name, type.Name, "it has no fields; a record needs at least one"));
        }
    }

    /// <summary>The first field that stands in another part than the field before it.</summary>
    private IFieldSymbol? StrayField(IFieldSymbol[] symbols)
    {
        SyntaxNode? PartOf(IFieldSymbol field)
        {
            Location location = FieldParser.LocationOf(field);
            return location.SourceTree?.GetRoot(_cancellation).FindNode(location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>();
        }

        SyntaxNode? first = PartOf(symbols[0]);
        return Array.Find(symbols, symbol => PartOf(symbol) != first);
    }

    private Location? LayoutAttributeOf(INamedTypeSymbol type)
        => type.GetAttributes().FirstOrDefault(attribute => attribute.Is(StructLayoutReader.StructLayout))
            ?.ApplicationSyntaxReference?.GetSyntax(_cancellation).GetLocation();

    private static RecordModel ModelOf(INamedTypeSymbol type, RecordShape record, QualifiedNames names, CancellationToken cancellation)
    {
        string fullName = type.FullName();
        return new RecordModel(
            HintName.Of(fullName),
            fullName,
            type.EscapedNamespace(),
            names.Aliases(MarkOf(type)!.AttributeClass!.ContainingAssembly),
            DeclarationParser.DeclarationsOf(type),
            LayoutFlattener.Flatten(record),
            type.GetAttributes().Any(attribute => attribute.Is(StructLayoutReader.StructLayout)),
            DeclarationParser.HasRemarks(type, cancellation),
            FactoriesOf(type))
        {
            Texts = record.Texts,
        };
    }

    public static Factories FactoriesOf(INamedTypeSymbol type)
        => (TakenNames.IsFree(type, "CreateWriter") ? Factories.Writer : 0) | (TakenNames.IsFree(type, "CreateReader") ? Factories.Reader : 0);
}
