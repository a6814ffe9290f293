using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>
/// Measures the analyzers with programs of anybody, one file each: <c>VMSPLICE_PROGRAMS</c> names a folder; <c>//~</c> and a rule end a line
/// that is wrong, and a file without one is right. Prints what was missed, what was wrong to say, what was said of other lines, for a person to judge,
/// and the two shares (docs/analysis.md, "Recall").
/// </summary>
public sealed class FolderOfPrograms(ITestOutputHelper output)
{
    private const string Folder = "VMSPLICE_PROGRAMS";

    [Fact]
    public async Task Folder_IsMeasured()
    {
        if (Environment.GetEnvironmentVariable(Folder) is not { Length: > 0 } folder)
        {
            output.WriteLine($"{Folder} names no folder: nothing to measure.");
            return;
        }

        var options = new AnalyzerTestOptions { OtherGenerators = FrameworkGenerators.All };
        var report = new StringBuilder();
        int mistakes = 0;
        int caught = 0;
        int right = 0;
        int falseErrors = 0;
        int falseWarnings = 0;
        foreach (string file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string source = await File.ReadAllTextAsync(file);
            string name = Path.GetRelativePath(folder, file);
            string[] lines = source.Split('\n');
            Compilation compilation = TestCompilation.Create(source, options);
            if (compilation.GetDiagnostics().FirstOrDefault(one => one.Severity == DiagnosticSeverity.Error) is { } broken)
            {
                report.AppendLine($"does not compile   {name}: {broken}");
                continue;
            }

            ImmutableArray<Diagnostic> reported = await AnalyzerRun.DiagnosticsOfAsync(compilation, options, PackageAnalyzers.All);
            Diagnostic[] loud = [.. reported.Where(one => one.Severity >= DiagnosticSeverity.Warning)];
            (int Line, string Rule)[] marks = [.. lines.SelectMany((line, i) => ProgramTests.MarksOf(line).Select(rule => (i, rule)))];
            foreach ((int line, string rule) in marks)
            {
                mistakes++;
                Diagnostic[] here = [.. reported.Where(one => LineOf(one) == line && (one.Severity >= DiagnosticSeverity.Warning || one.Id == rule))];
                bool isCaught = here.Length > 0;
                caught += isCaught ? 1 : 0;
                if (!isCaught || here.All(one => one.Id != rule))
                {
                    string instead = string.Join("; ", reported.Select(one => $"{LineOf(one) + 1}: {one.Id}"));
                    report.AppendLine($"{(isCaught ? "by another rule   " : "missed            ")} {name}({line + 1}): {rule}; reported: {instead}");
                }
            }

            foreach (Diagnostic one in marks.Length == 0 ? [] : loud.Where(one => marks.All(mark => mark.Line != LineOf(one))))
            {
                report.AppendLine($"said of another line {name}({LineOf(one) + 1}): {one.Severity} {one.Id}");
            }

            if (marks.Length == 0)
            {
                right++;
                falseErrors += loud.Any(one => one.Severity == DiagnosticSeverity.Error) ? 1 : 0;
                falseWarnings += loud.Length > 0 && loud.All(one => one.Severity != DiagnosticSeverity.Error) ? 1 : 0;
                foreach (Diagnostic one in loud)
                {
                    report.AppendLine($"wrong to say       {name}({LineOf(one) + 1}): {one.Severity} {one.Id}: {one.GetMessage()}");
                }
            }
        }

        report.AppendLine($"{caught} of {mistakes} mistakes reported; of {right} right programs "
            + $"{falseErrors} with a false error, {falseWarnings} with a false warning");
        output.WriteLine(report.ToString());
        Assert.True(mistakes + right > 0, $"{folder} has no program.");
    }

    private static int LineOf(Diagnostic one) => one.Location.GetLineSpan().StartLinePosition.Line;
}
