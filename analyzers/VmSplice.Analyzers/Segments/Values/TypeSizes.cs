using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>Sizes of types that are the same on every 64-bit Linux.</summary>
internal static class TypeSizes
{
    private const int DeepestNesting = 8;

    /// <summary>The size in bytes; null where it is not known for sure.</summary>
    public static int? Of(ITypeSymbol? type) => Layout(type, DeepestNesting)?.Size;

    private static (int Size, int Alignment)? Layout(ITypeSymbol? type, int depth)
    {
        if (type is null || depth == 0)
        {
            return null;
        }

        switch (type.SpecialType)
        {
            case SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Boolean:
                return (1, 1);
            case SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char:
                return (2, 2);
            case SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single:
                return (4, 4);
            case SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double
                or SpecialType.System_IntPtr or SpecialType.System_UIntPtr:
                return (8, 8);
        }

        return type switch
        {
            IPointerTypeSymbol or IFunctionPointerTypeSymbol => (8, 8),
            INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } => Layout(underlying, depth - 1),
            INamedTypeSymbol { TypeKind: TypeKind.Struct, IsGenericType: false } structure => OfStruct(structure, depth - 1),
            _ => null,
        };
    }

    private static (int, int)? OfStruct(INamedTypeSymbol type, int depth)
    {
        // What metadata hides (private fields of a reference assembly) or an attribute changes is not known.
        if (type.DeclaringSyntaxReferences.Length == 0 || !AreFieldsInOnePart(type))
        {
            return null;
        }

        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "InlineArrayAttribute"
                || attribute.AttributeClass?.Name == "StructLayoutAttribute"
                && (attribute.NamedArguments.Length > 0 || attribute.ConstructorArguments is not { Length: 1 } arguments
                    || arguments[0].Value is not (int)LayoutKind.Sequential))
            {
                return null;
            }
        }

        (int size, int alignment) = (0, 1);
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is not IFieldSymbol { IsStatic: false } field)
            {
                continue;
            }

            if (field.IsFixedSizeBuffer || Layout(field.Type, depth) is not { } inner)
            {
                return null;
            }

            size = (size + inner.Alignment - 1) / inner.Alignment * inner.Alignment + inner.Size;
            alignment = Math.Max(alignment, inner.Alignment);
        }

        return (Math.Max(1, (size + alignment - 1) / alignment * alignment), alignment);
    }

    /// <summary>The generator writes a second part of a record, without fields. In which order those of two parts lie nobody says.</summary>
    private static bool AreFieldsInOnePart(INamedTypeSymbol type)
    {
        if (type.DeclaringSyntaxReferences.Length == 1)
        {
            return true;
        }

        SyntaxTree? part = null;
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IFieldSymbol { IsStatic: false, DeclaringSyntaxReferences: var declared })
            {
                if (declared.Length != 1 || (part is not null && part != declared[0].SyntaxTree))
                {
                    return false;
                }

                part = declared[0].SyntaxTree;
            }
        }

        return part is not null;
    }
}
