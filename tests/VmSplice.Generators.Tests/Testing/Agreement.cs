using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace VmSplice.Generators.Tests.Testing;

/// <summary>Two ways to the same generated files: by the compiler's search, and by what the generator remembers of a run before.</summary>
internal static class Agreement
{
    /// <summary>Fails where the files are not those that a generator without a memory makes, or change with an edit that has nothing to do with them.</summary>
    public static void Check(CSharpCompilation project, GeneratorDriverRunResult run)
    {
        string[] files = FilesOf(run);
        AssertSame(FilesOf(NewDriver(new SearchByCompiler()).RunGenerators(project).GetRunResult()), files);

        GeneratorDriver driver = NewDriver(new SpliceableGenerator())
            .RunGenerators(WithElsewhere(project, 1))
            .RunGenerators(WithElsewhere(project, 2));
        AssertSame(files, FilesOf(driver.GetRunResult()));
    }

    /// <summary>Fails where a generator that remembers <paramref name="before"/> makes other files of the edited project than one without a memory.</summary>
    /// <returns>Whether the edit changed any file.</returns>
    public static bool AfterEdit(CSharpCompilation before, CSharpCompilation after)
    {
        GeneratorDriver driver = NewDriver(new SpliceableGenerator()).RunGenerators(before);
        string[] old = FilesOf(driver.GetRunResult());
        string[] expected = FilesOf(NewDriver(new SearchByCompiler()).RunGenerators(after).GetRunResult());
        driver = driver.RunGenerators(after);
        AssertSame(expected, FilesOf(driver.GetRunResult()));

        // And back, with what it remembers of the second.
        AssertSame(old, FilesOf(driver.RunGenerators(before).GetRunResult()));
        return !old.SequenceEqual(expected);
    }

    private static void AssertSame(string[] expected, string[] actual) => Assert.Equal(expected, actual);

    private static CSharpCompilation WithElsewhere(CSharpCompilation project, int version)
        => project.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            $"file static class Elsewhere {{ private static int s_value = {version}; public static int Version() => {version} + s_value; }}",
            (CSharpParseOptions)project.SyntaxTrees[0].Options,
            "/test/elsewhere.cs"));

    private static string[] FilesOf(GeneratorDriverRunResult run)
    {
        GeneratorRunResult result = Assert.Single(run.Results);
        Assert.Null(result.Exception);
        return [.. result.GeneratedSources.Select(file => $"{file.HintName}\n{file.SourceText}").Order(StringComparer.Ordinal)];
    }

    private static CSharpGeneratorDriver NewDriver(IIncrementalGenerator generator)
        => CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: Generated.ParseOptions);
}
