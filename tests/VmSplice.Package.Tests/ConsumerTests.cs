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

    /// <summary>Generated code and both raw calls; BroughtRows shows that the rules are on.</summary>
    [Fact]
    public void PreviewOfMemorySafetyRulesAndWarningsAsErrors_EverythingIsSent() => Assert.Equal("5 10 11 12", Consumers.Run("MemorySafety"));

    [Fact]
    public void NullableOff_TwoProcessesExchange() => Assert.Equal("100000", Consumers.Run("NullableOff"));

    [Fact]
    public void DocumentationFileOn_NothingGeneratedLacksDocumentation() => Assert.Empty(Consumers.MessagesOf("Contracts"));

    [Fact]
    public void LibraryWithSpliceableTypes_ApplicationUsesThemWithoutTheReference() => Assert.Equal("10125", Consumers.Run("App"));

    [Fact]
    public void TwoProjectsThatBothReferenceThePackage_NoTypeTwice() => Assert.Equal("25", Consumers.Run("Quotes"));

    /// <summary>Two builds of one program, of which the newer one appended fields, in processes of their own.</summary>
    [Theory]
    [InlineData("Journal.Old", "Journal.New", "1000 entries, 8890 characters, priorities 3000, 0 authors")]
    [InlineData("Journal.New", "Journal.Old", "1000 entries, 8890 characters, priorities 0, 0 authors")]
    [InlineData("Journal.New", "Journal.New", "1000 entries, 8890 characters, priorities 9000, 1000 authors")]
    public void OldAndNewBuildOfOneProgram_TalkInBothDirections(string writer, string reader, string said)
    {
        Assert.Empty(Consumers.MessagesOf(writer));
        Assert.Empty(Consumers.MessagesOf(reader));
        string line = $"'{Path.Combine(Consumers.OutputOf(writer), writer)}' write | '{Path.Combine(Consumers.OutputOf(reader), reader)}'";
        Assert.Equal(said, Command.Run(Consumers.OutputOf(writer), "/bin/sh", "-c", line).Succeeded().Output.Trim());
    }

    [Fact]
    public void KillSwitchBelowCSharp14_RuntimeTypesAlone() => Assert.Empty(Consumers.MessagesOf("Off"));

    [Fact]
    public void GeneratedFilesEmitted_OneForEachType()
        => Assert.Equal(
            ["Answer", "Book", "Tick"],
            Directory.EnumerateFiles(Path.Combine(Consumers.FolderOf("NullableOff"), "obj", "Debug", "net10.0", "generated", "VmSplice.Generators"), "*.cs",
                SearchOption.AllDirectories)
                .Select(file => Path.GetFileName(file).Split('.')[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void OwnConfigurationInStrictMode_Wins() => Assert.Empty(Consumers.MessagesOf("Overridden"));

    /// <summary>No error of the compiler's in place of these, or beside them: a newcomer has to read what is enough to mend.</summary>
    [Fact]
    public void TypesThatBreakRulesAndAreUsed_TheRulesAlone()
    {
        IReadOnlyList<string> messages = Consumers.MessagesOf("Malformed");
        Assert.Equal(3, messages.Count);
        Assert.Single(messages,
            message => message.Contains("error VMS1008: 'Pixels' does not say how many elements it has; add Length", StringComparison.Ordinal));
        Assert.Single(messages, message => message.Contains("error VMS1002: 'All' is a reference ('string')", StringComparison.Ordinal));
        Assert.Single(messages, message => message.Contains("error VMS1004: 'Tick' has 3 bytes of padding", StringComparison.Ordinal));
    }
}
