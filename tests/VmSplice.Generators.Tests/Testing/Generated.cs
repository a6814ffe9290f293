using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace VmSplice.Generators.Tests.Testing;

/// <summary>A source compiled with the generator, under the strictest settings a consumer can have.</summary>
internal sealed record Generated(CSharpCompilation Before, Compilation Compilation, GeneratorRunResult Run)
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static CSharpCompilationOptions StrictOptions { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        allowUnsafe: true,
        generalDiagnosticOption: ReportDiagnostic.Error,
        warningLevel: 9999,
        nullableContextOptions: NullableContextOptions.Enable);

    /// <summary>The generated files, by name.</summary>
    public ImmutableArray<GeneratedSourceResult> Files => Run.GeneratedSources;

    public string Text => Assert.Single(Files).SourceText.ToString();

    public static CSharpCompilation Compile(IEnumerable<string> sources, string name = "Test", IEnumerable<MetadataReference>? references = null)
        => CSharpCompilation.Create(
            name,
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"/test/{name}{i}.cs")),
            [.. References.All, .. references ?? []],
            StrictOptions);

    public static Generated From(params string[] sources) => From(Compile(sources));

    public static Generated From(CSharpCompilation before)
    {
        var driver = (CSharpGeneratorDriver)CSharpGeneratorDriver
            .Create([new SpliceableGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(before, out Compilation after, out ImmutableArray<Diagnostic> problems);
        Assert.Empty(problems);
        GeneratorRunResult run = Assert.Single(driver.GetRunResult().Results);
        Assert.Null(run.Exception);
        Agreement.Check(before, driver.GetRunResult());
        return new Generated(before, after, run);
    }

    /// <summary>Fails on an error or a warning, but for those named.</summary>
    public Generated AssertClean(params string[] except)
    {
        Diagnostic[] problems = [.. Compilation.GetDiagnostics()
            .Where(d => d.Severity != DiagnosticSeverity.Hidden && !except.Contains(d.Id))];
        if (problems.Length > 0)
        {
            string said = string.Join('\n', problems.Take(20).Select(p => p.ToString()));
            Assert.Fail($"{said}\n\n{string.Join("\n", Files.Take(3).Select(file => file.SourceText))}");
        }

        AssertCleanWithoutPragma(except);
        return this;
    }

    /// <summary>What a mention of the user's own types may give, and the pragma is there for. Nothing else of ours may need it.</summary>
    private static readonly string[] s_mentions = ["CS0436", "CS0612", "CS0618", "CS3001", "CS3002", "CS3003", "CS8981"];

    private void AssertCleanWithoutPragma(string[] except)
    {
        Compilation bare = Compilation;
        foreach (SyntaxTree tree in Files.Select(file => file.SyntaxTree))
        {
            string text = tree.ToString();
            Assert.Contains("#pragma warning disable //", text, StringComparison.Ordinal);
            bare = bare.ReplaceSyntaxTree(tree,
                CSharpSyntaxTree.ParseText(text.Replace("#pragma warning disable //", "//", StringComparison.Ordinal), ParseOptions, tree.FilePath));
        }

        Assert.Empty(bare.GetDiagnostics().Where(d => d.Severity != DiagnosticSeverity.Hidden && !except.Contains(d.Id) && !s_mentions.Contains(d.Id)));
    }
}
