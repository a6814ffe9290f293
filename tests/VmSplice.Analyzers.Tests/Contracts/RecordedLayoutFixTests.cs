using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Contracts;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>The fixes of VMS1013: what is in the layout file afterwards.</summary>
public sealed class RecordedLayoutFixTests
{
    private const string Orders = """
        namespace Demo
        {
            public enum Venue { Paris = 3, Vienna = 5 }
            [Spliceable] public partial struct Order
            {
                public long Id;
                public Inner At;
                [Since(2)] public int Size;
                [Since(2, Default = Venue.Paris)] public Venue Venue;
                [Since(3)] public SpliceText Comment;
            }
            [Spliceable] public partial struct Inner { public double Price; }
            [Spliceable] public partial class Frame
            {
                [Segment] public partial ref Inner First { get; }
                [Segment(Length = 3)] public partial Span<byte> Rgb { get; }
                [Segment(MaxLength = 80)] public partial Span<char> Caption { get; }
            }
        }
        """;

    /// <summary>The format, letter for letter: files of users are written in it.</summary>
    private const string OrdersFile = """
        Demo.Frame 1: buffer, 0bbf6579b89c48ef
            {0 double Price} First
            byte[3] Rgb
            char[0..80] Caption

        Demo.Inner 1: 8 bytes, 42cbcdd4c18f41b7
            0 double Price

        Demo.Order 1: 16 bytes, 53c1ae8c661ef272
            0 long Id
            8 double At.Price

        Demo.Order 2: 24 bytes, d82aae49a435cb1f
            0 long Id
            8 double At.Price
            16 int Size
            20 int of 20825a16a5b1e1aa Venue

        Demo.Order 3: 32 bytes, 4acf31e758fec09e
            0 long Id
            8 double At.Price
            16 int Size
            20 int of 20825a16a5b1e1aa Venue
            24 text Comment

        """;

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public async Task EmptyFile_AllIsRecordedByTheNamesOfTypes(string layouts)
        => Assert.Equal(OrdersFile, await FixedAsync<RecordLayoutFix>(Orders, layouts));

    [Fact]
    public async Task FileWithOtherTypesAndComments_StaysAsItIs()
    {
        const string A = "[Spliceable] public partial struct A { public long Id; } ";
        const string B = "[Spliceable] public partial struct B { public long Id; [Since(2)] public long Price; } ";
        const string C = "[Spliceable] public partial struct C { public long Id; } ";
        string a = await LayoutFiles.OfAsync(A);
        string b = await LayoutFiles.OfAsync(B);
        string c = await LayoutFiles.OfAsync(C);
        string written = await FixedAsync<RecordLayoutFix>(C + B + A, $"# Known to the field.\n\n# of c\n{c}".ReplaceLineEndings("\r\n"));
        Assert.Equal($"# Known to the field.\n\n{a}\n{b}\n# of c\n{c}".ReplaceLineEndings("\r\n"), written);
    }

    [Fact]
    public async Task NewVersion_IsAddedBehindThoseOfItsType()
    {
        const string Other = "[Spliceable] public partial struct B { public long Id; } ";
        const string Before = Other + "[Spliceable] public partial struct A { public long Id; }";
        const string After = Other + "[Spliceable] public partial struct A { public long Id; [Since(2)] public long B; }";
        Assert.Equal(await LayoutFiles.OfAsync(After), await FixedAsync<RecordLayoutFix>(After, await LayoutFiles.OfAsync(Before)));
    }

    [Theory]
    [InlineData(
        "[Spliceable] public partial struct A { public long Id; } [Spliceable] public partial struct B { public long Id; }",
        "[Spliceable] public partial struct A { public long Key; } [Spliceable] public partial struct B { public long Id; }")]
    [InlineData(
        "[Spliceable] public partial struct A { public long Id; [Since(2)] public long B; } [Spliceable] public partial struct B { public long Id; }",
        "[Spliceable] public partial struct A { public long Id; } [Spliceable] public partial struct B { public long Id; }")]
    [InlineData(
        "[Spliceable] public partial class A { [Segment] public partial ref long At { get; } } [Spliceable] public partial struct B { public long Id; }",
        "[Spliceable] public partial class A { [Segment] public partial ref int At { get; } } [Spliceable] public partial struct B { public long Id; }")]
    public async Task ChangedLayout_IsRecordedByHandAlone(string before, string after)
    {
        string layouts = await LayoutFiles.OfAsync(before);
        Assert.Equal(await LayoutFiles.OfAsync(after), await FixedAsync<ChangeRecordedLayoutFix>(after, layouts));

        using var fixture = new CodeFixFixture([new RecordedLayoutAnalyzer()], new RecordLayoutFix(), OptionsWith(layouts), after);
        Assert.Empty(await fixture.ActionsForAsync(fixture.Start, Assert.Single(await fixture.FixableAsync(fixture.Start))));
    }

    [Fact]
    public async Task TypeIsGone_ItsLinesAreRemovedFromWithinTheFile()
    {
        const string Left = "[Spliceable] public partial struct B { public long Id; }";
        string layouts = await LayoutFiles.OfAsync(Left + "[Spliceable] public partial struct A { public long Id; [Since(2)] public long B; }");
        var fix = new ChangeRecordedLayoutFix();
        using var fixture = new CodeFixFixture([new RecordedLayoutAnalyzer()], fix, OptionsWith(layouts), Left);
        var offered = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(
            fixture.Start.Projects.Single().AdditionalDocuments.Single(), Assert.Single(await fixture.ReportedAsync(fixture.Start)),
            (action, _) => offered.Add(action), CancellationToken.None));
        Assert.Equal(await LayoutFiles.OfAsync(Left), await FileOfAsync(await CodeFixFixture.ApplyAsync(Assert.Single(offered))));
    }

    [Fact]
    public async Task WhatWasWritten_IsReadAgain()
    {
        string written = await LayoutFiles.OfAsync(Orders);
        Assert.Empty(await LayoutFiles.ReportedAsync(Orders, written));
        Assert.Empty(await LayoutFiles.ReportedAsync(Orders, written.ReplaceLineEndings("\r\n").TrimEnd()));
    }

    private static CodeFixTestOptions OptionsWith(string layouts) => new() { Analyzer = LayoutFiles.With(layouts) };

    /// <summary>The file after all was fixed: one at a time, and at once for the document, the project and the solution where that is offered.</summary>
    private static async Task<string> FixedAsync<TFix>(string source, string layouts)
        where TFix : CodeFixProvider, new()
    {
        using var fixture = new CodeFixFixture([new RecordedLayoutAnalyzer()], new TFix(), OptionsWith(layouts), source);
        Solution solution = fixture.Start;
        while (await fixture.FixableAsync(solution) is [var diagnostic, ..])
        {
            CodeAction action = (await fixture.ActionForAsync(solution, diagnostic))!;
            solution = await CodeFixFixture.ApplyAsync(action);
        }

        string written = await FileOfAsync(solution);
        foreach (FixAllScope scope in new TFix().GetFixAllProvider()?.GetSupportedFixAllScopes() ?? [])
        {
            Assert.Equal(written, await FileOfAsync(await fixture.FixAllAsync(scope)));
        }

        return written;
    }

    private static async Task<string> FileOfAsync(Solution solution)
        => (await solution.Projects.Single().AdditionalDocuments.Single().GetTextAsync()).ToString();
}
