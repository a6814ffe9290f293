using System.Text.RegularExpressions;

namespace VmSplice.Package.Tests;

/// <summary>
/// What the package brings is there, or the build says in one sentence what is missing; and it says nothing to those who do not use it.
/// </summary>
[Collection(SharedWorkspace.Name)]
public sealed class BroughtTests(Workspace workspace)
{
    public static TheoryData<string> Rows => [.. BroughtRows.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Build_SaysWhatIsMissingAndNothingElse(string row)
    {
        string[] expected = BroughtRows.All.Single(candidate => candidate.Name == row).Messages;
        IReadOnlyList<string> messages = workspace.Brought.MessagesOf(row);
        Assert.Equal(expected.Length, messages.Count);
        Assert.All(expected,
            message => Assert.Single(messages,
                line => Regex.IsMatch(line, message.StartsWith("Source", StringComparison.Ordinal) ? message : $": {Regex.Escape(message)}")));
    }

    /// <summary>The real one, where it can be had: the SDK takes no analyzer of the package then, and the compiler says nothing.</summary>
    [SkippableFact]
    public void CompilerBeforeRoslyn5_OneErrorThatNamesIt()
    {
        string folder = workspace.FolderWithMachineSources("toolset");
        new ConsumerRow("Toolset")
        {
            Properties = "<RoslynCompilerType>Custom</RoslynCompilerType>",
            Items = """<PackageReference Include="Microsoft.Net.Compilers.Toolset" Version="4.14.0" PrivateAssets="all" />""" + ConsumerRow.Reference(""),
        }.WriteTo(folder);
        CommandResult restore = Command.DotNet(folder, "restore", "Toolset");
        Skip.If(restore.ExitCode != 0 && restore.Output.Contains("error NU1", StringComparison.Ordinal),
            "Cannot restore Microsoft.Net.Compilers.Toolset here.");
        restore.Succeeded();
        CommandResult build = Command.DotNet(folder, "build", "Toolset", "--no-restore", "-clp:NoSummary");
        Assert.Contains("error VMS0004: VmSplice.Generators needs the compiler of the .NET 10 SDK, Roslyn 5.0 or later; 'Toolset' is compiled by Roslyn 4.14,",
            build.Output, StringComparison.Ordinal);
    }

    /// <summary>No SDK here has this framework yet; the targets must not stand in its way.</summary>
    [Fact]
    public void FrameworkAfterThisOne_NoError()
    {
        string targets = Path.Combine(Repository.Root, "src", "VmSplice", "Package", "buildTransitive", "VmSplice.Generators.targets");
        string project = Path.Combine(workspace.Release.Feed, "net11.proj");
        File.WriteAllText(project, $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net11.0</TargetFramework>
                <LangVersion>15.0</LangVersion>
                <Language>C#</Language>
                <CompilerApiVersion>roslyn10.1</CompilerApiVersion>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="VmSplice.Generators" />
                <Analyzer Include="VmSplice.Generators.dll;VmSplice.Analyzers.dll" />
                <ReferencePath Include="VmSplice.dll" NuGetPackageId="VmSplice.Generators" />
                <RuntimeCopyLocalItems Include="VmSplice.dll" NuGetPackageId="VmSplice.Generators" />
              </ItemGroup>
              <Import Project="{targets}" />
            </Project>
            """);
        Assert.DoesNotContain("VMS0", Command.DotNet(workspace.Release.Feed, "msbuild", project, "-t:_VmSpliceCheckProject").Succeeded().Output,
            StringComparison.Ordinal);
    }
}
