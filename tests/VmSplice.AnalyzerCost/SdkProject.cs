using System.Diagnostics;
using System.Text.Json;
using VmSplice.Analyzers.Lifetime;
using VmSplice.Generators;
using VmSplice.RuleContract;

namespace VmSplice.AnalyzerCost;

/// <summary>
/// A project on disk as a user has it: the SDK's own analyzers and generators run in it, and those of the package beside. It is
/// compiled by the compiler of the SDK, with the command line that the SDK makes, in a process of its own.
/// </summary>
internal sealed class SdkProject : IDisposable
{
    private static readonly string[] s_ours =
        [typeof(LifetimeAnalyzer).Assembly.Location, typeof(SpliceableGenerator).Assembly.Location, typeof(RuleIds).Assembly.Location];

    private static string Definition { get; } = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="{typeof(SpliceWriter).Assembly.Location}" />
            <Analyzer Include="{s_ours[0]}" />
            <Analyzer Include="{s_ours[1]}" />
            <Analyzer Include="{s_ours[2]}" />
          </ItemGroup>
        </Project>
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vmsplice-cost-");
    private readonly string _compiler;

    public SdkProject(IReadOnlyList<string> files)
    {
        for (int i = 0; i < files.Count; i++)
        {
            File.WriteAllText(Path.Combine(_folder.FullName, $"File{i}.cs"), files[i]);
        }

        File.WriteAllText(Path.Combine(_folder.FullName, "Generated.csproj"), Definition);
        string asked = Run(
            "dotnet", "msbuild", "-restore", "-target:Compile", "-property:Configuration=Release;ProvideCommandLineArgs=true;SkipCompilerExecution=true",
            "-getProperty:RoslynTargetsPath", "-getItem:CscCommandLineArgs");
        using JsonDocument answer = JsonDocument.Parse(asked);
        _compiler = Path.Combine(answer.RootElement.GetProperty("Properties").GetProperty("RoslynTargetsPath").GetString()!, "bincore", "csc.dll");
        string[] line =
            [.. answer.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray()
                .Select(one => one.GetProperty("Identity").GetString()!)];
        string[] ofOurs = [.. s_ours.Select(path => "/analyzer:" + path)];
        string[] without = [.. line.Except(ofOurs)];
        if (without.Length + ofOurs.Length != line.Distinct().Count())
        {
            throw new InvalidOperationException("The SDK should hand the package's analyzers to the compiler.");
        }

        File.WriteAllLines(ResponseFile(withOurs: true), line);
        File.WriteAllLines(ResponseFile(withOurs: false), without);
    }

    public CompilerRun Compile(bool withOurs)
    {
        TimeSpan before = CompilerRun.ProcessorTimeOfChildren();
        var clock = Stopwatch.StartNew();
        Run("dotnet", "exec", _compiler, "/noconfig", "@" + ResponseFile(withOurs));
        return new CompilerRun(clock.Elapsed, CompilerRun.ProcessorTimeOfChildren() - before);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string ResponseFile(bool withOurs) => Path.Combine(_folder.FullName, withOurs ? "with.rsp" : "without.rsp");

    private string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = _folder.FullName };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' failed: {output}");
    }
}
