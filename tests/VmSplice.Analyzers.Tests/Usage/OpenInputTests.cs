using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using VmSplice.CodeFixes.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Usage;

/// <summary>VMS4008, and its fix.</summary>
public sealed class OpenInputTests
{
    [Theory]
    [InlineData("using var w = SpliceWriter.OpenChildInput(child); w.Send(b); [|child.WaitForExit()|];")]
    [InlineData("using (var w = SpliceWriter.OpenChildInput(child)) { w.Write<byte>(data); [|child.WaitForExit()|]; }")]
    [InlineData("var w = SpliceWriter.OpenChildInput(child); w.Send(b); [|child.WaitForExitAsync()|].Wait(); w.Dispose();")]
    [InlineData("using var w = SpliceWriter.OpenChildInput(child); if (data.Length > 0) { w.Write<byte>(data); } [|child.WaitForExit()|];")]
    [InlineData(
        """
        using var own = Process.Start(start)!;
        using var w = SpliceWriter.OpenChildInput(own);
        w.Gift(b);
        [|own.WaitForExit()|];
        Console.WriteLine(own.ExitCode);
        """)]
    [InlineData("using var link = SpliceLink.Start(start); link.Writer.Write<byte>(data); [|link.Child.WaitForExit()|];")]
    [InlineData("using var link = SpliceLink.Start(start); link.Writer.Send(b); [|link.Child.WaitForExitAsync()|].Wait(); link.Writer.Dispose();")]
    public Task WaitWithAnOpenInput_IsReported(string body) => VerifyAsync("VMS4008", body);

    [Theory]
    [InlineData("using (var w = SpliceWriter.OpenChildInput(child)) { w.Send(b); } child.WaitForExit();")]
    [InlineData("using var w = SpliceWriter.OpenChildInput(child); w.Send(b); w.Dispose(); child.WaitForExit();")]
    [InlineData("using var w = SpliceWriter.OpenChildInput(child); w.Send(b); if (!child.WaitForExit(1000)) { child.Kill(); }")]
    [InlineData("using var w = SpliceWriter.OpenChildInput(child); w.Send(b); child.Kill(); child.WaitForExit();")]
    [InlineData("using var w = SpliceWriter.OpenChildInput(child); w.Send(b); child.StandardInput.Close(); child.WaitForExit();")]
    [InlineData("var w = SpliceWriter.OpenChildInput(child); End(w); child.WaitForExit();")]
    [InlineData("using var w = SpliceWriter.OpenChildInput(child); child.WaitForExit(); w.Send(b);")]
    [InlineData("using var w = SpliceWriter.OpenChildInput(child); w.Send(b); w.CompleteBuffers(); child.WaitForExit();")]
    [InlineData("using var link = SpliceLink.Start(start); link.Exchange(w => w.Write<byte>(data), r => { }); link.Child.WaitForExit();")]
    [InlineData("using var link = SpliceLink.Start(start); link.Writer.Write<byte>(data); link.Writer.Dispose(); link.Child.WaitForExit();")]
    [InlineData(
        """
        SpliceWriter? w = null;
        while (true)
        {
            if (w is not null)
            {
                w.Dispose();
                child.WaitForExit();
                break;
            }
            w = SpliceWriter.OpenChildInput(child);
            w.Send(b);
        }
        """)]
    public Task WaitThatEnds_IsSilent(string body) => VerifyAsync("VMS4008", body);

    [Fact]
    public async Task Message_NamesChildAndWriter()
    {
        AnalyzerResult result = await VerifyAsync("VMS4008", "using var w = SpliceWriter.OpenChildInput(child); w.Send(b); [|child.WaitForExit()|];");
        Assert.Equal(
            "'child' is waited for here, and 'w' is still open: a child that reads to the end of its input waits for that end, and the program for the child. "
                + "Dispose 'w' first.", result.Message);
    }

    [Theory]
    [InlineData(
        """
        using var w = SpliceWriter.OpenChildInput(child);
        w.Send(b);
        child.WaitForExit();
        """,
        """
        using var w = SpliceWriter.OpenChildInput(child);
        w.Send(b);
        w.Dispose();
        child.WaitForExit();
        """)]
    [InlineData(
        """
        using var link = SpliceLink.Start(start);
        link.Writer.Send(b);
        link.Child.WaitForExit();
        """,
        """
        using var link = SpliceLink.Start(start);
        link.Writer.Send(b);
        link.Writer.Dispose();
        link.Child.WaitForExit();
        """)]
    public Task Fix_DisposesBeforeTheWait(string body, string expected)
        => CodeFixTest.VerifyAsync<OpenInputAnalyzer, CloseInputFix>(Subject(body), Subject(expected), new() { Analyzer = AnalyzerTestOptions.Default });

    private static Task<AnalyzerResult> VerifyAsync(string id, string body) => AnalyzerTest.VerifyRuleAsync<OpenInputAnalyzer>(id, Subject(body));

    private static string Subject(string body) => $$"""
        using System.Diagnostics;

        public class Subject
        {
            private static void End(SpliceWriter writer) => writer.Dispose();
            public void M(Process child, ProcessStartInfo start, PageBuffer<byte> b, byte[] data)
            {
                {{body.Indented(8)}}
            }
        }
        """;
}
