using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using VmSplice.Interop;

namespace VmSplice.Benchmarks;

/// <summary>
/// A buffer of eight segments, filled and sent: moved, as one gathered call, against writev(2) and against a write(2) for each
/// segment, out of memory that is reused. A thread reads and sums. docs/buffers.md, "How fast", has the result.
/// </summary>
[Config(typeof(Config))]
public unsafe class Gathers
{
    private const int Segments = 8;
    private SummingReader _far = null!;
    private PageBuffer<byte>[] _buffers = [];
    private byte[] _memory = [];
    private byte _value;

    [Params(4, 16, 64, 256)]
    public int KiBOfSegment { get; set; }

    private int Length => KiBOfSegment * 1024;

    [GlobalSetup(Targets = [nameof(Writev), nameof(WriteEach), nameof(GatherToCopyingReader)])]
    public void SetUpCopying() => SetUp(PipeReaderKind.Copying);

    [GlobalSetup(Target = nameof(GatherToUnknownReader))]
    public void SetUpUnknown() => SetUp(PipeReaderKind.Unknown);

    [GlobalCleanup]
    public void CleanUp() => _far.Dispose();

    [Benchmark(Baseline = true)]
    public void Writev()
    {
        _memory.AsSpan().Fill(_value++);

        // SAFETY: the array is pinned for good, and writev(2) reads it during the call alone.
        byte* first = (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _memory[0]);
        IoVec* segments = stackalloc IoVec[Segments];
        for (int i = 0; i < Segments; i++)
        {
            segments[i] = new IoVec(first + (i * Length), (nuint)Length);
        }

        Span<IoVec> rest = new(segments, Segments);
        while (!rest.IsEmpty)
        {
            nint written = SysUio.TryWriteV(_far.Writer.Handle, rest, out int errno);
            rest = SegmentRun.Skip(rest, written >= 0 ? (nuint)written : throw SystemCallException.Create("writev", errno, "the pipe"));
        }
    }

    [Benchmark]
    public void WriteEach()
    {
        for (int i = 0; i < Segments; i++)
        {
            Span<byte> segment = _memory.AsSpan(i * Length, Length);
            segment.Fill(_value);
            _far.Writer.Write(segment);
        }

        _value++;
    }

    [Benchmark]
    public void GatherToCopyingReader() => Gather();

    [Benchmark]
    public void GatherToUnknownReader() => Gather();

    private void Gather()
    {
        for (int i = 0; i < Segments; i++)
        {
            _buffers[i] = _far.Writer.Rent<byte>(Length);
            _buffers[i].Span.Fill(_value);
        }

        _value++;
        _far.Writer.SendAll(_buffers);
    }

    private void SetUp(PipeReaderKind reader)
    {
        _buffers = new PageBuffer<byte>[Segments];
        _memory = GC.AllocateUninitializedArray<byte>(Segments * Length, pinned: true);
        _far = SummingReader.Start(reader);
    }

    private sealed class Config : ManualConfig
    {
        public Config() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
