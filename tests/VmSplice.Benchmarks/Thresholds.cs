using System.Runtime.InteropServices;
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
    private SplicePipe _pipe = null!;
    private SpliceWriter _writer = null!;
    private Thread _reader = null!;
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
    public void CleanUp()
    {
        _writer.Dispose();
        _reader.Join();
        _pipe.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Write() => Send();

    [Benchmark]
    public void SendToCopyingReader() => Send();

    [Benchmark]
    public void SendToUnknownReader() => Send();

    private void Send()
    {
        PageBuffer<long> buffer = _writer.Rent<long>(Length);
        buffer.Span.Fill(_value++);
        _writer.Send(buffer);
    }

    private void SetUp(PipeReaderKind reader, int threshold)
    {
        _pipe = SplicePipe.Create();
        _writer = SpliceWriter.Open(_pipe.WriteHandle, new() { Reader = reader }, new SharingPolicy(threshold));
        _reader = new Thread(Drain);
        _reader.Start();
    }

    private void Drain()
    {
        using SpliceReader reader = _pipe.OpenReader();
        byte[] destination = GC.AllocateUninitializedArray<byte>(128 * 1024, pinned: true);
        long sum = 0;
        int read;
        while ((read = reader.Read(destination)) > 0)
        {
            foreach (long value in MemoryMarshal.Cast<byte, long>(destination.AsSpan(0, read)))
            {
                sum += value;
            }
        }

        GC.KeepAlive(sum);
    }

    private sealed class Config : ManualConfig
    {
        public Config() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
