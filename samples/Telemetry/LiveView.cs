using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Telemetry;

/// <summary>The gauges as a picture that is drawn over the one before.</summary>
internal static class LiveView
{
    private const string Steps = " ▁▂▃▄▅▆▇█";
    private const int BarLength = 40;

    public static Task RunAsync(Func<Action<Gauges>, Task> collect)
        => AnsiConsole.Live(new Text("")).AutoClear(false).StartAsync(context => collect(gauges => context.UpdateTarget(Draw(gauges))));

    public static IRenderable Draw(Gauges gauges)
    {
        var numbers = new Grid().AddColumn().AddColumn(new GridColumn().NoWrap());
        numbers.AddRow("user", Bar(gauges.UserShare, "green"));
        numbers.AddRow("system", Bar(gauges.SystemShare, "yellow"));
        numbers.AddRow("waiting", Bar(gauges.WaitingShare, "blue"));
        numbers.AddRow("memory", Bar(gauges.MemoryShare, "fuchsia"));
        numbers.AddRow("busy", $"[green]{Curve(gauges.History)}[/]");
        numbers.AddRow("network", Text($"{Bytes(gauges.ReceivedPerSecond)} in, {Bytes(gauges.SentPerSecond)} out, loopback {Bytes(gauges.LoopbackPerSecond)}"));
        numbers.AddRow("load", Text($"{gauges.Last.Load:F2}"));
        numbers.AddRow("samples", Text($"{gauges.Received} received, {gauges.SamplesPerSecond:F0}/s, the last is number {gauges.Last.Sequence}"));
        var notes = new Rows(gauges.Notes.Count == 0 ? [new Text("nothing is missing")] : gauges.Notes.Select(note => new Text(note)));
        return new Rows(new Panel(numbers).Header("this machine").Expand(), new Panel(notes).Header("what was missing").Expand());
    }

    private static string Bar(double share, string colour)
    {
        int length = (int)Math.Round(Math.Clamp(share, 0, 1) * BarLength);
        return Text($"[{colour}]{new string('█', length)}[/][grey]{new string('░', BarLength - length)}[/] {100 * share,5:F1} %");
    }

    private static string Curve(IEnumerable<double> shares)
        => string.Concat(shares.Select(share => Steps[(int)Math.Round(Math.Clamp(share, 0, 1) * (Steps.Length - 1))]));

    private static string Bytes(double perSecond) => perSecond switch
    {
        >= 1 << 20 => Text($"{perSecond / (1 << 20):F1} MiB/s"),
        >= 1 << 10 => Text($"{perSecond / (1 << 10):F1} KiB/s"),
        _ => Text($"{perSecond:F0} B/s"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
