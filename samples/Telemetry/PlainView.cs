using System.Globalization;

namespace Telemetry;

/// <summary>The gauges as lines, for a file or a pipe: a remark when there is one, and the numbers each second.</summary>
internal sealed class PlainView(TextWriter output)
{
    private string? _lastNote;
    private long _next;

    public void Show(Gauges gauges)
    {
        foreach (string note in gauges.Notes.SkipWhile(note => _lastNote is not null && note != _lastNote).Where(note => note != _lastNote))
        {
            output.WriteLine(note);
            _lastNote = note;
        }

        if (gauges.Received > 0 && Environment.TickCount64 >= _next)
        {
            _next = Environment.TickCount64 + 1000;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{gauges.Received} samples, {gauges.SamplesPerSecond:F0}/s; user {100 * gauges.UserShare:F0} %, "
                    + $"system {100 * gauges.SystemShare:F0} %, memory {100 * gauges.MemoryShare:F0} %"));
        }
    }
}
