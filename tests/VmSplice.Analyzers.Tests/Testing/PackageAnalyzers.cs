using System.Reflection;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Contracts;
using VmSplice.CodeFixes;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>Every analyzer and every code fix of the package, found by their base classes.</summary>
internal static class PackageAnalyzers
{
    public static DiagnosticAnalyzer[] All { get; } = [.. InstancesOf<DiagnosticAnalyzer>(typeof(SpliceableContractAnalyzer).Assembly)];

    public static CodeFixProvider[] Fixes { get; } = [.. InstancesOf<CodeFixProvider>(typeof(DocumentFix).Assembly)];

    private static IEnumerable<T> InstancesOf<T>(Assembly assembly)
        => assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract)
            .Select(type => (T)Activator.CreateInstance(type, nonPublic: true)!);
}
