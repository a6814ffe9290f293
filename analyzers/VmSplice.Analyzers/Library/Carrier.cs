using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Library;

/// <summary>Which types can hold a way to memory. A number read out of a buffer cannot; an address can.</summary>
internal static class Carrier
{
    /// <summary>What was found in the fields of structs, each looked at once.</summary>
    private static readonly ConditionalWeakTable<ITypeSymbol, StrongBox<bool>> s_structs = new();

    [MethodImpl(Hot.Path)]
    public static bool Carries(ITypeSymbol? type)
    {
        switch (type)
        {
            case null:
                return false;
            case IPointerTypeSymbol or IFunctionPointerTypeSymbol or IArrayTypeSymbol or ITypeParameterSymbol:
                return true;
        }

        switch (type.SpecialType)
        {
            case SpecialType.System_IntPtr or SpecialType.System_UIntPtr or SpecialType.System_Int64 or SpecialType.System_UInt64:
                return true;
            case SpecialType.System_String or SpecialType.System_Void or (>= SpecialType.System_Boolean and <= SpecialType.System_Double):
                return false;
        }

        if (type.IsReferenceType || type.IsRefLikeType)
        {
            return true;
        }

        // A buffer is another constructed type wherever it is named: it would be found anew each time.
        return type.TypeKind == TypeKind.Struct
            && (RuntimeNamespace.Holds(type) || s_structs.GetValue(type, static one => new(!one.IsUnmanagedType || HoldsAddress(one))).Value);
    }

    /// <summary>An address as such, or a window on memory.</summary>
    [MethodImpl(Hot.Path)]
    public static bool IsView(ITypeSymbol? type) => type switch
    {
        IPointerTypeSymbol => true,
        INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "MemoryHandle" } => true,
        { IsRefLikeType: true } => true,
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => true,
        _ => false,
    };

    private static bool HoldsAddress(ITypeSymbol type)
    {
        if (type.Name is "GCHandle" or "PinnedGCHandle" or "MemoryHandle")
        {
            return true;
        }

        if (type is INamedTypeSymbol { IsTupleType: true } || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return true;
        }

        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IFieldSymbol { IsStatic: false } field
                && (field.Type is IPointerTypeSymbol || field.Type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr
                    || field.Type is INamedTypeSymbol { ContainingNamespace.Name: "VmSplice", Name: "PageBuffer" }))
            {
                return true;
            }
        }

        return false;
    }
}
