using System.Diagnostics;
using Xunit;

namespace VmSplice.Analyzers.Tests.Format;

/// <summary>A project of a user in a folder of its own, with the runtime and the analyzers of this build.</summary>
internal sealed class ConsumerProject : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
            <UseSharedCompilation>false</UseSharedCompilation>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="{0}VmSplice.dll" />
            <Analyzer Include="{0}VmSplice.RuleContract.dll;{0}VmSplice.Generators.dll;{0}VmSplice.Analyzers.dll;{0}VmSplice.CodeFixes.dll" />
          </ItemGroup>
        </Project>
        """;

    // What is only informational is not printed by a build.
    private const string Severities = "root = true\n[*.cs]\ndotnet_diagnostic.VMS2010.severity = warning\ndotnet_diagnostic.VMS4008.severity = warning\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("vmsplice-consumer-").FullName;

    public ConsumerProject()
    {
        Add("Consumer.csproj", Project.Replace("{0}", AppContext.BaseDirectory, StringComparison.Ordinal));
        Add(".editorconfig", Severities);
        Add("Directory.Build.props", "<Project />");
        Add("Directory.Build.targets", "<Project />");
        Add("Directory.Packages.props", "<Project />");
    }

    public void Add(string file, string content) => File.WriteAllText(Path.Combine(_folder, file), content);

    public string Read(string file) => File.ReadAllText(Path.Combine(_folder, file));

    /// <summary>Runs the tool in the folder and gives what it printed.</summary>
    public async Task<string> DotNetAsync(bool succeeds, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // The host of this test set these for itself.
        foreach (string inherited in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(inherited);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        Assert.True((process.ExitCode == 0) == succeeds, $"dotnet {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{output}");
        return output;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
