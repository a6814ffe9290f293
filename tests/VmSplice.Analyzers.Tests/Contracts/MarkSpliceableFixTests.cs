using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Contracts;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>The fix of VMS1012.</summary>
public sealed class MarkSpliceableFixTests
{
    // What is to be fixed does not compile; that the result does is for FixesKeepMeaningTests.
    private static readonly CodeFixTestOptions s_broken = new() { Analyzer = new AnalyzerTestOptions { AllowCompilerErrors = true } };

    [Theory]
    [InlineData("public struct Tick { public int Id; }", "[Spliceable]\npublic partial struct Tick { public int Id; }")]
    [InlineData("/// <summary>A tick.</summary>\n[Serializable]\nreadonly record struct Tick(int Id); // end",
        "/// <summary>A tick.</summary>\n[Spliceable]\n[Serializable]\nreadonly partial record struct Tick(int Id); // end")]
    [InlineData("partial struct Tick { public int Id; }", "[Spliceable]\npartial struct Tick { public int Id; }")]
    public Task UnmarkedStruct_IsMarkedOnALineOfItsOwn(string declaration, string expected)
    {
        const string Uses = "\nclass C { object M(SpliceWriter w) => new RecordWriter<Tick>(w); object N(SpliceReader r) => Tick.CreateReader(r); }";
        return VerifyAsync(declaration + Uses, expected + Uses);
    }

    [Fact]
    public Task NestedTypes_AreMarkedAndWhatIsAroundThemBecomesPartialOnce()
        => VerifyAsync(
            """
            class Feed
            {
                // the last one
                public struct Tick { public int Id; }
                public class Frame { }
                public struct Trade { public int Id; }

                object M(SpliceWriter w) => (new RecordWriter<Tick>(w), Frame.Rent(w), Trade.CreateWriter(w));
            }
            """,
            """
            partial class Feed
            {
                // the last one
                [Spliceable]
                public partial struct Tick { public int Id; }
                [Spliceable]
                public partial class Frame { }
                [Spliceable]
                public partial struct Trade { public int Id; }

                object M(SpliceWriter w) => (new RecordWriter<Tick>(w), Frame.Rent(w), Trade.CreateWriter(w));
            }
            """);

    [Fact]
    public Task NamespaceNotImported_AttributeIsWrittenInFull()
        => CodeFixTest.VerifyAsync<UnmarkedTypeAnalyzer, MarkSpliceableFix>(
            "struct Tick { public int Id; }\nclass C { object M(VmSplice.SpliceWriter w) => new VmSplice.RecordWriter<Tick>(w); }",
            """
            [global::VmSplice.Spliceable]
            partial struct Tick { public int Id; }
            class C { object M(VmSplice.SpliceWriter w) => new VmSplice.RecordWriter<Tick>(w); }
            """,
            new CodeFixTestOptions { Analyzer = new AnalyzerTestOptions { AllowCompilerErrors = true, ImplicitRuntime = false } });

    [Fact]
    public async Task TypeInAnotherFile_IsMarkedThere()
    {
        var options = new CodeFixTestOptions { Analyzer =
            new AnalyzerTestOptions { AllowCompilerErrors = true, OtherSources = ["namespace Feeds;\npublic struct Tick { public int Id; }\n"] } };
        const string Use = "class C { object M(SpliceWriter w) => new RecordWriter<Feeds.Tick>(w); }";
        await CodeFixTest.VerifyAsync<UnmarkedTypeAnalyzer, MarkSpliceableFix>(Use, Use, options);
    }

    [Theory]
    [InlineData("class C { object M(SpliceWriter w) => new RecordWriter<int>(w); }")]
    [InlineData("struct Pair<T> { public T A; } class C { object M(SpliceWriter w) => new RecordWriter<Pair<int>>(w); }")]
    [InlineData("record class Frame(int Id); static class Frames; class C { object M(SpliceWriter w) => (Frame.Rent(w), Frames.Rent(w)); }")]
    [InlineData("enum Side { Buy } class C { object M(SpliceWriter w) => new RecordWriter<Side>(w); }")]
    public Task TypeThatCannotBeMarked_NotOffered(string source)
        => CodeFixTest.VerifyNotOfferedAsync<UnmarkedTypeAnalyzer, MarkSpliceableFix>(source, s_broken);

    private static Task VerifyAsync(string source, string expected)
        => CodeFixTest.VerifyAsync<UnmarkedTypeAnalyzer, MarkSpliceableFix>(source, expected, s_broken);
}
