using VmSplice.Benchmarks.Harness;
using static VmSplice.Benchmarks.Harness.Peer;

namespace VmSplice.Benchmarks.Suites;

/// <summary>One record at a time: there and back, and one way, against write(2) and read(2) of the same record with nothing around them.</summary>
internal sealed class LatencySuite : ISuite
{
    private const int Record = 64;

    public static string Name => "latency";

    public static string About => """
        One record of 64 bytes at a time. *ping-pong*: written, flushed, read by the other process, sent back, through two pipes. *one-way*: a record each 20
        µs, from before it is filled to after it is read. Raw: write(2) and read(2) of the record by P/Invoke, with nothing around them; C: the same in C.
        """;

    public static IEnumerable<IMeasurement> Measurements(bool quick) =>
        from way in (string[])["ping-pong", "one-way"]
        from other in (string[])["raw", "c"]
        select new LatencyComparison($"{way}/{other}", Of(way, "records"), Of(way, other), Record);

    private static Side Of(string way, string kind)
    {
        (string writer, string reader) = way == "ping-pong" ? ("ping", "pong") : ("send-stamped", "receive-stamped");
        return kind == "c"
            ? new Side("C", Native(writer), Native(reader))
            : new Side(kind == "raw" ? "raw write and read" : "VmSplice", Own(writer, $"way={kind}"), Own(reader, $"way={kind}"));
    }
}
