using System.Buffers.Binary;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace VmSplice.Package.Tests;

/// <summary>What is in the package, and what it says of itself.</summary>
[Collection(SharedWorkspace.Name)]
public sealed partial class PackageTests(Workspace workspace)
{
    private Archive Package => workspace.Release.Package;

    [Fact]
    public void Contents_AreExactlyThoseListed()
        => Assert.Equal(File.ReadAllLines(Path.Combine(Repository.Tests, "Contents.txt")), Package.Names);

    [Fact]
    public void SymbolPackage_HoldsTheRuntimesSymbols()
        => Assert.Equal(["VmSplice.Generators.nuspec", "lib/net10.0/VmSplice.pdb"], workspace.Release.Symbols.Names);

    [Fact]
    public void Version_IsThatOfTheTag() => Assert.Equal(workspace.Release.Version, Package.Metadata("version")?.Value);

    [Fact]
    public void Repository_NamesTheCommit() => Assert.Equal(workspace.Release.Commit, (string?)Package.Metadata("repository")?.Attribute("commit"));

    /// <summary>The same place that the rules' help links name.</summary>
    [Fact]
    public void ProjectPage_IsTheRepository() => Assert.Equal(Release.Url, Package.Metadata("projectUrl")?.Value);

    [Fact]
    public void Messages_LeadToTheirPageInTheRepository()
        => Assert.Contains($"<_VmSpliceHelp>{Release.Url}/blob/main/docs/package.md<", Package.Text("buildTransitive/VmSplice.Generators.targets"),
            StringComparison.Ordinal);

    [Fact]
    public void Licence_IsMit() => Assert.Equal("MIT", Package.Metadata("license")?.Value);

    [Fact]
    public void RuntimeTypes_Flow() => Assert.Null(Package.Metadata("developmentDependency"));

    [Fact]
    public void Dependencies_AreNone()
        => Assert.DoesNotContain(Package.Metadata("dependencies")!.Descendants(), element => element.Name.LocalName == "dependency");

    [Fact]
    public void ReleaseNotes_AreTheTopmostSectionOfTheChangelog()
    {
        string[] sections = File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md")).Split("\n## ");
        Assert.Equal($"## {sections[1].TrimEnd()}", Package.Metadata("releaseNotes")?.Value.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Readme_IsThatOfTheRepositoryWithAbsoluteLinks()
    {
        string readme = Package.Text("README.md");
        Assert.DoesNotMatch(RelativeLink(), readme);
        string relative = readme
            .Replace($"{Release.Url}/blob/main/", "", StringComparison.Ordinal)
            .Replace($"{Release.Url.Replace("github.com", "raw.githubusercontent.com", StringComparison.Ordinal)}/main/", "", StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Repository.Readme).Trim(), relative.Trim());
    }

    /// <summary>The gallery shows 128 by 128 pixels.</summary>
    [Fact]
    public void Icon_IsAPictureOfTheSizeThatIsShown()
    {
        byte[] png = Package["icon.png"];
        Assert.Equal((128, 128), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }

    [Fact]
    public void Documentation_SaysWhatEveryPublicTypeIs()
    {
        IEnumerable<string> documented = XDocument.Parse(Package.Text("lib/net10.0/VmSplice.xml")).Descendants("member")
            .Select(member => (string)member.Attribute("name")!);
        IEnumerable<string> types = PublicType().Matches(string.Concat(
            File.ReadAllText(Path.Combine(Repository.Root, "src", "VmSplice", "PublicAPI.Shipped.txt")),
            File.ReadAllText(Path.Combine(Repository.Root, "src", "VmSplice", "PublicAPI.Unshipped.txt")))).Select(type => $"T:{type.Groups[1].Value}");
        Assert.Empty(types.Except(documented.Select(name => name.Split('`')[0])));
    }

    [GeneratedRegex(@"\]\((?!https?:|#)")]
    private static partial Regex RelativeLink();

    [GeneratedRegex(@"(?m)^(VmSplice\.\w+)(<\w+>)?\r?$")]
    private static partial Regex PublicType();
}
