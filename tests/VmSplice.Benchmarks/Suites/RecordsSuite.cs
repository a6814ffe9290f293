using VmSplice.Benchmarks.Harness;
using static VmSplice.Benchmarks.Harness.Peer;

namespace VmSplice.Benchmarks.Suites;

/// <summary>
/// Records that one process fills and another sums: ours against C with the same calls, and against what a user of .NET takes instead.
/// </summary>
internal sealed class RecordsSuite : ISuite
{
    private const long Bytes = 4L << 30;
    private const int Pipe = 1 << 20;
    private const int DefaultChunk = 512 << 10;

    public static string Name => "records";

    public static IEnumerable<Comparison> Comparisons(bool quick) =>
    [
        .. AgainstC(quick),
        .. AgainstBestChunk(quick),
        .. AgainstOthers(quick),
        .. WithWork(quick),
    ];

    private static IEnumerable<Comparison> AgainstC(bool quick)
    {
        int[] sizes = quick ? [64] : [16, 64, 128, 256, 1024];
        string[] ways = quick ? ["next"] : ["next", "span", "copy"];
        foreach (int size in sizes)
        {
            foreach (string reader in Readers)
            {
                foreach (string way in ways)
                {
                    yield return new Comparison(
                        $"{reader}/{size}B/{way}/c",
                        Ours(reader, way, size),
                        Native(reader == "copying" ? "reuse" : "fresh", size, DefaultChunk),
                        Bytes,
                        way == "copy" ? 0 : 0.95);
                }
            }
        }
    }

    private static IEnumerable<Comparison> AgainstBestChunk(bool quick)
    {
        int[] chunks = quick ? [256 << 10] : [64 << 10, 128 << 10, 256 << 10, 1 << 20, 2 << 20];
        foreach (string reader in Readers)
        {
            foreach (int chunk in chunks)
            {
                yield return new Comparison(
                    $"{reader}/64B/default-chunk/c-{chunk >> 10}K", Ours(reader, "next", 64), Native(reader == "copying" ? "reuse" : "fresh", 64, chunk), Bytes, 0.95);
            }
        }
    }

    private static IEnumerable<Comparison> AgainstOthers(bool quick)
    {
        string[] others = quick ? ["write", "pipelines"] : ["write", "anonymous", "pipelines", "socket", "ring"];
        foreach (string reader in Readers)
        {
            foreach (string other in others)
            {
                yield return new Comparison($"{reader}/64B/{other}", Ours(reader, "next", 64), Other(other, "sum"), Bytes / 2, other == "write" ? reader == "copying" ? 4.5 : 2.2 : 0);
            }
        }
    }

    private static IEnumerable<Comparison> WithWork(bool quick)
    {
        foreach (string work in quick ? (string[])["hash"] : ["hash", "sort"])
        {
            foreach (string other in quick ? (string[])["write"] : ["write", "pipelines"])
            {
                yield return new Comparison($"copying/64B/reader-{work}/{other}", Ours("copying", "next", 64, work), Other(other, work), work == "sort" ? 256L << 20 : Bytes / 2);
            }
        }
    }

    private static readonly string[] Readers = ["copying", "unknown"];

    private static Side Ours(string reader, string way, int size, string work = "sum") => new(
        $"VmSplice {reader}, {way}",
        Own("write-records", $"reader={reader}", $"way={way}", Option("record", size), Option("pipe", Pipe)),
        Own("read-records", Option("record", size), $"work={work}", Option("pipe", Pipe)));

    private static Side Native(string way, int size, int chunk) => new(
        $"C {way}, chunks of {chunk >> 10} KiB",
        Peer.Native("write", $"way={way}", Option("record", size), Option("chunk", chunk), Option("pipe", Pipe)),
        Peer.Native("read", Option("record", size), Option("chunk", chunk), Option("pipe", Pipe)));

    private static Side Other(string kind, string work)
    {
        string[] options = [Option("record", 64), Option("chunk", 256 << 10), Option("pipe", Pipe), $"work={work}", kind == "socket" ? "over=socket" : "over=anonymous"];
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
