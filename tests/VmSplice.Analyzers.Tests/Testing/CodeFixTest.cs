using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>
/// Applies a code fix one diagnostic at a time until none is left, then all at once for the document, the project and
/// the solution (where the fix can be made unattended), and checks each result: its text, that it compiles, and that the diagnostics are gone.
/// </summary>
internal static class CodeFixTest
{
    public static async Task VerifyAsync<TAnalyzer, TFix>(string source, string expected, CodeFixTestOptions? options = null)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        options ??= CodeFixTestOptions.Default;
        using var fixture = new CodeFixFixture([new TAnalyzer()], new TFix(), options, source);
        await fixture.AssertCompilesAsync(fixture.Start, "The test source");
        Assert.NotEmpty(await fixture.FixableAsync(fixture.Start));

        Solution one = await OneAtATimeAsync(fixture);
        await AssertResultAsync(fixture, one, expected, "one at a time");
        if (new TFix().GetFixAllProvider() is null)
        {
            return;
        }

        foreach (FixAllScope scope in new[] { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution })
        {
            Solution all = await fixture.FixAllAsync(scope);
            await AssertResultAsync(fixture, all, options.FixAllResult ?? expected, $"all of the {scope}");
        }
    }

    /// <summary>Asserts that nothing is offered for what the analyzer reports.</summary>
    public static async Task VerifyNotOfferedAsync<TAnalyzer, TFix>(string source, CodeFixTestOptions? options = null)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        options ??= CodeFixTestOptions.Default;
        using var fixture = new CodeFixFixture([new TAnalyzer()], new TFix(), options, source);
        foreach (Diagnostic diagnostic in await fixture.FixableAsync(fixture.Start))
        {
            Assert.Null(await fixture.ActionForAsync(fixture.Start, diagnostic));
        }
    }

    private static async Task<Solution> OneAtATimeAsync(CodeFixFixture fixture)
    {
        const int Limit = 50;
        Solution solution = fixture.Start;
        for (int i = 0; i < Limit; i++)
        {
            CodeAction? action = null;
            foreach (Diagnostic diagnostic in await fixture.FixableAsync(solution))
            {
                action = await fixture.ActionForAsync(solution, diagnostic);
                if (action is not null)
                {
                    break;
                }
            }

            if (action is null)
            {
                Assert.True(i > 0, "No fix was offered.");
                return solution;
            }

            solution = await CodeFixFixture.ApplyAsync(action);
        }

        Assert.Fail($"Still fixing after {Limit} fixes: a fix does not remove its diagnostic.");
        return solution;
    }

    private static async Task AssertResultAsync(CodeFixFixture fixture, Solution solution, string expected, string how)
    {
        string text = await fixture.TextAsync(solution);
        Assert.True(expected.ReplaceLineEndings("\n") == text.ReplaceLineEndings("\n"), $"fixed {how}, expected:\n{expected}\nbut was:\n{text}");
        await fixture.AssertCompilesAsync(solution, $"The source fixed {how}");
        ImmutableArray<Diagnostic> remaining = await fixture.FixableAsync(solution);
        if (!fixture.Options.MayRemain && !remaining.IsEmpty)
        {
            Assert.Fail($"fixed {how}, still reported:\n{string.Join('\n', remaining)}");
        }
    }
}
