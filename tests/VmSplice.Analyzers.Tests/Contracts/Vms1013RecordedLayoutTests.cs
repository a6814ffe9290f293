using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Documentation;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>A declaration beside a layout file that was written from an earlier one.</summary>
public sealed class Vms1013RecordedLayoutTests
{
    private const string Id = "VMS1013";

    /// <param name="before">What was recorded.</param>
    /// <param name="after">What is declared now.</param>
    /// <param name="problem">In the message: the field, both sides and the way out.</param>
    [Theory]
    [InlineData(
        "[Spliceable] public partial struct Order { public long Id; public double Price; }",
        "[Spliceable] public partial struct [|Order|] { public long Id; public long Price; }",
        "version 1 in VmSplice.Layouts.txt, and programs that know it refuse the new one: 'Price' was '8 double' and is '8 long'; restore it, or record")]
    [InlineData(
        "[Spliceable] public partial struct Order { public long Id; public double Price; }",
        "[Spliceable] public partial struct [|Order|] { public long Id; public double Cost; }",
        "'Price' is called 'Cost' now; restore it")]
    [InlineData(
        "[Spliceable] public partial struct Order { public long Id; public double Price; }",
        "[Spliceable] public partial struct [|Order|] { public long Id; public double Price; public long Size; }",
        "'Size' (16 long) was added; mark what is new [Since(2)], or record the change")]
    [InlineData(
        "[Spliceable] public partial struct Order { public long Id; public double Price; }",
        "[Spliceable] public partial struct [|Order|] { public long Id; }",
        "'Price' (8 double) is gone; restore it")]
    [InlineData(
        "[Spliceable] public partial struct Order { public long Id; public double Price; }",
        "[Spliceable] public partial struct [|Order|] { public long Id; public long Size; public double Price; }",
        "'Size' (8 long) was put before 'Price'; restore it")]
    [InlineData(
        "[Spliceable] public partial struct Order { public long Id; public double Price; public long Size; }",
        "[Spliceable] public partial struct [|Order|] { public long Id; public long Size; }",
        "'Price' (8 double) is gone; restore it")]
    [InlineData(
        "[Spliceable] public partial struct Order { public long Id; public double Price; }",
        "[Spliceable] public partial struct [|Order|] { public long Id; public Guid Trader; }",
        "'Trader' (8 Guid) has taken the place of 'Price' (8 double)")]
    [InlineData(
        "[Spliceable] public partial struct Order { public Side Side; } public enum Side { Buy, Sell }",
        "[Spliceable] public partial struct [|Order|] { public Side Side; } public enum Side { Buy, Sell, Short }",
        "the enum of 'Side' has other members; restore it")]
    [InlineData(
        "[Spliceable] public partial struct Order { public Side Side; } public enum Side { Buy, Sell }",
        "[Spliceable] public partial struct [|Order|] { public Side Side; } [OpenEnum] public enum Side { Buy, Sell }",
        "and is '0 int open'; restore it")]
    [InlineData(
        "[Spliceable] public partial struct Order { public Inner At; } [Spliceable] public partial struct Inner { public int A; }",
        "[Spliceable] public partial struct [|Order|] { public Inner At; } [Spliceable] public partial struct [|Inner|] { public uint A; }",
        "'At.A' was '0 int' and is '0 uint'")]
    [InlineData(
        "[Spliceable] public partial struct Order { public long Id; [Since(2)] public long Price; }",
        "[Spliceable] public partial struct [|Order|] { public long Id; }",
        "version 2 in VmSplice.Layouts.txt, and programs that know it refuse the new one: no field is [Since(2)]; restore it, or record the change")]
    [InlineData(
        "[Spliceable] public partial struct Order { public long Id; [Since(2)] public long Price; }",
        "[Spliceable] public partial struct [|Order|] { public long Id; [Since(2)] public long Price; [Since(2)] public long Size; }",
        "version 2 in VmSplice.Layouts.txt, and programs that know it refuse the new one: 'Size' (16 long) was added; mark what is new [Since(3)]")]
    [InlineData(
        "[Spliceable] public partial class Frame { [Segment(MaxLength = 8)] public partial Span<int> Rows { get; } }",
        "[Spliceable] public partial class [|Frame|] { [Segment(MaxLength = 9)] public partial Span<int> Rows { get; } }",
        "'Rows' was 'int[0..8]' and is 'int[0..9]'; restore it")]
    [InlineData(
        "[Spliceable] public partial class Frame { [Segment] public partial ref long At { get; } }",
        "[Spliceable] public partial class [|Frame|] { [Segment] public partial ref long At { get; } [Segment] public partial ref int Row { get; } }",
        "'Row' (int) was added; restore it, or record the change")]
    public async Task IncompatibleChange_Reported(string before, string after, string problem)
    {
        AnalyzerResult result = await AnalyzerTest.VerifyAsync<RecordedLayoutAnalyzer>(after, LayoutFiles.With(await LayoutFiles.OfAsync(before)));
        Assert.All(result.Diagnostics, diagnostic => Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity));
        Assert.Contains(problem, result.Diagnostics[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "[Spliceable] public partial struct Order { public long Id; }",
        "[Spliceable] public partial struct Order { public long Id { get; set; } public readonly bool IsNew => Id == 0; }")]
    [InlineData(
        "[Spliceable] public partial struct Order { public Side Side; } public enum Side { Buy, Sell }",
        "[Spliceable] public partial struct Order { public Direction Side; } public enum Direction { Sell = 1, Buy = 0 }")]
    [InlineData(
        "[Spliceable] public partial struct Order { public Side Side; } [OpenEnum] public enum Side { Buy, Sell }",
        "[Spliceable] public partial struct Order { public Side Side; } [OpenEnum] public enum Side { Buy, Sell, Short }")]
    [InlineData(
        "[Spliceable] public partial struct Order { public long Id; [Since(2)] public long Price; [Since(3)] public SpliceText Comment; }",
        "[Spliceable] public partial struct Order { public long Id; [Since(2, Default = 7)] public long Price; [Since(3)] public SpliceText Comment; }")]
    [InlineData(
        "[Spliceable] public partial class Frame { [Segment(MaxLength = 8)] public partial Span<Tick> Rows { get; } } "
            + "[Spliceable] public partial struct Tick { public long Time; public int A; public int B; }",
        "[Spliceable] public partial class Frame { [Segment(MaxLength = 8)] public partial Span<Tock> Rows { get; } } "
            + "public partial class Tick { } [Spliceable] public partial struct Tock { public long Time; public int A; public int B; }")]
    [InlineData(
        "namespace Demo { public partial class Feed { [Spliceable] internal partial struct Order { public long Id; public SpliceList<int> Sizes; } } }",
        "namespace Demo; partial class Feed { [Spliceable] private partial record struct Order(long Id, SpliceList<int> Sizes); }")]
    [InlineData("[Spliceable] public partial struct Flag { public byte On; }", "[Spliceable] public partial struct Flag { public byte On; }")]
    [InlineData("", "public struct Plain { public long Id; }")]
    public async Task CompatibleChange_NotReported(string before, string after)
    {
        string layouts = await LayoutFiles.OfAsync(before);
        // Only a renamed element leaves its own record behind.
        layouts = layouts.Replace("Tick 1:", "Tock 1:", StringComparison.Ordinal);
        await AnalyzerTest.VerifyAsync<RecordedLayoutAnalyzer>(after, LayoutFiles.With(layouts));
    }

    [Fact]
    public Task NoLayoutFile_NotReported()
        => AnalyzerTest.VerifyAsync<RecordedLayoutAnalyzer>(
            "[Spliceable] public partial struct Order { public long Id; }",
            new AnalyzerTestOptions { Id = Id, AdditionalFiles = [("/test/Layouts.txt", "Order 1: 9 bytes"), ("/test/OtherVmSplice.Layouts.txt", "?")] });

    [Theory]
    [InlineData("", "[Spliceable] public partial struct [|Order|] { public long Id; }",
        "'Order' is not in VmSplice.Layouts.txt, so nothing notices an incompatible change of it; record it")]
    [InlineData("", "[Spliceable] public partial class [|Frame|] { [Segment] public partial ref long At { get; } }",
        "'Frame' is not in VmSplice.Layouts.txt, so nothing notices an incompatible change of it; record it")]
    [InlineData(
        "[Spliceable] public partial struct Order { public long Id; }",
        "[Spliceable] public partial struct [|Order|] { public long Id; [Since(2)] public long Price; }",
        "'Order' is in VmSplice.Layouts.txt without version 2, so nothing notices an incompatible change of it; record it")]
    [InlineData(
        "[Spliceable] public partial struct Order { public long Id; }",
        "[Spliceable] public partial struct [|Order|] { public long Id; [Since(2)] public long Price; [Since(5)] public SpliceText Text; }",
        "'Order' is in VmSplice.Layouts.txt without version 2 and 5, so nothing notices an incompatible change of it; record it")]
    public async Task NotRecorded_WarningReported(string before, string after, string message)
    {
        AnalyzerResult result = await AnalyzerTest.VerifyAsync<RecordedLayoutAnalyzer>(after, LayoutFiles.With(await LayoutFiles.OfAsync(before)));
        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal((DiagnosticSeverity.Warning, message), (diagnostic.Severity, diagnostic.GetMessage(null)));
    }

    [Theory]
    [InlineData("", "'Order' is recorded, and there is no such spliceable type; restore it, write its new name here, or remove its lines")]
    [InlineData("public struct Order { public long Id; }", "'Order' is recorded, and there is no such spliceable type; "
        + "restore it, write its new name here, or remove its lines")]
    public async Task RecordedTypeIsGone_WarningReportedInTheFile(string after, string message)
    {
        const string Before = "[Spliceable] public partial struct Order { public long Id; [Since(2)] public long Price; }";
        string layouts = "# Shipped.\n" + await LayoutFiles.OfAsync(Before);
        Diagnostic diagnostic = Assert.Single(await LayoutFiles.ReportedAsync(after, layouts));
        Assert.Equal((DiagnosticSeverity.Warning, message), (diagnostic.Severity, diagnostic.GetMessage(null)));
        Assert.Equal((LayoutFiles.At, 1), (diagnostic.Location.GetLineSpan().Path, diagnostic.Location.GetLineSpan().StartLinePosition.Line));
    }

    /// <summary>What is wrong with a declaration is another rule's to say; its record stays.</summary>
    [Fact]
    public async Task DeclarationIsWrong_NotReported()
    {
        string layouts = await LayoutFiles.OfAsync("[Spliceable] public partial struct Order { public long Id; }");
        await AnalyzerTest.VerifyAsync<RecordedLayoutAnalyzer>(
            "[Spliceable] public partial struct Order { public long Id; public byte Tag; }", LayoutFiles.With(layouts) with { Id = Id });
    }

    [Theory]
    [InlineData("Order 1: 8 bytes\n    0 long Id\n", 0, "'Order 1: 8 bytes' is no line of a layout file, as 'Demo.Order 1: 16 bytes, 0f1e2d3c4b5a6978' is; ")]
    [InlineData("\n    0 long Id\n", 1, "'0 long Id' is a field without a type and version above it; correct it, or remove it and record the type again")]
    [InlineData("# one\n<<<<<<< HEAD\n", 1, "'<<<<<<< HEAD' is no line of a layout file")]
    [InlineData("Order 0: 8 bytes, 0f1e2d3c4b5a6978\n", 0, "is no line of a layout file")]
    [InlineData("Order 1: 8 bytes, 0F1E2D3C4B5A6978\n", 0, "is no line of a layout file")]
    [InlineData("Order 99999999999: 8 bytes, 0f1e2d3c4b5a6978\n", 0, "is no line of a layout file")]
    public async Task MalformedFile_Reported(string layouts, int line, string message)
    {
        Diagnostic diagnostic = (await LayoutFiles.ReportedAsync("", layouts))[0];
        Assert.Equal((Id, DiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity));
        Assert.Equal(line, diagnostic.Location.GetLineSpan().StartLinePosition.Line);
        Assert.Contains(message, diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VersionIsRecordedTwice_Reported()
    {
        const string Source = "[Spliceable] public partial struct Order { public long Id; }";
        string layouts = await LayoutFiles.OfAsync(Source);
        Diagnostic diagnostic = Assert.Single(await LayoutFiles.ReportedAsync(Source, layouts + layouts));
        Assert.Contains("is recorded a second time", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    /// <summary>Of a hand that edits the file: fields and fingerprint belong together.</summary>
    [Theory]
    [InlineData("0 long Id", "0 long Key")]
    [InlineData("8 bytes", "9 bytes")]
    [InlineData(", ....", ", 0000")]
    public async Task RecordIsEditedByHand_Reported(string pattern, string written)
    {
        const string Source = "[Spliceable] public partial struct Order { public long Id; }";
        string edited = Regex.Replace(await LayoutFiles.OfAsync(Source), pattern, written);
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(await LayoutFiles.ReportedAsync(Source, edited)).Severity);
    }

    [Fact]
    public async Task PageOfVersions_ShowsTheFileOfItsDeclaration()
    {
        MarkdownBlock[] blocks = [.. MarkdownBlocks.Of(Path.Combine(Repository.Root, "docs", "versions.md"))];
        string shown = blocks.Single(block => block.Language == "text").Code;
        string declared = blocks.First(block => block.Language == "csharp").Code;
        Assert.Equal(await LayoutFiles.OfAsync(declared), shown[(shown.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>The rule's page, whose examples need a file beside them.</summary>
    [Fact]
    public async Task Page_IsTrue()
    {
        MarkdownBlock[] blocks = [.. MarkdownBlocks.Of(Path.Combine(Repository.RulePages, $"{Id}.md"))];
        string[] files = [.. blocks.Where(block => block.Language == "text").Select(block => block.Code)];
        ImmutableArray<Diagnostic> bad = await LayoutFiles.ReportedAsync("using VmSplice;\n" + blocks.Single(block => block.Language == "cs").Code, files[0]);
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(bad).Severity);
        Assert.Empty(await LayoutFiles.ReportedAsync(blocks.Single(block => block.Language == "csharp").Code, files[1]));
    }
}
