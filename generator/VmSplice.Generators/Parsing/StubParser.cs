using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Parsing;

/// <summary>Finds what a type that breaks a rule needs, for the build to report that rule and no error of the compiler's in its place.</summary>
internal static class StubParser
{
    /// <summary>For a class marked <c>[Spliceable]</c> that is no buffer.</summary>
    public static StubModel? OfBuffer(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        bool canBe = BufferParser.CanHaveMembers(type) && !DeclarationParser.NotPartial(type, cancellation).Any();
        var names = new QualifiedNames(compilation);
        return Of(type, canBe ? StubContract.Buffer : StubContract.None, PropertiesOf(type, names, cancellation), names, RecordParser.MarkOf(type), "");
    }

    /// <summary>For a struct marked <c>[Spliceable]</c> that is no record.</summary>
    public static StubModel? OfRecord(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        // The interface asks for an unmanaged type; and beside another part the compiler would say that this one is not
        // partial, in place of the rule with its fix.
        bool canBe = type is { TypeKind: TypeKind.Struct, IsRefLikeType: false, IsUnmanagedType: true }
            && DeclarationParser.ObstacleOfContract(type, KnownNames.SpliceableInterface) is null
            && !DeclarationParser.NotPartial(type, cancellation).Any();
        return Of(type, canBe ? StubContract.Record : StubContract.None, [], new QualifiedNames(compilation), RecordParser.MarkOf(type), "");
    }

    /// <summary>For a type with segments that is not even meant to be a buffer, or that cannot: at the first of its partial segments.</summary>
    public static StubModel? ParseStray(IPropertySymbol property, Compilation compilation, CancellationToken cancellation)
    {
        if (property.ContainingType is not { } type || IsBuffer(type))
        {
            return null;
        }

        IPropertySymbol first = type.GetMembers().OfType<IPropertySymbol>()
            .FirstOrDefault(member => member.IsPartialDefinition && SegmentParser.MarkOf(member) is not null);
        if (!SymbolEqualityComparer.Default.Equals(first, property))
        {
            return null;
        }

        var names = new QualifiedNames(compilation);
        return Of(type, StubContract.None, PropertiesOf(type, names, cancellation), names, SegmentParser.MarkOf(property), "[Segment]");
    }

    private static bool IsBuffer(INamedTypeSymbol type)
        => type is { TypeKind: TypeKind.Class, IsRecord: false } && RecordParser.IsMarked(type);

    /// <param name="mark">The attribute, which is the runtime's.</param>
    /// <param name="suffix">Of the file's name: a record has a file of its own.</param>
    private static StubModel? Of(
        INamedTypeSymbol type, StubContract contract, StubProperty[] properties, QualifiedNames names, AttributeData? mark, string suffix)
    {
        if (contract == StubContract.None)
        {
            properties = [.. properties.Where(property => property.IsPart)];
        }

        if ((contract == StubContract.None && properties.Length == 0) || !CanBeReopened(type))
        {
            return null;
        }

        string fullName = type.FullName();
        return new StubModel(
            HintName.Of(fullName + suffix),
            fullName,
            type.EscapedNamespace(),
            names.Aliases(mark!.AttributeClass!.ContainingAssembly),
            DeclarationParser.DeclarationsOf(type),
            contract,
            BufferParser.MembersOf(type),
            RecordParser.FactoriesOf(type),
            new(properties));
    }

    private static bool CanBeReopened(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            if (part.IsFileLocal || part.Name.Length == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static StubProperty[] PropertiesOf(INamedTypeSymbol type, QualifiedNames names, CancellationToken cancellation)
    {
        var properties = new List<StubProperty>();
        foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (SegmentParser.MarkOf(property) is not { } mark
                || property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation)
                    is not BasePropertyDeclarationSyntax { AccessorList: { } accessors } declaration)
            {
                continue;
            }

            if (CanBeImplemented(property, declaration))
            {
                properties.Add(new StubProperty(
                    $"{Text(declaration.Modifiers)} {property.Head(names)}",
                    new(accessors.Accessors.Select(accessor => $"{Text(accessor.Modifiers)} {accessor.Keyword.Text}".TrimStart())),
                    IsPart: true));
            }

            string length = property.Name + "Length";
            bool knowsLength = property.Type is { IsRefLikeType: true, Name: "TextSegment" or "CharSegment" or "ListSegment" };
            if (!knowsLength && SegmentLengths.Of(mark).IsVariable && property is { IsStatic: false, IsIndexer: false } && type.GetMembers(length).IsEmpty)
            {
                properties.Add(new StubProperty($"{SegmentParser.AccessOf(declaration)} int {length}".TrimStart(), new(["get", "set"]), IsPart: false));
            }
        }

        return [.. properties];
    }

    /// <summary>Whether an implementation is missing and would be legal. An error of the compiler's in its declaration is not to be said twice.</summary>
    private static bool CanBeImplemented(IPropertySymbol property, BasePropertyDeclarationSyntax declaration)
    {
        bool isMissing = property is { IsPartialDefinition: true, PartialImplementationPart: null, IsAbstract: false }
            && declaration.ExplicitInterfaceSpecifier is null;
        bool hasReferenceAndSetter = property.RefKind != RefKind.None && property.SetMethod is not null;
        (bool unknown, bool pointer) = property.Mentions();
        // The other part of the type is not unsafe, so a pointer needs the property's own modifier.
        return isMissing && !hasReferenceAndSetter && !unknown && (!pointer || declaration.Modifiers.Any(SyntaxKind.UnsafeKeyword));
    }

    private static string Text(SyntaxTokenList modifiers) => string.Join(" ", modifiers.Select(modifier => modifier.Text));
}
