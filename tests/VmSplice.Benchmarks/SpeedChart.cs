using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace VmSplice.Benchmarks;

/// <summary>
/// The chart in README and the table in docs/performance.md: runs Quickstart, which measures vmsplice and write(2) in turn, for both kinds of reader in turn,
/// prints what it said as a table and draws the medians to docs/images/speed.svg.
/// </summary>
internal static partial class SpeedChart
{
    private const int Runs = 10;

    /// <summary>The label is centred, and its width is guessed too narrow: with less it overlaps the end of its bar.</summary>
    private const double LabelMargin = 8;

    // Reads well on a light page and on a dark one.
    private static readonly OxyColor Ink = OxyColor.FromRgb(0x84, 0x8d, 0x97);
    private static readonly OxyColor Written = OxyColor.FromRgb(0x8c, 0x95, 0x9f);
    private static readonly OxyColor Shared = OxyColor.FromRgb(0x1f, 0x6f, 0xeb);

    private static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    public static int Draw()
    {
        Run("build");
        List<(double Shared, double Written)> copying = [];
        List<(double Shared, double Written)> unknown = [];
        for (int run = 0; run < Runs; run++)
        {
            copying.Add(RunQuickstart(PipeReaderKind.Copying));
            unknown.Add(RunQuickstart(PipeReaderKind.Unknown));
        }

        (string Way, double[] Speeds)[] rows =
        [
            ("write(2)", [.. copying.Concat(unknown).Select(static r => r.Written)]),
            ("vmsplice, reader Unknown", [.. unknown.Select(static r => r.Shared)]),
            ("vmsplice, reader Copying", [.. copying.Select(static r => r.Shared)]),
        ];
        Console.WriteLine("| | vmsplice | write | ratio | its median |\n|---|---|---|---|---|");
        PrintRow("reader declared `Copying`", copying);
        PrintRow("reader `Unknown` (default)", unknown);

        using FileStream file = File.Create(Path.Combine(Root, "docs", "images", "speed.svg"));
        new SvgExporter { Width = 760, Height = 190 }.Export(Model(rows), file);
        return 0;
    }

    private static void PrintRow(string reader, List<(double Shared, double Written)> runs)
    {
        double[] shared = [.. runs.Select(static run => run.Shared)];
        double[] written = [.. runs.Select(static run => run.Written)];
        double[] ratios = [.. runs.Select(static run => run.Shared / run.Written)];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {reader} | {shared.Min():F1}–{shared.Max():F1} GiB/s | {written.Min():F1}–{written.Max():F1} GiB/s | {ratios.Min():F2}–{ratios.Max():F2} | "
                + $"{Median(ratios):F1} |"));
    }

    private static (double Shared, double Written) RunQuickstart(PipeReaderKind reader)
    {
        string output = Run("run", "--no-build", "--", "--reader", reader.ToString());
        Match speed = SpeedLine().Match(output);
        return speed.Success
            ? (Number(speed, "shared"), Number(speed, "written")) : throw new InvalidOperationException($"Quickstart says no speed:\n{output}");
    }

    private static string Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [command, "-c", "Release", .. arguments])
        {
            WorkingDirectory = Path.Combine(Root, "samples", "Quickstart"),
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"dotnet {command} ended with {process.ExitCode}:\n{output}");
    }

    private static PlotModel Model((string Way, double[] Speeds)[] rows)
    {
        var model = new PlotModel
        {
            DefaultFont = "system-ui, DejaVu Sans, sans-serif",
            TextColor = Ink,
            PlotAreaBorderThickness = new OxyThickness(0),
            PlotMargins = new OxyThickness(200, 4, 24, 40),
        };
        var ways = new CategoryAxis { Position = AxisPosition.Left, StartPosition = 1, EndPosition = 0, TickStyle = TickStyle.None, FontSize = 13,
            GapWidth = 0.5 };
        var bars = new BarSeries { LabelFormatString = "\u00a0{0:0.0}", LabelPlacement = LabelPlacement.Outside, LabelMargin = LabelMargin, FontSize = 13 };
        foreach ((string way, double[] speeds) in rows)
        {
            ways.Labels.Add(way);
            bars.Items.Add(new BarItem(Median(speeds)) { Color = ways.Labels.Count == 1 ? Written : Shared });
        }

        model.Axes.Add(ways);
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Minimum = 0, MaximumPadding = 0.1, Title = "GiB/s", TickStyle = TickStyle.None });
        model.Series.Add(bars);
        return model;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"(speed|beside it): vmsplice (?<shared>[\d.]+) GiB/s, write (?<written>[\d.]+) GiB/s")]
    private static partial Regex SpeedLine();
}
