using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using BenchmarkDotNet.Configs;
using VmSplice.Pipes;

namespace VmSplice.Benchmarks;

/// <summary>
/// Where sharing pages starts to pay: the same bytes filled and sent, by write(2) and by vmsplice whatever their length,
/// to a thread that reads and sums them. docs/kernel.md, "Thresholds", has the result.
/// </summary>
[Config(typeof(Config))]
public class Thresholds
{
    private SummingReader _far = null!;
    private long _value;

    [Params(4, 8, 16, 32, 64, 128, 256)]
    public int KiB { get; set; }

    private int Length => KiB * 1024 / sizeof(long);

    [GlobalSetup(Target = nameof(Write))]
    public void SetUpWrite() => SetUp(PipeReaderKind.Copying, int.MaxValue);

    [GlobalSetup(Target = nameof(SendToCopyingReader))]
    public void SetUpCopying() => SetUp(PipeReaderKind.Copying, 0);

    [GlobalSetup(Target = nameof(SendToUnknownReader))]
    public void SetUpUnknown() => SetUp(PipeReaderKind.Unknown, 0);

    [GlobalCleanup]
    public void CleanUp() => _far.Dispose();

    [Benchmark(Baseline = true)]
    public void Write() => Send();

    [Benchmark]
    public void SendToCopyingReader() => Send();

    [Benchmark]
    public void SendToUnknownReader() => Send();

    private void Send()
    {
        PageBuffer<long> buffer = _far.Writer.Rent<long>(Length);
        buffer.Span.Fill(_value++);
        _far.Writer.Send(buffer);
    }

    private void SetUp(PipeReaderKind reader, int threshold) => _far = SummingReader.Start(reader, new SharingPolicy(threshold));

    private sealed class Config : ManualConfig
    {
        public Config() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
