// An agent that samples /proc and streams records to a collector.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Corpus.Telemetry;

[InlineArray(16)]
public struct ShortName { private byte _first; }

public enum Metric : byte { Cpu, Memory, Faults }

[Spliceable]
public partial struct Sample
{
    public long Ticks;
    public double Value;
    public int Pid;
    public ShortName Name;
    public Metric Metric;
    public bool IsDelta;
    private readonly ushort _spare;
}

public sealed class Agent(SpliceWriter pipe, TimeProvider time) : IDisposable
{
    private readonly RecordWriter<Sample> _samples = new(pipe, new RecordWriterOptions { ChunkSize = 65536 });
    private readonly Dictionary<int, double> _last = [];
    private long _dropped;

    public long Dropped => _dropped;

    public void SampleOnce(IEnumerable<Process> processes)
    {
        foreach (Process process in processes)
        {
            try
            {
                Put(process.Id, Metric.Cpu, process.TotalProcessorTime.TotalSeconds, process.ProcessName);
                Put(process.Id, Metric.Memory, process.WorkingSet64, process.ProcessName);
            }
            catch (InvalidOperationException)
            {
                _dropped++;
            }
        }

        _samples.Flush();
    }

    public void Put(int pid, Metric metric, double value, ReadOnlySpan<char> name)
    {
        ref Sample sample = ref _samples.Next();
        sample = default;
        sample.Ticks = time.GetTimestamp();
        sample.Pid = pid;
        sample.Metric = metric;
        bool known = _last.TryGetValue(pid, out double before);
        sample.IsDelta = known;
        sample.Value = known ? value - before : value;
        Copy(name, sample.Name);
        _last[pid] = value;
    }

    public void PutAll(params ReadOnlySpan<(int Pid, double Value)> values)
    {
        foreach ((int pid, double value) in values)
        {
            _samples.Write(new Sample { Pid = pid, Value = value, Ticks = time.GetTimestamp() });
        }
    }

    public void PutSorted(List<Sample> pending)
    {
        pending.Sort((left, right) => left.Ticks.CompareTo(right.Ticks));
        Span<Sample> room = _samples.GetSpan(pending.Count);
        int count = Math.Min(room.Length, pending.Count);
        for (int i = 0; i < count; i++)
        {
            room[i] = pending[i];
        }

        _samples.Advance(count);
        pending.RemoveRange(0, count);
    }

    public bool TryPutLine(string line)
    {
        string[] parts = line.Split(' ');
        if (parts is not [var pid, var value, ..] || !int.TryParse(pid, CultureInfo.InvariantCulture, out int id))
        {
            return false;
        }

        ref var next = ref _samples.Next();
        next = default;
        next.Pid = id;
        return double.TryParse(value, CultureInfo.InvariantCulture, out next.Value);
    }

    public void Dispose()
    {
        _samples.Complete();
        _samples.Dispose();
    }

    private static void Copy(ReadOnlySpan<char> from, Span<byte> to)
    {
        for (int i = 0; i < Math.Min(from.Length, to.Length); i++)
        {
            to[i] = (byte)from[i];
        }
    }
}

public static class Collector
{
    public static Dictionary<int, double> Sum(SpliceReader pipe)
    {
        var sums = new Dictionary<int, double>();
        using var samples = new RecordReader<Sample>(pipe);
        foreach (ref readonly Sample sample in samples)
        {
            sums[sample.Pid] = sums.GetValueOrDefault(sample.Pid) + sample.Value;
        }

        return sums;
    }

    public static List<Sample> TakeCpu(RecordReader<Sample> samples, int most)
    {
        var taken = new List<Sample>();
        ReadOnlySpan<Sample> batch;
        while (taken.Count < most && !(batch = samples.ReadBatch()).IsEmpty)
        {
            foreach (Sample sample in batch)
            {
                if (sample.Metric == Metric.Cpu)
                {
                    taken.Add(sample);
                }
            }
        }

        return taken;
    }

    public static double Largest(RecordReader<Sample> samples)
    {
        double largest = double.MinValue;
        for (ReadOnlySpan<Sample> batch = samples.ReadBatch(); batch.Length > 0; batch = samples.ReadBatch())
        {
            for (int i = batch.Length - 1; i >= 0; i--)
            {
                largest = Math.Max(largest, batch[i].Value);
            }
        }

        return largest;
    }
}
