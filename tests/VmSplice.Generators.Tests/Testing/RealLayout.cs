using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace VmSplice.Generators.Tests.Testing;

/// <summary>
/// Where the runtime really puts a field. <c>Marshal.OffsetOf</c> would tell the unmanaged layout, in which a bool has
/// four bytes and a char one; the bytes that cross a pipe are those of the managed one.
/// </summary>
internal static class RealLayout
{
    public static int OffsetOf(FieldInfo field)
    {
        Type type = field.DeclaringType!;
        var method = new DynamicMethod("OffsetOf", typeof(int), [], type.Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        il.DeclareLocal(type);
        il.Emit(OpCodes.Ldloca_S, (byte)0);
        il.Emit(OpCodes.Ldflda, field);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldloca_S, (byte)0);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<int>>()();
    }

    public static int SizeOf(Type type)
        => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    public static IReadOnlyList<FieldInfo> FieldsOf(Type type)
        => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    /// <summary>The field, or the property's backing field, at the end of a path such as <c>Header.Kind</c>, and its offset from the start.</summary>
    public static (int Offset, int Size) OfPath(Type type, string path)
    {
        int offset = 0;
        foreach (string name in path.Split('.'))
        {
            FieldInfo field = FieldsOf(type).Single(f => f.Name == name || f.Name == $"<{name}>k__BackingField");
            offset += OffsetOf(field);
            type = field.FieldType;
        }

        return (offset, SizeOf(type));
    }
}
