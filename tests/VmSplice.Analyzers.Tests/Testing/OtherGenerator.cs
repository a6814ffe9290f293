using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>A source generator of somebody else, which adds one file to any compilation.</summary>
/// <param name="hintName">The file's name; none that would tell what wrote it is needed.</param>
internal sealed class OtherGenerator(string text, string hintName = "Added") : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
        => context.RegisterSourceOutput(context.CompilationProvider, (output, _) => output.AddSource(hintName, text));
}
