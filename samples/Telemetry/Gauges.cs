using System.Globalization;

namespace Telemetry;

/// <summary>What the counters mean: shares and rates over the last while, and what went missing.</summary>
internal sealed class Gauges
{
    private const int MostNotes = 8;
    private const int MostHistory = 60;

    // As long as it takes for the kernel's counters, 100 a second, to say something.
    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(500);

    private readonly Queue<Sample> _recent = [];
    private readonly List<string> _notes = [];
    private readonly List<double> _history = [];
    private long _historyTime;

    public Sample Last { get; private set; }

    public long Received { get; private set; }

    /// <summary>Gets the newest remarks, the last one last.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Gets the busy share of the processors, a value for each window.</summary>
    public IReadOnlyList<double> History => _history;

    public double UserShare => Share(static sample => sample.User);

    public double SystemShare => Share(static sample => sample.System);

    public double WaitingShare => Share(static sample => sample.Waiting);

    public double MemoryShare => Last.MemoryTotal == 0 ? 0 : 1 - ((double)Last.MemoryAvailable / Last.MemoryTotal);

    public double ReceivedPerSecond => Rate(static sample => sample.Received);

    public double SentPerSecond => Rate(static sample => sample.Sent);

    public double LoopbackPerSecond => Rate(static sample => sample.Loopback);

    public double SamplesPerSecond => Rate(static sample => sample.Sequence);

    public void Take(ReadOnlySpan<Sample> batch)
    {
        foreach (ref readonly Sample sample in batch)
        {
            NoteWhatIsMissing(in sample);
            Last = sample;
            Received++;
            _recent.Enqueue(sample);
            while (_recent.Count > 2 && sample.Time - _recent.Peek().Time > s_window.Ticks)
            {
                _recent.Dequeue();
            }

            if (sample.Time - _historyTime > s_window.Ticks)
            {
                _historyTime = sample.Time;
                _history.Add(UserShare + SystemShare);
                _history.RemoveRange(0, Math.Max(0, _history.Count - MostHistory));
            }
        }
    }

    public void Note(string text)
    {
        _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss.f} {text}"));
        _notes.RemoveRange(0, Math.Max(0, _notes.Count - MostNotes));
    }

    private void NoteWhatIsMissing(in Sample sample)
    {
        if (Received == 0)
        {
            if (sample.Sequence > 0)
            {
                Note(Text($"gap: the agent took {sample.Sequence} samples before, {sample.Missed} of them while no collector was there"));
            }

            return;
        }

        string time = Text($"{TimeSpan.FromTicks(sample.Time - Last.Time).TotalSeconds:F2} s");
        if (sample.Agent != Last.Agent)
        {
            Note($"gap: {time} until another agent came");
            _recent.Clear();
        }
        else if (sample.Sequence != Last.Sequence + 1)
        {
            Note(Text($"gap: {sample.Sequence - Last.Sequence - 1} samples, {time}"));
        }
    }

    private double Share(Func<Sample, TimeSpan> counter)
    {
        TimeSpan all = Difference(static sample => sample.User + sample.System + sample.Waiting + sample.Idle);
        return all > TimeSpan.Zero ? Difference(counter) / all : 0;
    }

    private TimeSpan Difference(Func<Sample, TimeSpan> counter) => _recent.Count < 2 ? TimeSpan.Zero : counter(Last) - counter(_recent.Peek());

    private double Rate(Func<Sample, long> counter)
        => _recent.Count < 2 ? 0 : (counter(Last) - counter(_recent.Peek())) / TimeSpan.FromTicks(Last.Time - _recent.Peek().Time).TotalSeconds;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
