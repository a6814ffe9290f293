using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using VmSplice.Interop;

namespace VmSplice.Tests.Interop;

/// <summary>
/// Each way into the library, where every import is refused as it is on another system: in a copy of the assembly that has made no system call
/// yet, with the resolver that other systems get.
/// </summary>
public sealed class LinuxOnlyTests
{
    private static readonly Type[] s_starts =
        [typeof(SplicePipe), typeof(SpliceWriter), typeof(SpliceReader), typeof(SpliceLink), typeof(KernelSupport), typeof(RawPipe), typeof(PageBuffer<>)];

    public static TheoryData<string> EntryPoints => [.. s_starts.SelectMany(StaticMembers).Where(NeedsNothingOpen).Select(NameOf).Distinct()];

    [Theory]
    [MemberData(nameof(EntryPoints))]
    public void AnotherSystem_PlatformNotSupportedAtTheFirstSystemCallAndAtTheSecond(string entry)
    {
        Assembly copy = CopyOnAnotherSystem();
        MethodInfo method = s_starts.Select(type => copy.GetType(type.FullName!)!).SelectMany(StaticMembers).First(candidate => NameOf(candidate) == entry);
        for (int attempt = 0; attempt < 2; attempt++)
        {
            PlatformNotSupportedException thrown = Assert.IsType<PlatformNotSupportedException>(ThrownBy(method));
            Assert.StartsWith("VmSplice.Generators needs 64-bit Linux; this is ", thrown.Message, StringComparison.Ordinal);
        }
    }

    private static Assembly CopyOnAnotherSystem()
    {
        var context = new AssemblyLoadContext("another system", isCollectible: false);
        Assembly copy = context.LoadFromAssemblyPath(typeof(SplicePipe).Assembly.Location);
        MethodInfo refuse = copy.GetType(typeof(LinuxOnly).FullName!)!.GetMethod(nameof(LinuxOnly.Refuse), BindingFlags.Static | BindingFlags.NonPublic)!;
        NativeLibrary.SetDllImportResolver(copy, refuse.CreateDelegate<DllImportResolver>());
        return copy;
    }

    private static IEnumerable<MethodInfo> StaticMembers(Type type)
        => (type.IsGenericTypeDefinition
            ? type.MakeGenericType(typeof(int)) : type).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(method => !method.Name.StartsWith("op_", StringComparison.Ordinal));

    /// <summary>
    /// A method that takes a handle, a stream or a process is reached only with something that another member opened, and an inherited end only
    /// in a process that such a member started.
    /// </summary>
    private static bool NeedsNothingOpen(MethodInfo method)
        => method.Name != "OpenInherited" && method.GetParameters()
            .All(parameter => parameter.HasDefaultValue || parameter.ParameterType == typeof(int) || parameter.ParameterType == typeof(string));

    private static Exception? ThrownBy(MethodInfo method) => Record.Exception(() =>
    {
        object? result = method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, Arguments(method), null);
        if (result?.GetType().GetMethod("AsTask") is { } asTask)
        {
            result = asTask.Invoke(result, null);
        }

        (result as Task)?.GetAwaiter().GetResult();
    });

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static object?[] Arguments(MethodInfo method)
        => [.. method.GetParameters().Select(parameter =>
            parameter.HasDefaultValue ? parameter.DefaultValue : parameter.ParameterType == typeof(int) ? 4096 : (object)"/nonexistent")];
}
