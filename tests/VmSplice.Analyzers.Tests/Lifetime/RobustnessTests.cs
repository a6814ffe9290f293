using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>Code while it is being typed: tokens missing, doubled, in the wrong place. Nothing may throw.</summary>
public sealed class RobustnessTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task MutatedSyntax_NoException(int seed)
    {
        var random = new Random(seed);
        var options = new AnalyzerTestOptions { AllowCompilerErrors = true, RunGenerator = false };
        foreach ((string name, string source) in CorrectUsages.All)
        {
            List<string> tokens = [.. CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Select(token => token.ToFullString())];
            for (int i = 0; i < 4; i++)
            {
                int at = random.Next(tokens.Count);
                switch (random.Next(4))
                {
                    case 0:
                        tokens.RemoveAt(at);
                        break;
                    case 1:
                        tokens.Insert(at, tokens[random.Next(tokens.Count)]);
                        break;
                    case 2:
                        tokens[at] = tokens[random.Next(tokens.Count)];
                        break;
                    default:
                        tokens.RemoveRange(at, Math.Min(tokens.Count - at, random.Next(6)));
                        break;
                }
            }

            Compilation compilation = TestCompilation.Create(string.Concat(tokens), options);
            ImmutableArray<Diagnostic> diagnostics = await AnalyzerRun.DiagnosticsOfAsync(compilation, options, [new LifetimeAnalyzer()]);
            Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
            Assert.NotEmpty(name);
        }
    }
}
