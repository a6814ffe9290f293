using VmSplice.Benchmarks.Harness;
using static VmSplice.Benchmarks.Harness.Peer;

namespace VmSplice.Benchmarks.Suites;

/// <summary>Events with texts through records and through serializers, over a pipe of the same size.</summary>
internal sealed class TextSuite : ISuite
{
    private const int Pipe = 1 << 20;

    public static string Name => "text";

    public static string About => """
        A log of events, two numbers of four bytes, one of eight, a message of about 45 characters and a host of 15, written by one process and counted by
        level and by word in another. The strings are there already; ours become UTF-8 in the chunk, and are counted there. The serializers get the same
        strings, a message for each event in frames of 256 KiB over an `AnonymousPipeClientStream`, one object used again and again where they can. A GiB of
        this table is 16.8 million events, whatever they take on the wire.
        """;

    /// <summary>Gets each way once.</summary>
    public static IEnumerable<Side> Sides => [Ours("copying"), Ours("unknown"), Theirs("memorypack"), Theirs("protobuf"), Theirs("json")];

    public static IEnumerable<IMeasurement> Measurements(bool quick) =>
        from way in quick ? (string[])["copying"] : ["copying", "unknown"]
        from peer in quick ? (string[])["memorypack", "protobuf"] : ["memorypack", "protobuf", "json"]
        select new Comparison($"{way}/{peer}", Ours(way), Theirs(peer));

    private static Side Ours(string way) => new(
        $"VmSplice {way}",
        Own(
            "write-events",
            "way=vmsplice",
            way == "unknown" ? "reader=unknown" : "reader=copying",
            Option("pipe", Pipe)),
        Own("read-events", "way=vmsplice", Option("pipe", Pipe)));

    private static Side Theirs(string peer)
        => new(peer, Own("write-events", $"way={peer}", Option("pipe", Pipe)), Own("read-events", $"way={peer}", Option("pipe", Pipe)));
}
