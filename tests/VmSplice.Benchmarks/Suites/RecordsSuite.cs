using VmSplice.Benchmarks.Harness;
using static VmSplice.Benchmarks.Harness.Peer;

namespace VmSplice.Benchmarks.Suites;

/// <summary>
/// Records that one process fills and another sums: ours against C with the same calls, and against what a user of .NET takes instead.
/// </summary>
internal sealed class RecordsSuite : ISuite
{
    private const int Pipe = 1 << 20;
    private const int DefaultChunk = 512 << 10;

    private static readonly string[] s_readers = ["copying", "unknown"];

    public static string Name => "records";

    public static string About => """
        Records that one process fills and another sums. `copying` and `unknown` are what the writer is told of its reader; `next`, `span` and `copy` are
        `Next`, `GetSpan` and `Write(span)`. C: the same records by the same calls, so ours is told not to send in place there. The others are what .NET has:
        write(2) and read(2) of the same span, `AnonymousPipeClientStream`, `System.IO.Pipelines`, a Unix socket, a ring over `MemoryMappedFile`. Then readers
        that work, large payloads, and a log aggregator with two workers.
        """;

    public static IEnumerable<IMeasurement> Measurements(bool quick) =>
    [
        .. AgainstC(quick),
        .. AgainstOthers(quick),
        .. WithWork(quick),
        .. Payloads(quick),
        .. LogAggregator(quick),
        .. AgainstBestChunk(quick),
    ];

    private static IEnumerable<Comparison> AgainstC(bool quick) =>
        from size in quick ? (int[])[64] : [16, 64, 128, 256, 1024]
        from reader in s_readers
        from way in quick ? (string[])["next"] : ["next", "span", "copy"]
        select new Comparison($"{reader}/{size}B/{way}/c", Through(reader, way, size), Native(reader == "copying" ? "reuse" : "fresh", size, DefaultChunk),
            CountsCalls: true);

    private static IEnumerable<Comparison> AgainstBestChunk(bool quick) =>
        from reader in s_readers
        from chunk in quick ? (int[])[256 << 10] : [64 << 10, 128 << 10, 256 << 10, 1 << 20, 2 << 20]
        select new Comparison($"{reader}/64B/default-chunk/c-{chunk >> 10}K", Through(reader, "next", 64),
            Native(reader == "copying" ? "reuse" : "fresh", 64, chunk));

    private static IEnumerable<Comparison> AgainstOthers(bool quick) =>
        from size in quick ? (int[])[64] : [16, 64, 128, 256, 1024]
        from reader in s_readers
        from other in quick ? (string[])["write", "pipelines"] : ["write", "anonymous", "pipelines", "socket", "ring"]
        select new Comparison($"{reader}/{size}B/{other}", Ours(reader, "next", size), Other(other, size, 256 << 10, "sum"), IsLong: size == 64);

    private static IEnumerable<Comparison> WithWork(bool quick) =>
        from work in quick ? (string[])["hash"] : ["hash", "parse", "sort"]
        from other in quick ? (string[])["write"] : ["write", "pipelines"]
        select new Comparison($"copying/64B/reader-{work}/{other}", Ours("copying", "next", 64, work), Other(other, 64, 256 << 10, work));

    private static IEnumerable<Comparison> Payloads(bool quick) =>
        from payload in quick ? (int[])[1 << 20] : [64 << 10, 1 << 20]
        from reader in s_readers
        from other in quick ? (string[])["write"] : ["write", "anonymous", "pipelines"]
        select new Comparison(
            $"{reader}/{payload >> 10}K/{other}",
            new Side(
                $"VmSplice {reader}, a buffer of {payload >> 10} KiB",
                Own("write-payload", $"reader={reader}", Option("chunk", payload), Option("pipe", Pipe)),
                Own("read-payload", Option("chunk", payload), Option("pipe", Pipe))),
            Other(other, 1024, payload, "sum"));

    private static IEnumerable<Comparison> LogAggregator(bool quick) =>
        from other in quick ? (string[])["pipelines"] : ["pipelines", "memorypack", "sharing-off"]
        select new Comparison($"log-aggregator/{other}", Aggregator("vmsplice"), Aggregator(other));

    private static Side Aggregator(string way)
    {
        string[] options = [$"way={(way == "sharing-off" ? "vmsplice" : way)}", Option("pipe", Pipe)];
        Peer worker = Own("parse-log", options);
        return new Side(
            $"two workers parse, one adds up: {way}",
            way == "sharing-off" ? worker.With("VMSPLICE_SHARING", "off") : worker,
            Own("aggregate-log", options),
            Writers: 2);
    }

    private static Side Ours(string reader, string way, int size, string work = "sum") => new(
        $"VmSplice {reader}, {way}",
        Own("write-records", $"reader={reader}", $"way={way}", Option("record", size), Option("pipe", Pipe)),
        Own("read-records", Option("record", size), $"work={work}", Option("pipe", Pipe)));

    /// <summary>The same through the pipe alone: by the calls that the C program makes.</summary>
    private static Side Through(string reader, string way, int size) => new(
        $"VmSplice {reader}, {way}, not in place",
        Own("write-records", $"reader={reader}", $"way={way}", "in-place=0", Option("record", size), Option("pipe", Pipe)),
        Own("read-records", Option("record", size), Option("pipe", Pipe)));

    private static Side Native(string way, int size, int chunk) => new(
        $"C {way}, chunks of {chunk >> 10} KiB",
        Peer.Native("write", $"way={way}", Option("record", size), Option("chunk", chunk), Option("pipe", Pipe)),
        Peer.Native("read", Option("record", size), Option("chunk", chunk), Option("pipe", Pipe)));

    private static Side Other(string kind, int size, int chunk, string work)
    {
        string[] options =
            [Option("record", size), Option("chunk", chunk), Option("pipe", Pipe), $"work={work}", kind == "socket" ? "over=socket" : "over=anonymous"];
        string workers = kind switch
        {
            "pipelines" => "pipelines",
            "ring" => "ring",
            "write" => "plain",
            _ => "stream",
        };
        return new Side(kind, Own($"write-{workers}", options), Own($"read-{workers}", options));
    }
}
