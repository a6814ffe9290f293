using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using MemoryPack;
using VmSplice.Benchmarks.Workers.Peers;

namespace VmSplice.Benchmarks.Workers.Logs;

/// <summary>Where a worker puts its entries.</summary>
internal interface ILogSink : IDisposable
{
    /// <summary>Gets how many entries can be put there before <see cref="FlushAsync"/> must be awaited.</summary>
    int Room { get; }

    ref LogEntry Next();

    ValueTask FlushAsync();
}

/// <summary>Where they come out.</summary>
internal interface ILogSource : IDisposable
{
    /// <summary>Adds up the next entries.</summary>
    /// <returns>How many they were; 0 at the end.</returns>
    ValueTask<int> AddToAsync(LogCounters counters);
}

/// <summary>
/// The ways in between: this package, <c>System.IO.Pipelines</c>, MemoryPack. Each waits as its documentation shows: Pipelines by await, the others
/// in the thread that works.
/// </summary>
internal static class LogLinks
{
    private const int Batch = 8192;
    private const int EntrySize = 32;

    public static ILogSink OpenSink(WorkerOptions options) => options.Way switch
    {
        "vmsplice" => new RecordSink(SpliceWriter.OpenFifo(options.Fifo, new() { Reader = PipeReaderKind.Copying, PipeCapacity = options.Pipe })),
        "pipelines" => new PipelineSink(StreamWorkers<Record64>.Open(options, FileAccess.Write)),
        _ => new MemoryPackSink(StreamWorkers<Record64>.Open(options, FileAccess.Write)),
    };

    public static ILogSource OpenSource(WorkerOptions options) => options.Way switch
    {
        "vmsplice" => new RecordSource(SpliceReader.OpenFifo(options.Fifo, new() { PipeCapacity = options.Pipe })),
        "pipelines" => new PipelineSource(StreamWorkers<Record64>.Open(options, FileAccess.Read)),
        _ => new MemoryPackSource(StreamWorkers<Record64>.Open(options, FileAccess.Read)),
    };

    private sealed class RecordSink(SpliceWriter output) : ILogSink
    {
        private readonly RecordWriter<LogEntry> _records = new(output);

        public int Room => int.MaxValue;

        public ref LogEntry Next() => ref _records.Next();

        public ValueTask FlushAsync()
        {
            _records.Flush();
            return ValueTask.CompletedTask;
        }

        public void Dispose() => _records.Dispose();
    }

    private sealed class RecordSource(SpliceReader input) : ILogSource
    {
        private readonly RecordReader<LogEntry> _records = new(input);

        public ValueTask<int> AddToAsync(LogCounters counters) => new(counters.Add(_records.ReadBatch()));

        public void Dispose() => _records.Dispose();
    }

    private sealed class PipelineSink(Stream stream) : ILogSink
    {
        private readonly PipeWriter _output = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: Batch * EntrySize));
        private Memory<byte> _chunk;
        private int _used;

        public int Room => Batch - (_used / EntrySize);

        public ref LogEntry Next()
        {
            if (_chunk.IsEmpty)
            {
                _chunk = _output.GetMemory(Batch * EntrySize);
            }

            ref LogEntry entry = ref MemoryMarshal.AsRef<LogEntry>(_chunk.Span[_used..]);
            _used += EntrySize;
            return ref entry;
        }

        public async ValueTask FlushAsync()
        {
            _output.Advance(_used);
            _chunk = default;
            _used = 0;
            await _output.FlushAsync().ConfigureAwait(false);
        }

        public void Dispose() => stream.Dispose();
    }

    private sealed class PipelineSource(Stream stream) : ILogSource
    {
        private readonly PipeReader _input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: Batch * EntrySize));
        private readonly LogEntry[] _single = new LogEntry[1];

        public async ValueTask<int> AddToAsync(LogCounters counters)
        {
            ReadResult result = await _input.ReadAtLeastAsync(EntrySize).ConfigureAwait(false);
            int count = Add(result.Buffer, counters);
            _input.AdvanceTo(result.Buffer.GetPosition(count * EntrySize));
            return count;
        }

        private int Add(ReadOnlySequence<byte> bytes, LogCounters counters)
        {
            int count = 0;
            SequenceReader<byte> rest = new(bytes);
            while (rest.Remaining >= EntrySize)
            {
                ReadOnlySpan<LogEntry> whole = MemoryMarshal.Cast<byte, LogEntry>(rest.UnreadSpan);
                if (whole.IsEmpty)
                {
                    // An entry that lies across two segments.
                    rest.TryCopyTo(MemoryMarshal.AsBytes(_single.AsSpan()));
                    whole = _single;
                }

                count += counters.Add(whole);
                rest.Advance(whole.Length * EntrySize);
            }

            return count;
        }

        public void Dispose() => stream.Dispose();
    }

    private sealed class MemoryPackSink(Stream stream) : ILogSink
    {
        private readonly FrameWriter _frames = new(stream);
        private readonly LogEntry[] _entries = new LogEntry[Batch];
        private int _count;

        public int Room => Batch - _count;

        public ref LogEntry Next() => ref _entries[_count++];

        public ValueTask FlushAsync()
        {
            _frames.BeginFrame();
            MemoryPackSerializer.Serialize(_frames, new ArraySegment<LogEntry>(_entries, 0, _count));
            _frames.EndFrame();
            _frames.Flush();
            _count = 0;
            return ValueTask.CompletedTask;
        }

        public void Dispose() => stream.Dispose();
    }

    private sealed class MemoryPackSource(Stream stream) : ILogSource
    {
        private readonly FrameReader _frames = new(stream);
        private LogEntry[]? _entries;

        public ValueTask<int> AddToAsync(LogCounters counters)
        {
            MemoryPackSerializer.Deserialize(_frames.Read(), ref _entries);
            return new(counters.Add(_entries));
        }

        public void Dispose() => stream.Dispose();
    }
}
