using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>
/// The folders of the run time depend on each other in one direction: the order that the architecture page gives. All of the public
/// types share one namespace, so no <c>using</c> shows an arrow that points back; the compiler's model of the source does.
/// </summary>
public sealed class ArrowTests
{
    private const string Source = "src/VmSplice";

    private static readonly FolderOrder s_order = FolderOrder.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md")));

    [Fact]
    public void Runtime_RefersToLowerFoldersAlone()
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, Source), "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Path.Combine(Repository.Root, Source), file))
                .Where(file => !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
        Assert.True(files.Length > 100, "the source of the run time");

        string[] wrong = [.. Wrong(files.Select(file => (file, File.ReadAllText(Path.Combine(Repository.Root, Source, file)))))];

        Assert.True(wrong.Length == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void ArrowThatPointsBack_IsNamedWithFileAndType()
    {
        (string, string)[] source =
        [
            ("Kernel/Probe.cs", "namespace VmSplice { class Probe { object P(Pool pool) => pool; } class Pool2; }"),
            ("Memory/Pool.cs", "namespace VmSplice { class Pool { Probe? p; } }"),
        ];

        Assert.Equal(["Kernel/Probe.cs: Probe refers to Pool of Memory/Pool.cs, and Kernel ← Memory: the arrow points back"], Wrong(source));
    }

    [Theory]
    [InlineData("class Probe { void M() { Pool.Rent(); } }")]
    [InlineData("class Probe { string M() => nameof(Pool); }")]
    [InlineData("class Probe { object M() => new Probe().ToPool(); }")]
    [InlineData("class Probe : System.Collections.Generic.List<Pool>;")]
    public void EachWayToName_IsSeen(string probe)
    {
        (string, string)[] source =
        [
            ("Kernel/Probe.cs", $"namespace VmSplice {{ {probe} }}"),
            ("Memory/Pool.cs",
                """
                namespace VmSplice
                {
                    static class PoolOf { public static object ToPool(this Probe p) => p; }
                    class Pool { public static void Rent() { } }
                }
                """),
        ];

        Assert.Single(Wrong(source));
    }

    [Fact]
    public void SiblingFolders_DoNotReferToEachOther()
        => Assert.Single(
            Wrong([("Memory/Pool.cs", "namespace VmSplice { class Pool; }"), ("Readiness/Loop.cs", "namespace VmSplice { class Loop { Pool? pool; } }")]));

    [Fact]
    public void FolderThatHasNoPlace_IsNamed()
        => Assert.Equal(["Attic/Old.cs: its folder has no place in the order of docs/architecture.md"], Wrong([("Attic/Old.cs", "class Old;")]));

    /// <summary>What refers to a folder that it may not, a line for each pair of types.</summary>
    private static IEnumerable<string> Wrong(IEnumerable<(string File, string Text)> source)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        SyntaxTree[] trees = [.. source.Select(file => CSharpSyntaxTree.ParseText(file.Text, options, file.File))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Arrows",
            [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings, options, "")],
            [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':')
                .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                    || Path.GetFileName(path).StartsWith("Microsoft.Win32.", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        return trees.SelectMany(tree => s_order.LevelOf(tree.FilePath) is null
            ? [$"{tree.FilePath}: its folder has no place in the order of docs/architecture.md"]
            : WrongIn(compilation.GetSemanticModel(tree)).Distinct());
    }

    private static IEnumerable<string> WrongIn(SemanticModel model)
    {
        string file = model.SyntaxTree.FilePath;
        foreach (SimpleNameSyntax name in model.SyntaxTree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            SymbolInfo info = model.GetSymbolInfo(name);
            ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
            INamedTypeSymbol? type = symbol as INamedTypeSymbol
                ?? (symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol)?.ContainingType;
            foreach (SyntaxReference declaration in type?.OriginalDefinition.DeclaringSyntaxReferences ?? [])
            {
                string other = declaration.SyntaxTree.FilePath;
                if (!s_order.Allows(file, other))
                {
                    string from = name.Ancestors().OfType<BaseTypeDeclarationSyntax>().LastOrDefault()?.Identifier.Text ?? "the file";
                    yield return $"{file}: {from} refers to {type!.Name} of {other}, "
                        + $"and {s_order.Describe(file)} ← {s_order.Describe(other)}: the arrow points back";
                }
            }
        }
    }

    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;
}
