using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Lifetime;
using Xunit;

namespace VmSplice.Analyzers.Tests.LifetimeFixes;

/// <summary>The fix of VMS2010.</summary>
public sealed class AnnotateParameterFixTests
{
    [Theory]
    [InlineData("Consumes")]
    [InlineData("Borrows")]
    [InlineData("Writes")]
    public Task UnknownEffect_IsStated(string attribute) => CodeFixTest.VerifyAsync<LifetimeAnalyzer, AnnotateParameterFix>(
        Source(""), Source($"[{attribute}] "), new() { Title = $"[{attribute}]", Analyzer = AnalyzerTestOptions.Default with { RunGenerator = false } });

    [Fact]
    public Task NamespaceNotImported_NameIsQualified() => CodeFixTest.VerifyAsync<LifetimeAnalyzer, AnnotateParameterFix>(
        """
        interface ISink { void Take(VmSplice.PageBuffer<int> buffer); }
        class Sender { void M(ISink sink, VmSplice.PageBuffer<int> b) { sink.Take(b); } }
        """,
        """
        interface ISink { void Take([VmSplice.Consumes] VmSplice.PageBuffer<int> buffer); }
        class Sender { void M(ISink sink, VmSplice.PageBuffer<int> b) { sink.Take(b); } }
        """,
        new() { Analyzer = AnalyzerTestOptions.Default with { RunGenerator = false, ImplicitUsings = false } });

    [Fact]
    public Task MethodWithoutSource_IsNotOffered() => CodeFixTest.VerifyNotOfferedAsync<LifetimeAnalyzer, AnnotateParameterFix>(
        "public class Sender { public void M(Action<PageBuffer<int>> give, PageBuffer<int> b) { give(b); } }",
        new() { Analyzer = AnalyzerTestOptions.Default with { RunGenerator = false } });

    private static string Source(string attribute) => $$"""
        public interface ISink
        {
            void Take({{attribute}}PageBuffer<int> buffer);
            void TakeAll(
                int count,
                {{attribute}}PageBuffer<int> first,
                {{attribute}}PageBuffer<int> second);
        }

        public class Sender
        {
            public void Once(ISink sink, PageBuffer<int> b) { sink.Take(b); }
            public void Again(ISink sink, PageBuffer<int> b) { sink.Take(b); }
            public void All(ISink sink, PageBuffer<int> b, PageBuffer<int> c) { sink.TakeAll(2, b, c); }
        }
        """;
}
