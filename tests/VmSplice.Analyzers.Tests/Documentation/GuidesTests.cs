using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>The code in README and the guides compiles as it stands, breaks no rule but the one it is there for, and shows what is really generated.</summary>
public sealed class GuidesTests
{
    private const string Generated = "generated";

    public static TheoryData<string> Guides
        => [.. Repository.MarkdownFiles.Where(file => !file.StartsWith("docs/rules/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Guides))]
    public async Task Code_CompilesAndIsReportedAsTheTextSays(string guide)
    {
        foreach (MarkdownBlock block in CodeOf(guide).Where(block => !IsGenerated(block)))
        {
            ImmutableArray<Diagnostic> reported = await CompiledBlock.ReportedAsync(block);
            string[] expected = block.BrokenRule is { } rule ? [rule] : [];
            Assert.True(
                expected.SequenceEqual(reported.Select(diagnostic => diagnostic.Id).Distinct()),
                $"{block} should break [{string.Join(", ", expected)}], and gives:\n{string.Join('\n', reported)}");
        }
    }

    [Theory]
    [MemberData(nameof(Guides))]
    public void Code_SaysWhichNamespaceItUses(string guide)
        => Assert.All(CodeOf(guide).Where(block => !IsGenerated(block)), block => Assert.Contains("using VmSplice", block.Code, StringComparison.Ordinal));

    /// <summary>A block <c>```csharp generated</c> may leave lines out, but what it shows is generated for the block before it, in that order.</summary>
    [Theory]
    [MemberData(nameof(Guides))]
    public void GeneratedCode_IsWhatTheGeneratorWrites(string guide)
    {
        MarkdownBlock[] blocks = [.. CodeOf(guide)];
        for (int i = 0; i < blocks.Length; i++)
        {
            if (!IsGenerated(blocks[i]))
            {
                continue;
            }

            Compilation compilation = TestCompilation.Create(blocks[i - 1].Code, AnalyzerTestOptions.Default);
            Queue<string> written = new(compilation.SyntaxTrees.Skip(1).SelectMany(tree => tree.ToString().Split('\n')).Select(line => line.Trim()));
            foreach (string line in blocks[i].Code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
            {
                while (written.TryDequeue(out string? next) && next != line)
                {
                }

                Assert.True(
                    written.Count > 0, $"{blocks[i]} shows a line that is not generated there: {line}\n{string.Join('\n', compilation.SyntaxTrees.Skip(1))}");
            }
        }
    }

    private static IEnumerable<MarkdownBlock> CodeOf(string guide) => CompiledBlock.CSharpIn(Path.Combine(Repository.Root, guide));

    private static bool IsGenerated(MarkdownBlock block) => block.Words.Contains(Generated);
}
