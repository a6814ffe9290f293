using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace VmSplice.Package.Tests;

/// <summary>What is in the assemblies of the package.</summary>
[Collection(SharedWorkspace.Name)]
public sealed class AssemblyTests(Workspace workspace)
{
    private const string Leg = "analyzers/dotnet/roslyn5.0/cs";

    // portable PDB: the kind of custom debug information that is SourceLink's
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    // What every host of Roslyn has beside it.
    private static readonly string[] s_host =
        ["netstandard", "System.Buffers", "System.Collections.Immutable", "System.Composition.AttributedModel", "System.Memory", "System.Reflection.Metadata"];

    private static readonly string[] s_analyzers = 
        [$"{Leg}/VmSplice.RuleContract.dll", $"{Leg}/VmSplice.Generators.dll", $"{Leg}/VmSplice.Analyzers.dll", $"{Leg}/VmSplice.CodeFixes.dll"];

    public static TheoryData<string> Analyzers => [.. s_analyzers];

    public static TheoryData<string> Assemblies => ["lib/net10.0/VmSplice.dll", "lib/net10.0/VmSplice.xml", .. s_analyzers];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void SameCommitPackedInAnotherFolder_SameBytes(string file)
        => Assert.True(workspace.Release.Package[file].AsSpan().SequenceEqual(workspace.ReleaseAgain.Package[file]));

    [Fact]
    public void SameCommitPackedInAnotherFolder_SameSymbols()
        => Assert.True(workspace.Release.Symbols["lib/net10.0/VmSplice.pdb"].AsSpan()
            .SequenceEqual(workspace.ReleaseAgain.Symbols["lib/net10.0/VmSplice.pdb"]));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Files_HoldNoPathOfTheMachineThatPacked(string file)
        => Assert.DoesNotContain(workspace.Release.Clone, Encoding.Latin1.GetString(workspace.Release.Package[file]), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Analyzers))]
    public void Analyzers_NeedNothingButTheCompilerAndEachOther(string file)
    {
        using var assembly = new PEReader(new MemoryStream(workspace.Release.Package[file]));
        MetadataReader metadata = assembly.GetMetadataReader();
        IEnumerable<string> references = metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name));
        Assert.DoesNotContain(references, name => !s_host.Contains(name)
            && !name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
            && !s_analyzers.Contains($"{Leg}/{name}.dll"));
    }

    [Theory]
    [MemberData(nameof(Analyzers))]
    public void Analyzers_CarryTheirSymbols(string file)
    {
        using var assembly = new PEReader(new MemoryStream(workspace.Release.Package[file]));
        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
    }

    [Fact]
    public void Symbols_LinkToTheSourcesOfTheCommit()
    {
        using MetadataReaderProvider symbols =
            MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(workspace.Release.Symbols["lib/net10.0/VmSplice.pdb"]));
        MetadataReader reader = symbols.GetMetadataReader();
        CustomDebugInformation link = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Single(information => reader.GetGuid(information.Kind) == s_sourceLink);
        Assert.Contains($"/vmsplice/VmSplice.Generators/{workspace.Release.Commit}/*", Encoding.UTF8.GetString(reader.GetBlobBytes(link.Value)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IsTrimmable")]
    [InlineData("IsAotCompatible")]
    public void Runtime_SaysThatItCanBeTrimmedAndCompiledAheadOfTime(string key)
    {
        using var assembly = new PEReader(new MemoryStream(workspace.Release.Package["lib/net10.0/VmSplice.dll"]));
        MetadataReader metadata = assembly.GetMetadataReader();
        IEnumerable<string> attributes = metadata.GetAssemblyDefinition().GetCustomAttributes()
            .Select(handle => Encoding.UTF8.GetString(metadata.GetBlobBytes(metadata.GetCustomAttribute(handle).Value)));
        // the strings of an AssemblyMetadataAttribute, each after its length
        Assert.Contains(attributes, value => value.Contains($"{key}\u0004True", StringComparison.Ordinal));
    }
}
