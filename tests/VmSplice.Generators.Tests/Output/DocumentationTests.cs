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

    private static XElement DocumentationOf(string source)
    {
        INamedTypeSymbol type = Generated.From(source).Compilation.GetTypeByMetadataName("Tick")!;
        return XElement.Parse(type.GetDocumentationCommentXml()!);
    }

    private static string TableOf(XElement documentation)
    {
        string[] lines = documentation.Element("remarks")!.Element("code")!.Value.Trim('\n').Split('\n');
        int indent = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..].TrimEnd() : "")).TrimEnd('\n');
    }
}
