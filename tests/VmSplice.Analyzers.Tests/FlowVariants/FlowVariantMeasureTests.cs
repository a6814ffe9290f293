using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using VmSplice.Analyzers.Tests.Documentation;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VmSplice.Analyzers.Tests.FlowVariants;

/// <summary>
/// Every kernel in every variant, wrong and repaired: what is reported, by rule and by variant. The floor is held here; what is missed is
/// listed in docs/analysis.md, and nothing else is.
/// </summary>
public sealed class FlowVariantMeasureTests(ITestOutputHelper output)
{
    private const string Shared = """
        global using System.Buffers;
        global using System.Runtime.InteropServices;
        global using Microsoft.Win32.SafeHandles;

        [Spliceable] public partial struct Tick { public long Time; public double Price; }

        public struct iovec { public nint iov_base; public nuint iov_len; }

        public static class Libc
        {
            [DllImport("libc", SetLastError = true)] public static extern nint vmsplice(int fd, iovec[] iov, nuint n, uint flags);

            [DllImport("libc", SetLastError = true)]
            public static extern nint splice(int from, nint fromOffset, int to, nint toOffset, nuint length, uint flags);
        }
        """;

    [Fact]
    public async Task Recall_IsAtLeastTheFloorOfEachRule_AndRepairedTwinsAreSilent()
    {
        List<Row> rows = [];
        foreach (Variant variant in Variant.All)
        {
            rows.AddRange(await MeasureAsync(variant));
        }

        output.WriteLine(Table("rule", rows, row => row.Kernel.Rule));
        output.WriteLine(Table("variant", rows, row => row.Variant.Name));
        string page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "analysis.md"));
        foreach (Row row in rows.Where(row => !row.IsCaught))
        {
            output.WriteLine($"- missed: {row.Name}");
        }

        foreach (Row row in rows.Where(row => row.FalseErrors + row.FalseWarnings > 0))
        {
            output.WriteLine($"- false: {row.Name}: {row.False}");
        }

        Assert.Equal(0, rows.Sum(row => row.FalseErrors));
        Assert.InRange(rows.Sum(row => row.FalseWarnings), 0, rows.Count / 100);
        Assert.Empty(rows.Where(row => !row.IsCaught && !page.Contains($"`{row.Name}`", StringComparison.Ordinal)).Select(row => row.Name));
        Assert.All(rows.GroupBy(row => row.Kernel.Rule), rule => Assert.True(rule.Count(row => row.IsCaught) >= 0.95 * rule.Count(), rule.Key));
    }

    private static async Task<IEnumerable<Row>> MeasureAsync(Variant variant)
    {
        Kernel[] kernels = [.. Kernels.All.Concat(RawKernels.All).Where(kernel => Takes(kernel, variant))];
        string[] wrong = [.. kernels.Select((kernel, i) => VariantProgram.Of(kernel, variant, isRepaired: false, $"Wrong{i}"))];
        string[] repaired = [.. kernels.Select((kernel, i) => VariantProgram.Of(kernel, variant, isRepaired: true, $"Right{i}"))];
        AnalyzerTestOptions options = new() { OtherSources = [Shared] };
        Compilation compilation = TestCompilation.Create(string.Concat(wrong) + string.Concat(repaired), options);
        TestCompilation.AssertNoErrors(compilation, variant.Name);
        ImmutableArray<Diagnostic> all = await AnalyzerRun.DiagnosticsOfAsync(compilation, options, PackageAnalyzers.All);
        Diagnostic[] grave = [.. all.Where(one => one.Severity >= DiagnosticSeverity.Warning)];
        return kernels.Select((kernel, i) => new Row(kernel, variant, [.. In(grave, $"Wrong{i}", kernel)], [.. In(grave, $"Right{i}", null)]));
    }

    /// <summary>Whether a variant is a way for the mistake. Of a promise about a parameter only where the method has it.</summary>
    private static bool Takes(Kernel kernel, Variant variant)
        => !kernel.Without.Contains(variant.Name)
            && (kernel.Annotation is null || variant.Members.Contains("(SpliceWriter w, TYPE b", StringComparison.Ordinal));

    /// <summary>What is reported in a class; where the kernel is given, at one of its marks.</summary>
    private static IEnumerable<Diagnostic> In(Diagnostic[] all, string name, Kernel? kernel) => all.Where(one =>
    {
        string text = one.Location.SourceTree!.ToString();
        int start = text.IndexOf($"public class {name}\n", StringComparison.Ordinal);
        int end = text.IndexOf("public class ", start + 1, StringComparison.Ordinal);
        TextSpan found = one.Location.SourceSpan;
        return found.Start >= start && (end < 0 || found.Start < end) && (kernel is null || IsMarked(text, found, start));
    });

    private static bool IsMarked(string text, TextSpan found, int start)
    {
        int opened = text.LastIndexOf(VariantProgram.MarkStart, found.Start, StringComparison.Ordinal);
        return opened > start && text.IndexOf(VariantProgram.MarkEnd, opened, StringComparison.Ordinal) >= found.End;
    }

    private static string Table(string title, List<Row> rows, Func<Row, string> by)
    {
        var table = new StringBuilder($"| {title} | caught | false errors | false warnings |\n|---|---|---|---|\n");
        foreach (IGrouping<string, Row> group in rows.GroupBy(by))
        {
            table.Append(
                CultureInfo.InvariantCulture, $"| {group.Key} | {group.Count(row => row.IsCaught)} of {group.Count()} | {group.Sum(row => row.FalseErrors)} "
                    + $"| {group.Sum(row => row.FalseWarnings)} |\n");
        }

        return table.ToString();
    }

    private sealed record Row(Kernel Kernel, Variant Variant, Diagnostic[] OnWrong, Diagnostic[] OnRepaired)
    {
        public string Name => $"{Variant.Name}: {Kernel.Name}";

        public bool IsCaught
            => OnWrong.Any(one => one.Id == Kernel.Rule
                || (one.Id == "VMS2004" && Kernel.Rule is "VMS2001" or "VMS2002" or "VMS2003" or "VMS2008" or "VMS2012"));

        public int FalseErrors => OnRepaired.Count(one => one.Severity == DiagnosticSeverity.Error);

        public int FalseWarnings => OnRepaired.Count(one => one.Severity == DiagnosticSeverity.Warning);

        public string False => string.Join(", ", OnRepaired.Select(one => one.Id));
    }
}
