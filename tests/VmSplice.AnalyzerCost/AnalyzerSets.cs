using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Lifetime;

namespace VmSplice.AnalyzerCost;

/// <summary>What runs beside the compiler.</summary>
internal static class AnalyzerSets
{
    public static ImmutableArray<DiagnosticAnalyzer> Idle { get; } = [new IdleAnalyzer()];

    public static ImmutableArray<DiagnosticAnalyzer> Binding { get; } = [new BindingAnalyzer()];

    /// <summary>All of the package.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Ours { get; } =
        [.. typeof(LifetimeAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type, nonPublic: true)!)];
}
