using System.Diagnostics;
using System.Text;

namespace VmSplice.Tests.Links;

/// <summary>Settings for text put no byte into a stream of bytes.</summary>
[Trait("Category", "Transport")]
public class TextSettingsTests
{
    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Link_ChildGetsWhatWasSent(string encoding)
    {
        Encoding text = Encoding.GetEncoding(encoding);
        Assert.False(text.Preamble.IsEmpty);
        ProcessStartInfo start = new("wc", ["-c"]) { RedirectStandardError = true, StandardInputEncoding = text, StandardErrorEncoding = text };
        using SpliceLink link = SpliceLink.Start(start);
        string count = "";
        link.Exchange(writer => writer.Write("ab"u8), reader => count = new StreamReader(reader.AsStream()).ReadToEnd());
        Assert.Equal("2", count.Trim());
        Assert.Same(text, start.StandardInputEncoding);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Link_WhatTheChildSendsComesAsItIs(string encoding)
    {
        ProcessStartInfo start = new("cat") { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.GetEncoding(encoding) };
        byte[] sent = [0xEF, 0xBB, 0xBF, 0xFF, 0xFE, 0, 0x80];
        using SpliceLink link = SpliceLink.Start(start);
        MemoryStream arrived = new();
        link.Exchange(writer => writer.Write<byte>(sent), reader => reader.AsStream().CopyTo(arrived));
        Assert.Equal(sent, arrived.ToArray());
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void OpenStandardInputBehindAMark_IsRefused(string encoding)
    {
        ProcessStartInfo start = Child.Command("cat");
        start.RedirectStandardInput = true;
        start.StandardInputEncoding = Encoding.GetEncoding(encoding);
        using Process child = Child.Start(start);
        ArgumentException e = Assert.Throws<ArgumentException>(() => SpliceWriter.OpenChildInput(child));
        Assert.Contains("Leave StandardInputEncoding unset", e.Message, StringComparison.Ordinal);
        child.StandardInput.Dispose();
        Child.Finish(child);
    }

    [Fact]
    public void OpenStandardInputOfAnEncodingWithoutMark_ChildGetsWhatWasSent()
    {
        ProcessStartInfo start = Child.Command("wc", "-c");
        start.RedirectStandardInput = true;
        start.StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using Process child = Child.Start(start);
        using (SpliceWriter writer = SpliceWriter.OpenChildInput(child))
        {
            writer.Write("ab"u8);
        }

        Assert.Equal("2", Child.Finish(child).Trim());
    }
}
