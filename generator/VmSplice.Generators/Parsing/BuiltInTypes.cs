using Microsoft.CodeAnalysis;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Parsing;

/// <summary>The types of the base library that a record may hold, and those that look as if it could.</summary>
internal static class BuiltInTypes
{
    private static readonly ValueCheck s_bool = new("byte", new([new ValueRange(0, 1)]), 0);

    private static readonly Dictionary<string, ValueShape> s_values = new(StringComparer.Ordinal)
    {
        ["System.Half"] = Plain(2, "Half"),
        ["System.Int128"] = Plain(16, "Int128"),
        ["System.UInt128"] = Plain(16, "UInt128"),
        // An int, two shorts and eight bytes.
        ["System.Guid"] = new(16, 4, "Guid", "Guid", null),
        ["System.TimeSpan"] = Plain(8, "TimeSpan"),
    };

    private static readonly Dictionary<string, string> s_platformSized = new(StringComparer.Ordinal)
    {
        ["System.IntPtr"] = "long",
        ["System.UIntPtr"] = "ulong",
        ["System.Runtime.InteropServices.CLong"] = "long",
        ["System.Runtime.InteropServices.CULong"] = "ulong",
        ["System.Runtime.InteropServices.NFloat"] = "double",
    };

    private static readonly Dictionary<string, string> s_invalidPatterns = new(StringComparer.Ordinal)
    {
        ["System.Decimal"] = "a 'long' or 'Int128' that counts the smallest unit",
        ["System.DateTime"] = "a 'long' with DateTime.ToBinary()",
        ["System.DateTimeOffset"] = "a 'long' with DateTimeOffset.UtcTicks",
        ["System.DateOnly"] = "an 'int' with DateOnly.DayNumber",
        ["System.TimeOnly"] = "a 'long' with TimeOnly.Ticks",
        ["System.Text.Rune"] = "an 'int' with Rune.Value",
    };

    private static readonly HashSet<string> s_handles = new(StringComparer.Ordinal)
    {
        "System.RuntimeTypeHandle", "System.RuntimeMethodHandle", "System.RuntimeFieldHandle",
        "System.Runtime.InteropServices.GCHandle", "System.Runtime.InteropServices.GCHandle`1",
        "System.Runtime.InteropServices.PinnedGCHandle`1", "System.Runtime.InteropServices.WeakGCHandle`1",
        "System.Threading.CancellationTokenRegistration",
    };

    public static ValueShape? ValueOf(INamedTypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_SByte => Plain(1, "sbyte"),
        SpecialType.System_Byte => Plain(1, "byte"),
        SpecialType.System_Int16 => Plain(2, "short"),
        SpecialType.System_UInt16 => Plain(2, "ushort"),
        SpecialType.System_Int32 => Plain(4, "int"),
        SpecialType.System_UInt32 => Plain(4, "uint"),
        SpecialType.System_Int64 => Plain(8, "long"),
        SpecialType.System_UInt64 => Plain(8, "ulong"),
        SpecialType.System_Single => Plain(4, "float"),
        SpecialType.System_Double => Plain(8, "double"),
        SpecialType.System_Char => Plain(2, "char"),
        SpecialType.System_Boolean => new ValueShape(1, 1, "bool", "bool", s_bool),
        _ => IsOfBaseLibrary(type) && s_values.TryGetValue(type.MetadataFullName(), out ValueShape value) ? value : null,
    };

    /// <summary>The type of fixed size to use instead of one whose size depends on the platform.</summary>
    public static string? FixedSizeInsteadOf(INamedTypeSymbol type) => Find(s_platformSized, type);

    /// <summary>What to store instead of a type of which some bit patterns are no values.</summary>
    public static string? AnyPatternInsteadOf(INamedTypeSymbol type) => Find(s_invalidPatterns, type);

    public static bool IsHandle(INamedTypeSymbol type) => IsOfBaseLibrary(type) && s_handles.Contains(type.MetadataFullName());

    private static string? Find(Dictionary<string, string> table, INamedTypeSymbol type)
        => IsOfBaseLibrary(type) && table.TryGetValue(type.MetadataFullName(), out string found) ? found : null;

    /// <summary>A user may well have a <c>System.Guid</c> of their own; it is not the one of the table.</summary>
    private static bool IsOfBaseLibrary(INamedTypeSymbol type)
        => type.ContainingType is null && type.DeclaringSyntaxReferences.IsEmpty;

    private static ValueShape Plain(int size, string name) => new(size, size, name, name, null);
}
