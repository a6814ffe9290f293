using System.Runtime.CompilerServices;
using Spectre.Console;

namespace Quickstart;

/// <summary>Prints two samples of every process as a table like top's, busiest first.</summary>
internal static class TopTable
{
    private const int Rows = 10;

    public static void Print(IReadOnlyList<ProcessSample> before, IReadOnlyList<ProcessSample> after, TimeSpan between)
    {
        Dictionary<(int, long), TimeSpan> earlier = before.ToDictionary(static s => (s.Pid, s.StartTicks), static s => s.UserTime + s.SystemTime);
        var rows = after
            .Select(s => (Sample: s, Busy: s.UserTime + s.SystemTime - earlier.GetValueOrDefault((s.Pid, s.StartTicks))))
            .OrderByDescending(static r => r.Busy)
            .ThenByDescending(static r => r.Sample.ResidentBytes)
            .Take(Rows);

        var table = new Table().Border(TableBorder.Simple);
        foreach (string column in (string[])["PID", "STATE", "NI", "THR", "RES MiB", "CPU %", "TIME"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        table.AddColumn("COMMAND");
        foreach ((ProcessSample sample, TimeSpan busy) in rows)
        {
            table.AddRow(
                Text($"{sample.Pid}"),
                Text($"{sample.State}"),
                Text($"{sample.Nice}"),
                Text($"{sample.Threads}"),
                Text($"{sample.ResidentBytes / 1048576.0:F1}"),
                Text($"{100 * busy / between:F0}"),
                Text($"{sample.UserTime + sample.SystemTime:h\\:mm\\:ss\\.ff}"),
                Markup.Escape(sample.Name.ToString()));
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(Text($"{after.Count} processes, received as {after.Count} records of {Unsafe.SizeOf<ProcessSample>()} bytes."));
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
