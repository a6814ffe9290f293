using System.Globalization;

namespace VmSplice.Benchmarks.Harness;

/// <summary>What one worker says of one round.</summary>
/// <param name="Start">When it began, in nanoseconds of CLOCK_MONOTONIC.</param>
/// <param name="End">When it ended.</param>
/// <param name="ProcessorNanoseconds">User and system time of the whole process.</param>
/// <param name="AllocatedBytes">Managed bytes.</param>
/// <param name="Sum">What the worker computed.</param>
/// <param name="Latency">How long messages took, where the worker looks.</param>
internal readonly record struct Answer(long Start, long End, long ProcessorNanoseconds, long AllocatedBytes, long Sum, Percentiles Latency)
{
    public static Answer Parse(string line)
    {
        var values = line.Split(' ')
            .Select(static part => part.Split('='))
            .ToDictionary(static pair => pair[0], static pair => long.Parse(pair[1], CultureInfo.InvariantCulture));
        Percentiles latency = new(values.GetValueOrDefault("p50"), values.GetValueOrDefault("p99"), values.GetValueOrDefault("p999"));
        return new Answer(values["start"], values["end"], values["cpu"], values["alloc"], values["sum"], latency);
    }

    /// <summary>Several workers as one.</summary>
    public static Answer Join(IReadOnlyList<Answer> answers) => answers is [var one]
        ? one
        : new Answer(
            answers.Min(static answer => answer.Start),
            answers.Max(static answer => answer.End),
            answers.Sum(static answer => answer.ProcessorNanoseconds),
            answers.Sum(static answer => answer.AllocatedBytes),
            answers.Sum(static answer => answer.Sum),
            default);
}

/// <summary>Nanoseconds.</summary>
internal readonly record struct Percentiles(long P50, long P99, long P999);

/// <summary>One round of a pair of processes: from the writer's first byte to the reader's last.</summary>
/// <param name="Bytes">The bytes moved.</param>
/// <param name="Writer">The writer's side.</param>
/// <param name="Reader">The reader's side.</param>
internal readonly record struct Round(long Bytes, Answer Writer, Answer Reader)
{
    /// <summary>What opening and ending a stream takes, once a round.</summary>
    private const int AllocatedByStream = 4096;

    private double Gibibytes => (double)Bytes / (1L << 30);

    public double Seconds => (Math.Max(Writer.End, Reader.End) - Writer.Start) / 1e9;

    public double GibibytesPerSecond => Gibibytes / Seconds;

    public double WriterSecondsPerGibibyte => Writer.ProcessorNanoseconds / 1e9 / Gibibytes;

    public double ReaderSecondsPerGibibyte => Reader.ProcessorNanoseconds / 1e9 / Gibibytes;

    public double ProcessorSecondsPerGibibyte => WriterSecondsPerGibibyte + ReaderSecondsPerGibibyte;

    public long AllocatedBytes => Writer.AllocatedBytes + Reader.AllocatedBytes;

    /// <summary>Gets the managed bytes for a GiB, without those of the stream itself.</summary>
    public double AllocatedPerGibibyte => Math.Max(0, AllocatedBytes - AllocatedByStream) / Gibibytes;

    /// <summary>Gets the latency, as the worker saw it that looks.</summary>
    public Percentiles Latency => Writer.Latency.P50 != 0 ? Writer.Latency : Reader.Latency;
}
