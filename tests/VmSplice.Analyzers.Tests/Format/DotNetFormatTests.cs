using System.Text.RegularExpressions;
using VmSplice.Analyzers.Tests.Documentation;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Format;

/// <summary>
/// The real tool on a real project: the bad code of every page whose rule has a fix, each in a file of its own. Afterwards the project
/// builds, and the rules have nothing more to say about it.
/// </summary>
public sealed partial class DotNetFormatTests
{
    /// <summary>Its page's examples need a file beside them; it has a test of its own.</summary>
    private const string RecordedLayout = "VMS1013";

    /// <summary>What is fixed without asking; a fix by hand is for the user to choose at each place.</summary>
    private static readonly string[] s_fixable =
        [.. PackageAnalyzers.Fixes.Where(fix => fix.GetFixAllProvider() is not null).SelectMany(fix => fix.FixableDiagnosticIds).Distinct()
            .Where(id => id != RecordedLayout)
            .Order(StringComparer.Ordinal)];

    [Fact]
    public async Task EveryMistakeWithAFix_IsMendedAndTheProjectBuilds()
    {
        using var project = new ConsumerProject();
        foreach (string id in s_fixable)
        {
            MarkdownBlock[] bad = [.. MarkdownBlocks.Of(Path.Combine(Repository.RulePages, $"{id}.md")).Where(block => block.BrokenRule == id)];
            for (int i = 0; i < bad.Length; i++)
            {
                project.Add($"{id}_{i}.cs", InNamespace($"{id}_{i}", bad[i].Code));
            }
        }

        string before = await project.DotNetAsync(succeeds: false, "build", "-nologo", "-v:q", "-nodeReuse:false");
        Assert.Equal(s_fixable, Reported(before));

        await project.DotNetAsync(succeeds: true, ["format", "analyzers", "--no-restore", "--severity", "info", "--diagnostics", .. s_fixable]);

        string after = await project.DotNetAsync(succeeds: true, "build", "-nologo", "-v:q", "-nodeReuse:false");
        Assert.Empty(Reported(after));
    }

    /// <summary>What may mean something else afterwards is left as it is, for the user to mend by hand.</summary>
    [Fact]
    public async Task Union_IsLeftAlone()
    {
        const string Union = """
            using System.Runtime.InteropServices;
            using VmSplice;

            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Number { [FieldOffset(0)] public double Value; [FieldOffset(0)] public ulong Raw; }

            [Spliceable, StructLayout(LayoutKind.Auto)]
            public partial struct Tick { public int Id; }

            [Spliceable]
            public partial struct Quote { public DateTimeOffset Sent; }

            """;
        using var project = new ConsumerProject();
        project.Add("Union.cs", Union);
        await project.DotNetAsync(succeeds: true, "restore", "-v:q");
        await project.DotNetAsync(succeeds: true, ["format", "analyzers", "--no-restore", "--severity", "info", "--diagnostics", .. s_fixable]);

        Assert.Equal(Union.Replace("LayoutKind.Auto", "LayoutKind.Sequential", StringComparison.Ordinal), project.Read("Union.cs"));
    }

    /// <summary>An empty layout file is filled; what is recorded in it is left as it is, however the declaration changes.</summary>
    [Fact]
    public async Task LayoutFile_IsFilledAndKeepsWhatItHas()
    {
        const string LayoutFile = "VmSplice.Layouts.txt";
        using var project = new ConsumerProject();
        project.Add("Directory.Build.props", $"<Project><ItemGroup><AdditionalFiles Include=\"{LayoutFile}\" /></ItemGroup></Project>");
        project.Add(LayoutFile, "");
        project.Add("Order.cs", "namespace Demo; [VmSplice.Spliceable] public partial struct Order { public long Id; public double Price; }\n");
        project.Add("Tick.cs", "[VmSplice.Spliceable] public partial struct Tick { public long Time; }\n");
        await project.DotNetAsync(succeeds: true, "restore", "-v:q");
        await FormatAsync();
        string recorded = project.Read(LayoutFile);
        Assert.Matches(
            @"\ADemo\.Order 1: 16 bytes, [0-9a-f]{16}\n    0 long Id\n    8 double Price\n\nTick 1: 8 bytes, [0-9a-f]{16}\n    0 long Time\n\z", recorded);

        project.Add("Order.cs", "namespace Demo; [VmSplice.Spliceable] public partial struct Order { public long Id; public long Price; }\n");
        await FormatAsync();
        Assert.Equal(recorded, project.Read(LayoutFile));

        Task FormatAsync() => project.DotNetAsync(succeeds: true, "format", "analyzers", "--no-restore", "--diagnostics", RecordedLayout);
    }

    private static IEnumerable<string> Reported(string output)
        => Rule().Matches(output).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Many pages call their class Sender.</summary>
    private static string InNamespace(string name, string code)
    {
        int types = LastUsing().Matches(code).Select(match => match.Index + match.Length).DefaultIfEmpty(0).Max();
        return $"{code[..types]}\nnamespace {name};\n{code[types..]}";
    }

    [GeneratedRegex(@"(?:error|warning) (VMS\d{4}):")]
    private static partial Regex Rule();

    [GeneratedRegex(@"^using [\w.]+;\n", RegexOptions.Multiline)]
    private static partial Regex LastUsing();
}
