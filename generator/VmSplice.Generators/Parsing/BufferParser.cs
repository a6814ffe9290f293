using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Generators.Model;
using VmSplice.RuleContract;

namespace VmSplice.Generators.Parsing;

/// <summary>
/// Turns a class marked <c>[Spliceable]</c> into a model, or into the reasons why not. As for records, the generator takes
/// the model and the analyzer takes the findings.
/// </summary>
internal static class BufferParser
{
    /// <summary>The generated field.</summary>
    public const string Pages = "__pages";

    private const string Dispose = "Dispose";

    /// <summary>For the generator: the model of the declaration that carries the attribute, or a stub where it is wrong.</summary>
    public static Parsed ParseDeclaration(INamedTypeSymbol type, SyntaxNode declaration, Compilation compilation, CancellationToken cancellation)
    {
        if (RecordParser.DeclarationOf(type, cancellation) != declaration)
        {
            return default;
        }

        BufferModel? buffer = Parse(type, compilation, [], out bool isReported, cancellation);
        return new Parsed(null, buffer, isReported ? StubParser.OfBuffer(type, compilation, cancellation) : null);
    }

    /// <summary>For both outlets.</summary>
    /// <param name="findings">Receives what is wrong.</param>
    /// <returns>The model, or <see langword="null"/> where the type is wrong.</returns>
    public static BufferModel? Parse(INamedTypeSymbol type, Compilation compilation, List<Finding> findings, CancellationToken cancellation)
        => Parse(type, compilation, findings, out _, cancellation);

    private static BufferModel? Parse(
        INamedTypeSymbol type, Compilation compilation, List<Finding> findings, out bool isReported, CancellationToken cancellation)
    {
        isReported = false;
        if (RecordParser.DeclarationOf(type, cancellation) is not { Identifier.IsMissing: false } declaration)
        {
            return null;
        }

        Location name = declaration.Identifier.GetLocation();
        if (ObstacleOf(type) is { } obstacle)
        {
            findings.Add(new Finding(RuleIds.Kind, name, type.Name, obstacle));
            isReported = true;
            return null;
        }

        findings.AddRange(DeclarationParser.NotPartial(type, cancellation));
        IPropertySymbol[] properties = [.. type.GetMembers().OfType<IPropertySymbol>().Where(property => SegmentParser.MarkOf(property) is not null)];
        findings.AddRange(FindingsOfNumber(type, properties, name, cancellation));
        var names = new QualifiedNames(compilation);
        var parser = new SegmentParser(compilation, names, findings, cancellation);
        (SegmentModel Segment, Shape Element)[] segments = [.. properties.Select(parser.Parse).OfType<(SegmentModel, Shape)>()];
        isReported = findings.Count > 0 || parser.IsReportedElsewhere;
        return findings.Count == 0 && segments.Length == properties.Length ? ModelOf(type, segments, names, cancellation) : null;
    }

    /// <summary>
    /// Whether the generator wrote a member; in the analyzer's compilation they stand beside the user's. A partial property
    /// has the attribute of its generated part, and is the user's all the same.
    /// </summary>
    public static bool IsGenerated(ISymbol member)
        => member is not IPropertySymbol { IsPartialDefinition: true } && member.GetAttributes().Any(attribute =>
            attribute.Is("System.CodeDom.Compiler.GeneratedCodeAttribute")
            && attribute.ConstructorArguments.Length > 0
            && attribute.ConstructorArguments[0].Value is "VmSplice.Generators");

    /// <summary>Whether the user's type has a member where the generator adds one.</summary>
    public static bool IsDisposeTaken(INamedTypeSymbol type)
        => type.Name == Dispose || type.GetMembers(Dispose).Any(member => !IsGenerated(member));

    /// <summary>Whether a stub may implement the runtime's interface.</summary>
    public static bool CanHaveMembers(INamedTypeSymbol type)
        => !type.IsStatic && !IsDisposeTaken(type) && type.GetMembers(Pages).All(IsGenerated)
            && DeclarationParser.ObstacleOfContract(type, KnownNames.BufferInterface) is null;

    private static string? ObstacleOf(INamedTypeSymbol type)
    {
        if (type.IsRecord)
        {
            return "'with' would make a second object that owns the same pages; write 'partial class' for a buffer of segments, "
                + "or 'partial record struct' for values of fixed size";
        }

        if (type.IsStatic || type.IsAbstract)
        {
            return $"it is {(type.IsStatic ? "static" : "abstract")}, and a buffer is an object that is created; remove the modifier";
        }

        if (type.BaseType is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } derived)
        {
            return $"it derives from '{derived.ShortName()}', and a buffer is created without a base class's constructor; hold the other object in a property";
        }

        return DeclarationParser.ObstacleOfPlace(type) ?? ObstacleOfMembers(type);
    }

    private static string? ObstacleOfMembers(INamedTypeSymbol type)
    {
        if (type.InstanceConstructors.Any(constructor => !constructor.IsImplicitlyDeclared && !IsGenerated(constructor)))
        {
            return "it declares a constructor, and a buffer is created over its pages alone; remove it, and use the generated 'Rent' or 'Allocate'";
        }

        if (DeclarationParser.ObstacleOfContract(type, KnownNames.BufferInterface) is { } byHand)
        {
            return byHand;
        }

        if (!type.GetMembers(Pages).All(IsGenerated))
        {
            return $"the generator adds a field '{Pages}', and the name is taken; rename yours";
        }

        if (IsDisposeTaken(type))
        {
            return "the generator adds 'Dispose', which gives the pages back, and the name is taken; rename yours";
        }

        ISymbol? required = type.GetMembers().FirstOrDefault(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });
        return required is null ? null : $"'{required.Name}' is required, and generated code that creates a buffer cannot know its value; remove 'required'";
    }

    /// <summary>None, too many, or in several parts, whose order is not defined.</summary>
    private static IEnumerable<Finding> FindingsOfNumber(INamedTypeSymbol type, IPropertySymbol[] properties, Location name, CancellationToken cancellation)
    {
        SyntaxNode? PartOf(IPropertySymbol property)
            => property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>();

        if (properties.Length == 0)
        {
            yield return new Finding(RuleIds.Segment, name, type.Name,
                "is a buffer without segments; mark a partial property [Segment], or make it a struct where it is a record");
            yield break;
        }

        if (properties.Length > CallLimits.IovMax)
        {
            yield return new Finding(
                RuleIds.SegmentCount,
                name,
                $"'{type.Name}' declares {properties.Length.ToString("N0", CultureInfo.InvariantCulture)}",
                "join segments of one type, or split the buffer");
        }

        SyntaxNode? first = PartOf(properties[0]);
        if (Array.Find(properties, property => PartOf(property) != first) is { } stray)
        {
            yield return new Finding(
                RuleIds.Segment,
                stray.Locations[0],
                stray.Name,
                "stands in another part of the type than the segments before it, and the order across parts is not defined; declare all segments in one part");
        }
    }

    private static BufferModel ModelOf(INamedTypeSymbol type, (SegmentModel Segment, Shape Element)[] segments, QualifiedNames names,
        CancellationToken cancellation)
    {
        string fullName = type.FullName();
        return new BufferModel(
            HintName.Of(fullName),
            fullName,
            type.EscapedNamespace(),
            names.Aliases(RecordParser.MarkOf(type)!.AttributeClass!.ContainingAssembly),
            DeclarationParser.DeclarationsOf(type),
            Fingerprint.Of(segments),
            new(segments.Select(pair => pair.Segment)),
            DeclarationParser.HasRemarks(type, cancellation),
            MembersOf(type));
    }

    public static BufferMembers MembersOf(INamedTypeSymbol type)
    {
        BufferMembers free = BufferMembers.None;
        foreach (BufferMembers member in new[] { BufferMembers.State, BufferMembers.Allocate, BufferMembers.Rent, BufferMembers.RentUninitialized,
            BufferMembers.Receive, BufferMembers.TryReceive })
        {
            free |= TakenNames.IsFree(type, member.ToString()) ? member : BufferMembers.None;
        }

        return free;
    }
}
