using VmSplice.Benchmarks.Harness;
using static VmSplice.Benchmarks.Harness.Peer;

namespace VmSplice.Benchmarks.Suites;

/// <summary>Records that are read where they lie: against C that does the same, and against our own ways through the pipe.</summary>
internal sealed class InPlaceSuite : ISuite
{
    private const int Pipe = 1 << 20;
    private const int Chunk = 512 << 10;

    /// <summary>A picture of 1920 by 1080.</summary>
    private const int Frame = 8 << 20;

    /// <summary>Each round is a stream of its own, which makes its memory anew; the C program keeps its memory. So rounds are long.</summary>
    private const long Grain = 4L << 30;

    public static string Name => "in-place";

    public static string About => """
        Records that one process fills and another sums, read in the sender's own memory. C: blocks of a sealed memfd, of which the pipe carries the places,
        with the same chunk and count. `copying` and `unknown`: the same program with `InPlace` switched off. `frames`: C alone, whether whole buffers
        should be read in place: 8 MiB filled and summed, mapped by the reader read-only, or so that it may write to what it got (`private`: the pages
        that it wrote to are dropped before the sender has the memory again), against `vmsplice` to a reader that copies. The reader writes to no page, to one
        in eight, or to each.
        """;

    public static IEnumerable<IMeasurement> Measurements(bool quick) => [.. Records(quick), .. quick ? [] : Frames()];

    private static IEnumerable<IMeasurement> Records(bool quick) =>
        from size in quick ? (int[])[64] : [64, 256, 1024]
        from way in quick ? (string[])["next"] : ["next", "span", "copy"]
        from other in (string[])["c", "copying", "unknown"]
        select new Comparison($"{size}B/{way}/{other}", Ours(way, size, reader: "unknown", inPlace: 1),
            other == "c" ? Native(size) : Ours(way, size, other, inPlace: 0), Grain: Grain);

    private static IEnumerable<IMeasurement> Frames() =>
        from mapping in (string[])["read-only", "private"]
        from stores in mapping == "private" ? (int[])[0, 8, 1] : [0]
        select new Comparison(
            $"frames/{mapping}/{stores switch { 0 => "reads", 1 => "writes-to-all", _ => $"writes-to-1-in-{stores}" }}",
            FramesInPlace(mapping == "private", stores),
            FramesThroughThePipe(stores),
            Grain: Grain);

    private static Side Ours(string way, int size, string reader, int inPlace) => new(
        inPlace == 1 ? $"VmSplice in place, {way}" : $"VmSplice {reader}, {way}",
        Own("write-records", $"reader={reader}", $"way={way}", Option("in-place", inPlace), Option("record", size), Option("pipe", Pipe)),
        Own("read-records", Option("record", size), Option("pipe", Pipe)));

    private static Side Native(int size) => new(
        "C in place",
        Peer.Native("write", "way=in-place", Option("record", size), Option("chunk", Chunk), Option("slots", 4), Option("pipe", Pipe)),
        Peer.Native("read", "way=in-place", Option("record", size), Option("chunk", Chunk), Option("pipe", Pipe)));

    private static Side FramesInPlace(bool isPrivate, int stores) => new(
        isPrivate ? "C in place, private" : "C in place, read-only",
        Peer.Native("write", "way=in-place", Option("chunk", Frame), Option("slots", 3), Option("pipe", Pipe)),
        Peer.Native("read", "way=in-place", Option("chunk", Frame), Option("pipe", Pipe), Option("private", isPrivate ? 1 : 0), Option("stores", stores)));

    private static Side FramesThroughThePipe(int stores) => new(
        "C vmsplice and read",
        Peer.Native("write", "way=reuse", Option("chunk", Frame), Option("pipe", Pipe)),
        Peer.Native("read", "way=read", Option("chunk", Frame), Option("pipe", Pipe), Option("stores", stores)));
}
