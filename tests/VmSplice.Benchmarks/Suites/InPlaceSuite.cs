using VmSplice.Benchmarks.Harness;
using static VmSplice.Benchmarks.Harness.Peer;

namespace VmSplice.Benchmarks.Suites;

/// <summary>Records that are read where they lie: against C that does the same, and against our own ways through the pipe.</summary>
internal sealed class InPlaceSuite : ISuite
{
    private const int Pipe = 1 << 20;
    private const int Chunk = 512 << 10;

    public static string Name => "in-place";

    public static string About => """
        Records that one process fills and another sums, read in the sender's own memory. C: blocks of a sealed memfd, of which the pipe carries the places,
        with the same chunk and count. `copying` and `unknown`: the same program with `InPlace` switched off.
        """;

    public static IEnumerable<IMeasurement> Measurements(bool quick) =>
        from size in quick ? (int[])[64] : [64, 256, 1024]
        from way in quick ? (string[])["next"] : ["next", "span", "copy"]
        from other in (string[])["c", "copying", "unknown"]
        select new Comparison($"{size}B/{way}/{other}", Ours(way, size, reader: "unknown", inPlace: 1),
            other == "c" ? Native(size) : Ours(way, size, other, inPlace: 0));

    private static Side Ours(string way, int size, string reader, int inPlace) => new(
        inPlace == 1 ? $"VmSplice in place, {way}" : $"VmSplice {reader}, {way}",
        Own("write-records", $"reader={reader}", $"way={way}", Option("in-place", inPlace), Option("record", size), Option("pipe", Pipe)),
        Own("read-records", Option("record", size), Option("pipe", Pipe)));

    private static Side Native(int size) => new(
        "C in place",
        Peer.Native("write", "way=in-place", Option("record", size), Option("chunk", Chunk), Option("slots", 4), Option("pipe", Pipe)),
        Peer.Native("read", "way=in-place", Option("record", size), Option("chunk", Chunk), Option("pipe", Pipe)));
}
