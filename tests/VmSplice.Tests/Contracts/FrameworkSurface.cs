using System.Buffers;
using System.IO.Pipelines;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using VmSplice.Pipes;

namespace VmSplice.Tests.Contracts;

/// <summary>What of the framework's classes and interfaces this library overrides and implements, found by reflection.</summary>
internal static class FrameworkSurface
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Base classes and interfaces with a contract that others rely on. IDisposable counts for public types.</summary>
    private static readonly HashSet<Type> s_contracts =
    [
        typeof(Stream), typeof(PipeWriter), typeof(PipeReader), typeof(MemoryManager<>), typeof(IBufferWriter<>), typeof(IMemoryOwner<>),
        typeof(IAsyncEnumerable<>), typeof(IAsyncEnumerator<>), typeof(IAsyncDisposable), typeof(IDuplexPipe), typeof(IValueTaskSource),
        typeof(IValueTaskSource<>),
        typeof(IDisposable),
    ];

    /// <summary>Those whose contract is the language's own, or whose only caller is this library.</summary>
    private static readonly HashSet<Type> s_others =
    [
        typeof(object), typeof(ValueType), typeof(Enum), typeof(Attribute), typeof(Exception), typeof(SystemException), typeof(IOException),
        typeof(MulticastDelegate),
        typeof(IEquatable<>), typeof(IThreadPoolWorkItem), typeof(System.Diagnostics.Tracing.EventSource), typeof(IPinnable),
        typeof(System.Runtime.Serialization.ISerializable), typeof(ICloneable), typeof(IComparable), typeof(IFormattable), typeof(IConvertible),
        typeof(ISpanFormattable),
        typeof(System.Collections.IEnumerable), typeof(IEnumerable<>), typeof(MarshalByRefObject),
    ];

    /// <summary>Gets the types of the framework that have neither been given a contract here nor been left out on purpose.</summary>
    public static IEnumerable<string> UnknownTypes => OwnTypes()
        .SelectMany(type => type.GetInterfaces().Append(type.BaseType))
        .OfType<Type>()
        .Where(IsOfTheFramework)
        .Select(Definition)
        .Where(type => !s_contracts.Contains(type) && !s_others.Contains(type))
        .Select(type => type.FullName!)
        .Distinct();

    /// <summary>Gets the members, each as <c>Type.Member(Parameters)</c>; of an interface as <c>Type.Interface.Member(Parameters)</c>.</summary>
    public static IEnumerable<string> Members
    {
        get
        {
            foreach (Type type in OwnTypes().Where(type => !type.IsInterface && !(type.IsAbstract && type.IsSealed)))
            {
                Type closed = Close(type);
                foreach (MethodInfo method in closed.GetMethods(Declared).Where(method => method.IsVirtual && method.GetBaseDefinition() != method))
                {
                    Type origin = method.GetBaseDefinition().DeclaringType!;
                    if (IsOfTheFramework(origin) && s_contracts.Contains(Definition(origin)))
                    {
                        yield return $"{Show(type)}.{Show(method)}";
                    }
                }

                foreach (Type contract in closed.GetInterfaces()
                    .Where(one => s_contracts.Contains(Definition(one)) && (one != typeof(IDisposable) || type.IsVisible)))
                {
                    foreach (MethodInfo target in closed.GetInterfaceMap(contract).TargetMethods.Where(method => method.DeclaringType == closed))
                    {
                        yield return $"{Show(type)}.{Show(contract)}.{Show(target)}";
                    }
                }
            }
        }
    }

    private static IEnumerable<Type> OwnTypes()
        => typeof(SpliceWriter).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !type.Name.Contains('<', StringComparison.Ordinal));

    private static bool IsOfTheFramework(Type type) => type.Assembly != typeof(SpliceWriter).Assembly;

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static Type Close(Type type)
        => type.IsGenericTypeDefinition ? type.MakeGenericType(Array.ConvertAll(type.GetGenericArguments(), FitFor)) : type;

    // A record fits every constraint that this library has, but those on its own operations.
    private static Type FitFor(Type parameter)
        => Array.Exists(parameter.GetGenericParameterConstraints(), constraint => Definition(constraint) == typeof(IFreeListItem<>))
            ? typeof(SendOperation) : typeof(Tick);

    private static string Show(Type type) => type.Name.Split('`')[0];

    private static string Show(MethodInfo method)
    {
        IEnumerable<string> parameters = method.GetParameters().Select(parameter => Show(parameter.ParameterType));
        return $"{method.Name[(method.Name.LastIndexOf('.') + 1)..]}({string.Join(", ", parameters)})";
    }
}
