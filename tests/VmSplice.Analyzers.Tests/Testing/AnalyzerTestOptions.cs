using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>How a test source is compiled; the defaults are a console project of the .NET 10 SDK with the package referenced.</summary>
internal sealed record AnalyzerTestOptions
{
    public static AnalyzerTestOptions Default { get; } = new();

    /// <summary>The rule that <c>[|…|]</c> stands for; needed only where the analyzer has several.</summary>
    public string? Id { get; init; }

    /// <summary>Allows the source to be wrong, for tests of code that is being typed.</summary>
    public bool AllowCompilerErrors { get; init; }

    public bool ReferenceRuntime { get; init; } = true;

    /// <summary>The SDK's implicit usings, and <c>using VmSplice;</c> unless <see cref="ImplicitRuntime"/> says otherwise.</summary>
    public bool ImplicitUsings { get; init; } = true;

    /// <summary>Whether <c>using VmSplice;</c> is among the implicit ones; a new project has it not.</summary>
    public bool ImplicitRuntime { get; init; } = true;

    /// <summary>Runs the package's source generator, as a user's build does.</summary>
    public bool RunGenerator { get; init; } = true;

    /// <summary>Source generators that run beside the package's.</summary>
    public ImmutableArray<IIncrementalGenerator> OtherGenerators { get; init; } = [];

    /// <summary>More source files, without markup.</summary>
    public ImmutableArray<string> OtherSources { get; init; } = [];

    public ImmutableArray<MetadataReference> OtherReferences { get; init; } = [];

    /// <summary>Additional files: path and content.</summary>
    public ImmutableArray<(string Path, string Text)> AdditionalFiles { get; init; } = [];

    /// <summary>Content of an <c>.editorconfig</c> beside the sources, section header included.</summary>
    public string? EditorConfig { get; init; }
}
