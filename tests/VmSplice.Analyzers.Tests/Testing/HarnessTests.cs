using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;
using Xunit.Sdk;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>The harness must be able to fail; a harness that cannot makes every test worthless.</summary>
public sealed class HarnessTests
{
    [Fact]
    public async Task MarkedSpanReported_Passes()
        => Assert.Equal("class Bad", (await AnalyzerTest.VerifyAsync<NameAnalyzer>("class [|Bad|] { }")).Message);

    [Fact]
    public async Task NothingReportedForMark_Fails()
        => await Assert.ThrowsAsync<FailException>(() => AnalyzerTest.VerifyAsync<NameAnalyzer>("class [|Good|] { }"));

    [Fact]
    public async Task ReportedWithoutMark_Fails()
        => await Assert.ThrowsAsync<FailException>(() => AnalyzerTest.VerifyAsync<NameAnalyzer>("class Bad { }"));

    [Fact]
    public async Task OtherIdMarked_Fails()
        => await Assert.ThrowsAsync<FailException>(() => AnalyzerTest.VerifyAsync<NameAnalyzer>("class {|TEST2:Bad|} { }"));

    [Fact]
    public async Task AnalyzerThrows_Fails()
        => await Assert.ThrowsAsync<FailException>(() => AnalyzerTest.VerifyAsync<NameAnalyzer>("class Crash { }"));

    [Fact]
    public async Task SourceWithError_Fails()
        => await Assert.ThrowsAsync<FailException>(() => AnalyzerTest.VerifyAsync<NameAnalyzer>("class Good { int x = y; }"));

    [Fact]
    public async Task SourceWithErrorAllowed_Passes()
        => await AnalyzerTest.VerifyAsync<NameAnalyzer>("class Good { int x = y; }", new() { AllowCompilerErrors = true });

    [Fact]
    public async Task SeverityNoneInEditorConfig_NothingReported()
        => await AnalyzerTest.VerifyAsync<NameAnalyzer>("class Bad { }", new() { EditorConfig = "[*.cs]\ndotnet_diagnostic.TEST1.severity = none" });

    [Fact]
    public void NestedAndNamedMarks_AllFound()
    {
        Markup markup = Markup.Parse("a[|b{|#in:c|}|]{|X:d|}e", "T");
        Assert.Equal("abcde", markup.Text);
        Assert.Equal(new Mark[] { new("T", new(1, 2)), new("X", new(3, 1)) }, markup.Expected.ToArray());
        Assert.Equal(new(2, 1), markup.Places["in"]);
    }

    [Theory]
    [InlineData("a[|b")]
    [InlineData("a|]b")]
    public void UnbalancedMarks_Throw(string source) => Assert.Throws<FormatException>(() => Markup.Parse(source, "T"));

#pragma warning disable RS1036, RS1038, RS1041, RS2008 // an analyzer of the test, not of the package
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class NameAnalyzer : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor s_rule =
            new("TEST1", "Bad", "class {0}", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [s_rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(
                symbol =>
                {
                    if (symbol.Symbol.Name == "Crash")
                    {
                        throw new InvalidOperationException("crash");
                    }

                    if (symbol.Symbol.Name == "Bad")
                    {
                        symbol.ReportDiagnostic(Diagnostic.Create(s_rule, symbol.Symbol.Locations[0], symbol.Symbol.Name));
                    }
                },
                SymbolKind.NamedType);
        }
    }
#pragma warning restore RS1036, RS1038, RS1041, RS2008
}
