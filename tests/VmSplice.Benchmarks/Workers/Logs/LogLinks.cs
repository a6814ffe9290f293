using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using MemoryPack;
using VmSplice.Benchmarks.Workers.Peers;

namespace VmSplice.Benchmarks.Workers.Logs;

/// <summary>Where a worker puts its entries.</summary>
internal interface ILogSink : IDisposable
{
    ref LogEntry Next();

    void Flush();
}

/// <summary>Where they come out.</summary>
internal interface ILogSource : IDisposable
{
    ReadOnlySpan<LogEntry> ReadBatch();
}

/// <summary>The ways in between: this package, <c>System.IO.Pipelines</c>, MemoryPack.</summary>
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

        public ref LogEntry Next() => ref _records.Next();

        public void Flush() => _records.Flush();

        public void Dispose() => _records.Dispose();
    }

    private sealed class RecordSource(SpliceReader input) : ILogSource
    {
        private readonly RecordReader<LogEntry> _records = new(input);

        public ReadOnlySpan<LogEntry> ReadBatch() => _records.ReadBatch();

        public void Dispose() => _records.Dispose();
    }

    private sealed class PipelineSink(Stream stream) : ILogSink
    {
        private readonly PipeWriter _output = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: Batch * EntrySize));
        private Memory<byte> _room;
        private int _used;

        public ref LogEntry Next()
        {
            if (_room.Length - _used < EntrySize)
            {
                Flush();
                _room = _output.GetMemory(Batch * EntrySize)[..(Batch * EntrySize)];
            }

            ref LogEntry entry = ref MemoryMarshal.AsRef<LogEntry>(_room.Span[_used..]);
            _used += EntrySize;
            return ref entry;
        }

        public void Flush()
        {
            _output.Advance(_used);
            _output.FlushAsync().AsTask().GetAwaiter().GetResult();
            _room = default;
            _used = 0;
        }

        public void Dispose() => stream.Dispose();
    }

    private sealed class PipelineSource(Stream stream) : ILogSource
    {
        private readonly PipeReader _input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: Batch * EntrySize));
        private readonly LogEntry[] _single = new LogEntry[1];
        private SequencePosition? _consumed;

        public ReadOnlySpan<LogEntry> ReadBatch()
        {
            if (_consumed is { } position)
            {
                _input.AdvanceTo(position);
                _consumed = null;
            }

            ReadResult result = _input.ReadAtLeastAsync(EntrySize).AsTask().GetAwaiter().GetResult();
            ReadOnlySequence<byte> bytes = result.Buffer;
            ReadOnlySpan<LogEntry> whole = MemoryMarshal.Cast<byte, LogEntry>(bytes.FirstSpan);
            if (whole.IsEmpty && bytes.Length >= EntrySize)
            {
                // An entry that lies across two segments.
                bytes.Slice(0, EntrySize).CopyTo(MemoryMarshal.AsBytes(_single.AsSpan()));
                whole = _single;
            }

            _consumed = bytes.GetPosition(whole.Length * EntrySize);
            return whole;
        }

        public void Dispose() => stream.Dispose();
    }

    private sealed class MemoryPackSink(Stream stream) : ILogSink
    {
        private readonly FrameWriter _frames = new(stream);
        private readonly LogEntry[] _entries = new LogEntry[Batch];
        private int _count;

        public ref LogEntry Next()
        {
            if (_count == Batch)
            {
                Flush();
            }

            return ref _entries[_count++];
        }

        public void Flush()
        {
            _frames.BeginFrame();
            MemoryPackSerializer.Serialize(_frames, new ArraySegment<LogEntry>(_entries, 0, _count));
            _frames.EndFrame();
            _frames.Flush();
            _count = 0;
        }

        public void Dispose() => stream.Dispose();
    }

    private sealed class MemoryPackSource(Stream stream) : ILogSource
    {
        private readonly FrameReader _frames = new(stream);
        private LogEntry[]? _entries;

        public ReadOnlySpan<LogEntry> ReadBatch()
        {
            MemoryPackSerializer.Deserialize(_frames.Read(), ref _entries);
            return _entries;
        }

        public void Dispose() => stream.Dispose();
    }
}
