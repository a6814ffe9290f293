using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>Compiles test sources the way a user's project would.</summary>
internal static class TestCompilation
{
    public const string MainFile = "/test/Test0.cs";

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using VmSplice;
        """;

    public static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static CSharpCompilation WithRuntime { get; } = Empty(new AnalyzerTestOptions());

    private static CSharpCompilation WithoutRuntime { get; } = Empty(new AnalyzerTestOptions { ReferenceRuntime = false });

    public static IEnumerable<(string Path, string Text)> Files(string source, AnalyzerTestOptions options)
    {
        yield return (MainFile, source);
        for (int i = 0; i < options.OtherSources.Length; i++)
        {
            yield return ($"/test/Test{i + 1}.cs", options.OtherSources[i]);
        }

        if (options.ImplicitUsings)
        {
            yield return ("/test/obj/Usings.cs", options is { ReferenceRuntime: true, ImplicitRuntime: true }
                ? Usings : Usings.Replace("global using VmSplice;", "", StringComparison.Ordinal));
        }
    }

    public static IEnumerable<MetadataReference> ReferencesOf(AnalyzerTestOptions options)
        => [.. References.Framework, .. options.ReferenceRuntime ? [References.Runtime] : Array.Empty<MetadataReference>(), .. options.OtherReferences];

    public static CSharpCompilationOptions OptionsFor(string source, AnalyzerTestOptions options)
    {
        bool program = CSharpSyntaxTree.ParseText(source, ParseOptions).GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any();
        var compilation = new CSharpCompilationOptions(
            program ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable);
        return options.EditorConfig is null
            ? compilation
            : compilation.WithSpecificDiagnosticOptions(EditorConfig.Parse(options).TreeOptions);
    }

    public static Compilation Create(string source, AnalyzerTestOptions options)
    {
        // Compilations that are made from one another share the symbols of their references: most of a test's time.
        CSharpCompilation empty = options.ReferenceRuntime ? WithRuntime : WithoutRuntime;
        if (!options.OtherReferences.IsEmpty)
        {
            empty = empty.AddReferences(options.OtherReferences);
        }

        Compilation compilation = empty
            .WithOptions(OptionsFor(source, options))
            .AddSyntaxTrees(Files(source, options).Select(file => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Path)));
        if (options.RunGenerator && PackageGenerators.All.Length > 0)
        {
            CSharpGeneratorDriver
                .Create([.. PackageGenerators.All, .. options.OtherGenerators.Select(generator => generator.AsSourceGenerator())], parseOptions: ParseOptions)
                .RunGeneratorsAndUpdateCompilation(compilation, out compilation, out ImmutableArray<Diagnostic> problems);
            Assert.Empty(problems);
        }

        return compilation;
    }

    private static CSharpCompilation Empty(AnalyzerTestOptions options)
    {
        CSharpCompilation empty = CSharpCompilation.Create("Test", references: ReferencesOf(options), options: OptionsFor("", options));

        // Only bound references are shared.
        _ = empty.GetSpecialType(SpecialType.System_Object);
        return empty;
    }

    public static void AssertNoErrors(Compilation compilation, string what)
    {
        Diagnostic[] errors = [.. compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0)
        {
            string text = string.Join("\n\n", errors.Select(e => e.Location.SourceTree).Distinct().Select(tree => tree?.ToString()));
            Assert.Fail($"{what} does not compile:\n{string.Join('\n', errors.Select(e => e.ToString()))}\n\n{text}");
        }
    }
}
