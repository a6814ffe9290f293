using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace VmSplice.Benchmarks;

/// <summary>
/// The same sends with and without a thread that waits, to a thread that reads and sums; the pipe is often full, and then the
/// one waits in the kernel, the other in the loop. docs/async.md, "How fast", has the result.
/// </summary>
[Config(typeof(Config))]
public class AsyncSends
{
    private const int SendsOfOne = 64;
    private SummingReader _far = null!;

    [Params(1, 16, 256)]
    public int KiB { get; set; }

    private int Length => KiB * 1024;

    [GlobalSetup]
    public void SetUp() => _far = SummingReader.Start(PipeReaderKind.Copying);

    [GlobalCleanup]
    public void CleanUp() => _far.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = SendsOfOne)]
    public void Send()
    {
        for (int i = 0; i < SendsOfOne; i++)
        {
            _far.Writer.Send(Fill(i));
        }
    }

    [Benchmark(OperationsPerInvoke = SendsOfOne)]
    public async Task SendAsync()
    {
        for (int i = 0; i < SendsOfOne; i++)
        {
            await _far.Writer.SendAsync(Fill(i));
        }
    }

    private PageBuffer<byte> Fill(int value)
    {
        PageBuffer<byte> buffer = _far.Writer.Rent<byte>(Length);
        buffer.Span.Fill((byte)value);
        return buffer;
    }

    private sealed class Config : ManualConfig
    {
        public Config() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
