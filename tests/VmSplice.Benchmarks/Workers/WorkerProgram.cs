using VmSplice.Benchmarks.Workers.Events;
using VmSplice.Benchmarks.Workers.Logs;
using VmSplice.Benchmarks.Workers.Peers;

namespace VmSplice.Benchmarks.Workers;

/// <summary>The processes that this program starts of itself: <c>worker KIND name=value…</c>.</summary>
internal static class WorkerProgram
{
    public static int Run(string kind, IEnumerable<string> arguments)
    {
        WorkerOptions options = new(arguments);
        return kind switch
        {
            "idle" => WorkerLoop.Run(static _ => 0),
            "write-bytes" => ByteWorkers.Write(options),
            "read-bytes" => ByteWorkers.Read(options),
            "write-payload" => PayloadWorkers.Write(options),
            "read-payload" => PayloadWorkers.Read(options),
            "forward" => ForwardWorkers.Run(options),
            "ping" => LatencyWorkers.Ping(options),
            "pong" => LatencyWorkers.Pong(options),
            "send-stamped" => LatencyWorkers.SendStamped(options),
            "receive-stamped" => LatencyWorkers.ReceiveStamped(options),
            "streams" => ShortStreamWorkers.Run(options),
            "resident-writer" => ShortStreamWorkers.ResidentWriter(options),
            "resident-reader" => ShortStreamWorkers.ResidentReader(options),
            "parse-log" => LogWorkers.Parse(options),
            "aggregate-log" => LogWorkers.Aggregate(options),
            "write-events" => EventWorkers.Write(options),
            "read-events" => EventWorkers.Read(options),
            "write-memorypack" => PeerWorkers.Write(options, new MemoryPackBatches()),
            "read-memorypack" => PeerWorkers.Read(options, new MemoryPackBatches()),
            "write-memorypack-each" => PeerWorkers.Write(options, new MemoryPackEach()),
            "read-memorypack-each" => PeerWorkers.Read(options, new MemoryPackEach()),
            "write-protobuf" => PeerWorkers.Write(options, new ProtobufCodec()),
            "read-protobuf" => PeerWorkers.Read(options, new ProtobufCodec()),
            "write-json" => PeerWorkers.Write(options, new JsonCodec()),
            "read-json" => PeerWorkers.Read(options, new JsonCodec()),
            "write-arrow" => ArrowWorkers.Write(options),
            "read-arrow" => ArrowWorkers.Read(options),
            _ => options.Record switch
            {
                16 => Run<Record16>(kind, options),
                64 => Run<Record64>(kind, options),
                128 => Run<Record128>(kind, options),
                256 => Run<Record256>(kind, options),
                1024 => Run<Record1024>(kind, options),
                _ => throw new ArgumentException($"no record of {options.Record} bytes"),
            },
        };
    }

    private static int Run<T>(string kind, WorkerOptions options)
        where T : unmanaged, IShape<T>
        => kind switch
        {
            "write-records" => RecordWorkers<T>.Write(options),
            "read-records" => RecordWorkers<T>.Read(options),
            "broadcast" => BroadcastWorkers<T>.Write(options),
            "write-plain" => PlainWorkers<T>.Write(options),
            "read-plain" => PlainWorkers<T>.Read(options),
            "write-stream" => StreamWorkers<T>.Write(options),
            "read-stream" => StreamWorkers<T>.Read(options),
            "write-pipelines" => PipelineWorkers<T>.Write(options),
            "read-pipelines" => PipelineWorkers<T>.Read(options),
            "write-ring" => RingWorkers<T>.Write(options),
            "read-ring" => RingWorkers<T>.Read(options),
            _ => throw new ArgumentException($"no such worker: {kind}"),
        };
}
