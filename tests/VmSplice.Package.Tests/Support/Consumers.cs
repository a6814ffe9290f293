using VmSplice.Analyzers.Tests.Documentation;

namespace VmSplice.Package.Tests.Support;

/// <summary>Users' projects, restored and built against the package in one go.</summary>
internal sealed class Consumers
{
    private readonly string _folder;
    private readonly Solution _solution;

    public Consumers(Release release, string folder)
    {
        _folder = folder;
        Repository.CopyFolder(Path.Combine(Repository.Tests, "Consumers"), folder);
        release.WriteVersionTo(folder);
        string pages = Directory.CreateDirectory(Path.Combine(folder, "Pages")).FullName;
        foreach (RulePage page in RulePage.All)
        {
            page.WriteExamplesTo(pages);
            if (page.IsFixedUnattended)
            {
                page.WriteExamplesTo(FolderOf("Mended"));
            }
        }

        File.WriteAllText(Path.Combine(FolderOf("Newcomer"), "Program.cs"),
            MarkdownBlocks.Of(Repository.Readme).First(block => block.Language == "csharp").Code);
        File.WriteAllText(Path.Combine(FolderOf("Worker"), "Program.cs"),
            MarkdownBlocks.Of(Repository.Workers).First(block => block.Language == "csharp").Code);
        _solution = new Solution(folder, "Consumers.slnx");
    }

    public string FolderOf(string project) => Path.Combine(_folder, project);

    public string OutputOf(string project) => Path.Combine(FolderOf(project), "bin", "Debug", "net10.0");

    /// <summary>Errors and warnings of one project.</summary>
    public IReadOnlyList<string> MessagesOf(string project) => _solution.MessagesOf(project);

    public SarifLog LogOf(string project) => SarifLog.Read(Path.Combine(FolderOf(project), "log.sarif"));

    /// <summary>Runs a program that was built, where the build had nothing to say of it.</summary>
    public string Run(string project)
    {
        Assert.Empty(MessagesOf(project));
        return Command.Run(OutputOf(project), Path.Combine(OutputOf(project), project)).Succeeded().Output.Trim();
    }
}
