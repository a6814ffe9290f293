using System.Reflection;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>Every source generator of the package, found by its attribute.</summary>
internal static class PackageGenerators
{
    public static string AssemblyPath { get; } = Path.Combine(AppContext.BaseDirectory, "VmSplice.Generators.dll");

    public static ISourceGenerator[] All { get; } =
        [.. Assembly.LoadFrom(AssemblyPath).GetTypes()
            .Where(type => type.GetCustomAttribute<GeneratorAttribute>() is not null)
            .Select(type => ((IIncrementalGenerator)Activator.CreateInstance(type, nonPublic: true)!).AsSourceGenerator())];
}
