using VmSplice.Benchmarks.Harness;
using static VmSplice.Benchmarks.Harness.Peer;

namespace VmSplice.Benchmarks.Suites;

/// <summary>One stream to 1, 2, 4 and 8 readers, against as many pipes that are written one after another.</summary>
internal sealed class BroadcastSuite : ISuite
{
    private const int Pipe = 1 << 20;
    private const int Chunk = 64 << 10;

    public static string Name => "broadcast";

    public static string About => """
        Records of 64 bytes that one process fills, and each of some others reads and sums. GiB/s of the stream, however many read it; the processor time is
        of all readers together. `record-writers`: filled once and written to a `RecordWriter` for each reader, which reads in place too. `write`: the same
        with write(2) and read(2). With more than one reader there are more processes than processors here.
        """;

    public static IEnumerable<IMeasurement> Measurements(bool quick) =>
        from readers in quick ? (int[])[2] : [1, 2, 4, 8]
        from other in (string[])["record-writers", "write"]
        select new Comparison(
            $"{readers}/{other}",
            Of("broadcast", readers, Own("read-records", Option("pipe", Pipe))),
            Of(other, readers, other == "write" ? Own("read-plain", Option("chunk", Chunk), Option("pipe", Pipe)) : Own("read-records", Option("pipe", Pipe))),
            Grain: 128 << 20);

    private static Side Of(string way, int readers, Peer reader)
        => new($"{way}, {readers} reader{(readers == 1 ? "" : "s")}", Own("broadcast", $"way={way}", Option("readers", readers), Option("pipe", Pipe)), reader,
            Readers: readers);
}
