using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;

namespace VmSplice.Analyzers.Raw;

/// <summary>
/// The shape of a <c>struct iovec</c>: our <c>IoVec</c>, or any structure whose two fields are an address and a length, in this order,
/// as the kernel reads them.
/// </summary>
internal sealed class SegmentType
{
    /// <summary>What was found of each structure: asking for its members costs time.</summary>
    private static readonly ConditionalWeakTable<INamedTypeSymbol, StrongBox<SegmentType?>> s_known = new();

    private SegmentType(INamedTypeSymbol type, ISymbol address, ISymbol length)
    {
        Type = type;
        Address = address;
        Length = length;
    }

    public INamedTypeSymbol Type { get; }

    /// <summary>The field (of our own type, the property) that holds the address.</summary>
    public ISymbol Address { get; }

    /// <summary>The field (of our own type, the property) that holds the length.</summary>
    public ISymbol Length { get; }

    /// <summary>The shape of <paramref name="type"/>, or of what it points to or holds (pointer, array, span); null for any other type.</summary>
    public static SegmentType? Of(ITypeSymbol? type) => type switch
    {
        IPointerTypeSymbol pointer => Of(pointer.PointedAtType),
        IArrayTypeSymbol array => Of(array.ElementType),
        INamedTypeSymbol { TypeArguments.Length: 1, Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "List" } list =>
            Of(list.TypeArguments[0]),
        // Of the runtime's own structures one alone; a buffer is another constructed type wherever it is named.
        INamedTypeSymbol { Arity: 1 } list when RuntimeNamespace.Holds(list) => null,
        INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Struct } named => s_known.GetValue(named, static one => new(OfStruct(one))).Value,
        _ => null,
    };

    /// <summary>Address and length as a constructor or an object initialiser gives them; null for what is left out.</summary>
    public static (IOperation? Address, IOperation? Length) Parts(IObjectCreationOperation creation, SegmentType shape)
    {
        IOperation? address = null, length = null;
        if (creation.Arguments.Length == 2)
        {
            foreach (IArgumentOperation argument in creation.Arguments)
            {
                // Address first, as in the kernel's structure, unless the parameter is named after the length.
                bool second = argument.Parameter is { } parameter && (parameter.Ordinal == 1) != NamedOutOfOrder(parameter);
                if (second)
                {
                    length = argument.Value;
                }
                else
                {
                    address = argument.Value;
                }
            }
        }

        if (creation.Initializer is null)
        {
            return (address, length);
        }

        foreach (IOperation initializer in creation.Initializer.Initializers)
        {
            if (initializer is not ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment)
            {
                continue;
            }

            if (SymbolEqualityComparer.Default.Equals(target.Member, shape.Address))
            {
                address = assignment.Value;
            }
            else if (SymbolEqualityComparer.Default.Equals(target.Member, shape.Length))
            {
                length = assignment.Value;
            }
        }

        return (address, length);
    }

    private static SegmentType? OfStruct(INamedTypeSymbol type)
    {
        if (type.Name == "IoVec" && RuntimeNamespace.Holds(type)
            && type.GetMembers("Address").FirstOrDefault() is IPropertySymbol ourAddress
            && type.GetMembers("Length").FirstOrDefault() is IPropertySymbol ourLength)
        {
            return new SegmentType(type, ourAddress, ourLength);
        }

        if (type.GetAttributes().Any(static one => one.AttributeClass?.Name == "SpliceableAttribute"))
        {
            // A record of two numbers: what holds an address is none.
            return null;
        }

        IFieldSymbol? address = null, length = null;
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is not IFieldSymbol { IsStatic: false } field)
            {
                continue;
            }

            if (address is null)
            {
                address = field;
            }
            else if (length is null)
            {
                length = field;
            }
            else
            {
                return null;
            }
        }

        return address is not null && length is not null && IsAddress(address.Type) && IsLength(length.Type)
            // An auto-property (a record struct's) is what code writes; its backing field is what the kernel reads.
            ? new SegmentType(type, address.AssociatedSymbol ?? address, length.AssociatedSymbol ?? length)
            : null;
    }

    private static bool NamedOutOfOrder(IParameterSymbol parameter)
        => parameter.Ordinal == 0 && parameter.Name.IndexOf("len", StringComparison.OrdinalIgnoreCase) >= 0
        || parameter.Ordinal == 1 && parameter.Name.IndexOf("base", StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool IsAddress(ITypeSymbol type)
        => type.TypeKind == TypeKind.Pointer || type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr or SpecialType.System_UInt64;

    private static bool IsLength(ITypeSymbol type)
        => type.SpecialType is SpecialType.System_UIntPtr or SpecialType.System_IntPtr or SpecialType.System_UInt64 or SpecialType.System_Int64
        || type is { TypeKind: TypeKind.Struct, Name: "size_t" };
}
