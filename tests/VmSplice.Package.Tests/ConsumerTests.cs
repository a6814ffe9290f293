namespace VmSplice.Package.Tests;

/// <summary>Projects of users, as different as they are: <c>Consumers</c> has them.</summary>
[Collection(SharedWorkspace.Name)]
public sealed class ConsumerTests(Workspace workspace)
{
    private Consumers Consumers => workspace.Consumers;

    [Fact]
    public void ProgramOfReadmeInANewProject_PrintsWhatReadmeSays()
        => Assert.Contains($"prints `{Consumers.Run("Newcomer")}`", File.ReadAllText(Repository.Readme), StringComparison.Ordinal);

    [Fact]
    public void WorkerOfTheGuideInANewProject_PrintsWhatTheGuideSays()
        => Assert.Contains($"dotnet run -c Release\n{Consumers.Run("Worker")}\n", File.ReadAllText(Repository.Workers), StringComparison.Ordinal);

    [Fact]
    public void WarningsAsErrorsAtTheHighestAnalysisLevel_TwoProcessesExchange() => Assert.Equal("100000", Consumers.Run("Strict"));

    [Fact]
    public void NullableOff_TwoProcessesExchange() => Assert.Equal("100000", Consumers.Run("NullableOff"));

    [Fact]
    public void DocumentationFileOn_NothingGeneratedLacksDocumentation() => Assert.Empty(Consumers.MessagesOf("Contracts"));

    [Fact]
    public void LibraryWithSpliceableTypes_ApplicationUsesThemWithoutTheReference() => Assert.Equal("10125", Consumers.Run("App"));

    [Fact]
    public void TwoProjectsThatBothReferenceThePackage_NoTypeTwice() => Assert.Equal("25", Consumers.Run("Quotes"));

    [Fact]
    public void KillSwitchBelowCSharp14_RuntimeTypesAlone() => Assert.Empty(Consumers.MessagesOf("Off"));

    [Fact]
    public void GeneratedFilesEmitted_OneForEachType()
        => Assert.Equal(
            ["Answer", "Book", "Tick"],
            Directory.EnumerateFiles(Path.Combine(Consumers.FolderOf("NullableOff"), "obj", "Debug", "net10.0", "generated", "VmSplice.Generators"), "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetFileName(file).Split('.')[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void OwnConfigurationInStrictMode_Wins() => Assert.Empty(Consumers.MessagesOf("Overridden"));

    [Theory]
    [InlineData("OldFramework", "error VMS0001: VmSplice.Generators needs net10.0 or later; 'OldFramework' targets 'net8.0'. Set <TargetFramework>net10.0</TargetFramework>")]
    [InlineData("OldLanguage", "error VMS0002: VmSplice.Generators writes C# 14; 'OldLanguage' is compiled as C# 12.0. Remove <LangVersion>")]
    [InlineData("NoSuchMode", "error VMS0003: VmSpliceAnalysisMode is 'Hard'. It can be Default, Strict or Relaxed.")]
    public void ProjectThatCannotUseThePackage_OneErrorThatNamesTheWayOut(string project, string message)
        => Assert.Contains(message, Assert.Single(Consumers.MessagesOf(project)), StringComparison.Ordinal);

    /// <summary>No error of the compiler's in place of these, or beside them: a newcomer has to read what is enough to mend.</summary>
    [Fact]
    public void TypesThatBreakRulesAndAreUsed_TheRulesAlone()
    {
        IReadOnlyList<string> messages = Consumers.MessagesOf("Malformed");
        Assert.Equal(3, messages.Count);
        Assert.Single(messages, message => message.Contains("error VMS1008: 'Pixels' does not say how many elements it has; add Length", StringComparison.Ordinal));
        Assert.Single(messages, message => message.Contains("error VMS1002: 'All' is a reference ('string')", StringComparison.Ordinal));
        Assert.Single(messages, message => message.Contains("error VMS1004: 'Tick' has 3 bytes of padding", StringComparison.Ordinal));
    }

    /// <summary>No SDK here has this framework yet; the targets must not stand in its way.</summary>
    [Fact]
    public void FrameworkAfterThisOne_NoError()
    {
        string targets = Path.Combine(Repository.Root, "src", "VmSplice", "Package", "buildTransitive", "VmSplice.Generators.targets");
        string project = Path.Combine(workspace.Release.Feed, "net11.proj");
        File.WriteAllText(project, $"<Project><PropertyGroup><TargetFramework>net11.0</TargetFramework><LangVersion>15.0</LangVersion></PropertyGroup><Import Project=\"{targets}\" /></Project>");
        Command.DotNet(workspace.Release.Feed, "msbuild", project, "-t:_VmSpliceCheckProject").Succeeded();
    }
}
