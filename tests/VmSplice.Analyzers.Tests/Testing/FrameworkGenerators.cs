using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>The generator of the framework that writes the body of a <c>[LibraryImport]</c>; each project of the SDK runs it.</summary>
internal static class FrameworkGenerators
{
    public static ImmutableArray<IIncrementalGenerator> All { get; } =
        [.. Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "Microsoft.Interop.LibraryImportGenerator.dll")).GetTypes()
            .Where(type => type.GetCustomAttribute<GeneratorAttribute>() is not null)
            .Select(type => (IIncrementalGenerator)Activator.CreateInstance(type, nonPublic: true)!)];
}
