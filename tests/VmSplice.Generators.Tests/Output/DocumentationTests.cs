using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Output;

/// <summary>What an editor shows where the mouse rests on a record: the user's words and the layout.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void UsersSummary_StandsBesideTable()
    {
        XElement documentation = DocumentationOf("""
            /// <summary>One trade.</summary>
            [VmSplice.Spliceable]
            public partial struct Tick { public long Time; public System.Guid Id; }
            """);
        Assert.Equal("One trade.", documentation.Element("summary")!.Value);
        Assert.Equal(
            """
            offset   size  field
                 0      8  long Time
                 8     16  Guid Id
            """,
            TableOf(documentation));
    }

    /// <summary>Of two remarks an editor shows the first.</summary>
    [Theory]
    [InlineData("[VmSplice.Spliceable] public partial struct Tick { public long Time; }", "A record of 8 bytes without padding:")]
    [InlineData(
        """
        [VmSplice.Spliceable] public partial class Tick
        {
            [VmSplice.Segment] public partial ref long Time { get; }
        }
        """,
        "A buffer of 1 segment, 8 bytes;")]
    public void UsersRemarks_DoNotHideTheTable(string source, string table)
    {
        XElement documentation = DocumentationOf($"/// <summary>One trade.</summary>\n/// <remarks>The user's own.</remarks>\n{source}");
        Assert.Equal("The user's own.", Assert.Single(documentation.Elements("remarks")).Value);
        Assert.Contains(table, Assert.Single(documentation.Elements("value")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void NoSummary_TableAlone()
    {
        XElement documentation = DocumentationOf("[VmSplice.Spliceable] public partial struct Tick { public long Time; }");
        Assert.Empty(documentation.Elements("summary"));
        Assert.Contains("A record of 8 bytes without padding:", documentation.Element("remarks")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyFields_TableIsCut()
    {
        string fields = string.Concat(Enumerable.Range(0, 100).Select(i => $"public int F{i}; "));
        string table = TableOf(DocumentationOf($"[VmSplice.Spliceable] public partial struct Tick {{ {fields} }}"));
        Assert.EndsWith("and 52 more fields", table, StringComparison.Ordinal);
        Assert.Equal(50, table.Split('\n').Length);
    }

    [Fact]
    public void Buffer_SegmentsPagesAndSlots()
    {
        XElement documentation = DocumentationOf("""
            /// <summary>A frame.</summary>
            [VmSplice.Spliceable]
            public partial class Tick
            {
                [VmSplice.Segment] public partial ref long Header { get; }
                [VmSplice.Segment(Length = 1920 * 1080)] public partial System.Span<int> Pixels { get; }
                [VmSplice.Segment(MaxLength = 65536)] public partial System.Span<byte> Caption { get; }
            }
            """);
        Assert.Equal("A frame.", documentation.Element("summary")!.Value);
        Assert.Equal(
            """
              bytes   pages  segment
                  8       1  long Header
            8294400    2025  int[2073600] Pixels
              65536      16  byte[0..65536] Caption
            """,
            TableOf(documentation));
        string text = documentation.Element("remarks")!.Value;
        Assert.Contains("A buffer of 3 segments, at most 8359944 bytes; each segment starts on a page of 4 KiB here:", text, StringComparison.Ordinal);
        Assert.Contains("With its header it takes 2043 pages, and at most as many slots of the pipe; 513 of 16 KiB, 130 of 64 KiB.", text,
            StringComparison.Ordinal);
    }

    private static XElement DocumentationOf(string source)
    {
        INamedTypeSymbol type = Generated.From(source).Compilation.GetTypeByMetadataName("Tick")!;
        return XElement.Parse(type.GetDocumentationCommentXml()!);
    }

    private static string TableOf(XElement documentation)
    {
        string[] lines = documentation.Element("remarks")!.Element("code")!.Value.Trim('\n').Split('\n');
        int indent = lines.Min(line => line.Trim().Length == 0 ? int.MaxValue : line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..].TrimEnd() : "")).TrimEnd('\n');
    }
}
