using System.Diagnostics;

namespace Relay.Demo;

/// <summary>Counts what arrives, in whatever order and however often, and knows what is missing.</summary>
internal sealed class Tally
{
    private readonly SequenceSet _received = new();
    private readonly List<TimeSpan> _latencies = [];
    private ulong _checksum;
    private long _duplicates;
    private long _first;
    private long _last;

    /// <summary>Gets how many different records came.</summary>
    public long Records => _received.Count;

    /// <summary>Gets how many came without one missing before.</summary>
    public long WithoutGap => _received.FirstMissing;

    public void Take(ReadOnlySpan<Measurement> batch)
    {
        _last = Stopwatch.GetTimestamp();
        _latencies.Add(Stopwatch.GetElapsedTime(batch[^1].Time, _last));
        foreach (ref readonly Measurement reading in batch)
        {
            if (_received.Add(reading.Sequence))
            {
                _checksum += reading.Hash;
                if (reading.Sequence == Source.WarmUp)
                {
                    _first = reading.Time;
                    _latencies.Clear();
                }
            }
            else
            {
                _duplicates++;
            }
        }
    }

    public Summary Summarize() => new()
    {
        Records = Records,
        Duplicates = _duplicates,
        Checksum = _checksum,
        Elapsed = Stopwatch.GetElapsedTime(_first, _last),
        MedianLatency = LatencyAt(0.5),
        HighLatency = LatencyAt(0.99),
        Busy = Environment.CpuUsage.TotalTime,
    };

    private TimeSpan LatencyAt(double share) => _latencies.Order().ElementAtOrDefault((int)(_latencies.Count * share));
}
