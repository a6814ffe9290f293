using VmSplice.Benchmarks.Harness;
using static VmSplice.Benchmarks.Harness.Peer;

namespace VmSplice.Benchmarks.Suites;

/// <summary>The same records through what serializes them, over a pipe of the same size.</summary>
internal sealed class PeersSuite : ISuite
{
    private const int Pipe = 1 << 20;

    public static string Name => "peers";

    public static string About => """
        Records of 64 bytes, filled and summed, against serializers over an `AnonymousPipeClientStream`, each by its fast way. MemoryPack: arrays of 4,096
        records, which it copies whole, into and out of memory that is reused (`memorypack-each`: a message for each record). Protobuf: delimited messages,
        one object used again and again. JSON: `System.Text.Json` with generated code, a line for each record. Arrow: record batches of 4,096 rows, filled and
        summed by columns. Throughput counts the 64 bytes of a record, whatever it takes on the wire.
        """;

    public static IEnumerable<IMeasurement> Measurements(bool quick) =>
        from reader in quick ? (string[])["copying"] : ["copying", "unknown"]
        from peer in (string[])["memorypack", "memorypack-each", "protobuf", "json", "arrow"]
        select new Comparison($"{reader}/{peer}", Ours(reader), Theirs(peer), IsLong: true);

    private static Side Ours(string reader) => new(
        $"VmSplice {reader}",
        Own("write-records", $"reader={reader}", "way=next", Option("pipe", Pipe)),
        Own("read-records", Option("pipe", Pipe)));

    private static Side Theirs(string peer) => new(peer, Own($"write-{peer}", Option("pipe", Pipe)), Own($"read-{peer}", Option("pipe", Pipe)));
}
