using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using VmSplice.Benchmarks.Workers;

namespace VmSplice.Benchmarks;

/// <summary>
/// What a short send costs its thread, against write(2) of the same bytes by itself. Nobody waits: the sends fit into the pipe, and the same thread
/// empties it after some. docs/performance.md, "Sends of at most 4 KiB", has the result.
/// </summary>
[Config(typeof(Config))]
public class ShortSends
{
    /// <summary>As many pages as a pipe of 64 KiB takes, and one fewer.</summary>
    private const int Sends = 15;

    private SplicePipe _pipe = null!;
    private SpliceWriter _writer = null!;
    private SpliceReader _reader = null!;
    private byte[] _array = [];
    private byte[] _arrived = [];
    private int _descriptor;
    private byte _value;

    [Params(16, 64, 256, 1024, 4096)]
    public int Length { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _pipe = SplicePipe.Create(64 * 1024);
        _writer = _pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        _reader = _pipe.OpenReader();
        _array = GC.AllocateUninitializedArray<byte>(Length, pinned: true);
        _arrived = new byte[Sends * Length];
        _descriptor = (int)_writer.Handle.DangerousGetHandle();
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _writer.Dispose();
        _reader.Dispose();
        _pipe.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Sends)]
    public void RawWrite()
    {
        for (int i = 0; i < Sends; i++)
        {
            _array.AsSpan().Fill(_value++);
            RawCalls.Write(_descriptor, _array);
        }

        _reader.ReadExactly(_arrived);
    }

    [Benchmark(OperationsPerInvoke = Sends)]
    public void Write()
    {
        for (int i = 0; i < Sends; i++)
        {
            _array.AsSpan().Fill(_value++);
            _writer.Write(_array.AsSpan());
        }

        _reader.ReadExactly(_arrived);
    }

    [Benchmark(OperationsPerInvoke = Sends)]
    public void RentAndSend()
    {
        for (int i = 0; i < Sends; i++)
        {
            PageBuffer<byte> buffer = _writer.RentUninitialized<byte>(Length);
            buffer.Span.Fill(_value++);
            _writer.Send(buffer);
        }

        _reader.ReadExactly(_arrived);
    }

    private sealed class Config : ManualConfig
    {
        public Config() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
