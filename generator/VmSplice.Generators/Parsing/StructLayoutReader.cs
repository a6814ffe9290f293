using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Microsoft.CodeAnalysis;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Parsing;

/// <summary>Reads a struct's layout attributes: from its source, or from metadata, where they are no attributes.</summary>
internal sealed class StructLayoutReader(Compilation compilation)
{
    public const string StructLayout = "System.Runtime.InteropServices.StructLayoutAttribute";
    private const string FieldOffset = "System.Runtime.InteropServices.FieldOffsetAttribute";
    private const string ExtendedLayout = "System.Runtime.InteropServices.ExtendedLayoutAttribute";

    public LayoutFacts Read(INamedTypeSymbol type)
    {
        if (MetadataOf(type) is { } metadata)
        {
            TypeDefinition definition = metadata.GetTypeDefinition((TypeDefinitionHandle)MetadataTokens.Handle(type.OriginalDefinition.MetadataToken));
            TypeLayout layout = definition.GetLayout();
            return new LayoutFacts(KindOf(definition.Attributes & TypeAttributes.LayoutMask), layout.PackingSize, layout.Size);
        }

        AttributeData? attribute = type.GetAttributes().FirstOrDefault(candidate => candidate.Is(StructLayout));
        if (type.GetAttributes().Any(candidate => candidate.Is(ExtendedLayout)))
        {
            return LayoutFacts.Default with { Kind = LayoutKinds.Other };
        }

        return attribute is { ConstructorArguments.Length: 1 }
            ? new LayoutFacts(KindOf(attribute.ConstructorArguments[0].Value), NamedInt(attribute, "Pack"), NamedInt(attribute, "Size"))
            : LayoutFacts.Default;
    }

    /// <returns>The offset, or <see langword="null"/> where none is stated.</returns>
    public int? ExplicitOffsetOf(IFieldSymbol field)
    {
        if (MetadataOf(field.ContainingType) is { } metadata)
        {
            int offset = metadata.GetFieldDefinition((FieldDefinitionHandle)MetadataTokens.Handle(field.OriginalDefinition.MetadataToken)).GetOffset();
            return offset < 0 ? null : offset;
        }

        return field.GetAttributes().FirstOrDefault(attribute => attribute.Is(FieldOffset))?.SingleNumber();
    }

    private static LayoutKinds KindOf(TypeAttributes layout) => layout switch
    {
        TypeAttributes.SequentialLayout => LayoutKinds.Sequential,
        TypeAttributes.ExplicitLayout => LayoutKinds.Explicit,
        TypeAttributes.AutoLayout => LayoutKinds.Auto,
        _ => LayoutKinds.Other,
    };

    // The attribute takes a LayoutKind or, in its older form, a short.
    private static LayoutKinds KindOf(object? value) => value is null ? LayoutKinds.Other : Convert.ToInt32(value, CultureInfo.InvariantCulture) switch
    {
        0 => LayoutKinds.Sequential,
        2 => LayoutKinds.Explicit,
        3 => LayoutKinds.Auto,
        _ => LayoutKinds.Other,
    };

    private static int NamedInt(AttributeData attribute, string name)
        => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value is int value ? value : 0;

    private MetadataReader? MetadataOf(INamedTypeSymbol type)
        => type.DeclaringSyntaxReferences.IsEmpty
            && type.OriginalDefinition.MetadataToken != 0
            && compilation.GetMetadataReference(type.ContainingAssembly) is PortableExecutableReference reference
            && reference.GetMetadata() is AssemblyMetadata assembly
            ? assembly.GetModules()[0].GetMetadataReader()
            : null;
}
