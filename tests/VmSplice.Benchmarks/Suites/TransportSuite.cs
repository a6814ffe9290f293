using VmSplice.Benchmarks.Harness;
using static VmSplice.Benchmarks.Harness.Peer;

namespace VmSplice.Benchmarks.Suites;

/// <summary>
/// Our writer and reader of bytes against the C program that makes the same calls: write and vmsplice, read and splice to
/// <c>/dev/null</c>, huge pages and small ones, pipes and chunks of every size. A reader that splices is the C program on both sides.
/// </summary>
internal sealed class TransportSuite : ISuite
{
    private const long Bytes = 2L << 30;

    private static readonly (string Way, string Reader)[] s_ways = [("write", "read"), ("fresh", "read"), ("reuse", "read"), ("fresh", "splice")];

    public static string Name => "transport";

    public static IEnumerable<Comparison> Comparisons(bool quick)
    {
        int[] pipes = quick ? [1 << 20] : [64 << 10, 256 << 10, 1 << 20];
        int[] chunks = quick ? [64 << 10, 512 << 10] : [4 << 10, 16 << 10, 64 << 10, 256 << 10, 512 << 10, 1 << 20, 4 << 20];
        string?[] pages = quick ? [null] : [null, "nohugepages"];
        foreach (string? mode in pages)
        {
            foreach (int pipe in pipes)
            {
                foreach (int chunk in chunks)
                {
                    foreach ((string way, string reader) in s_ways)
                    {
                        yield return Of(way, reader, chunk, pipe, mode);
                    }
                }
            }
        }
    }

    private static Comparison Of(string way, string reader, int chunk, int pipe, string? mode)
    {
        string[] options = [Option("chunk", chunk), Option("pipe", pipe)];
        Peer nativeReader = Native("read", [.. options, $"way={reader}", "work=none"]).Under(mode);
        Side ours = new("VmSplice", Own("write-bytes", [.. options, $"way={way}"]).Under(mode), reader == "read" ? Own("read-bytes", options).Under(mode) : nativeReader);
        Side theirs = new("C", Native("write", [.. options, $"way={way}", "fill=bytes", Option("huge", mode is null ? 1 : 0)]).Under(mode), nativeReader);
        return new Comparison($"{way}-{reader}/{(mode is null ? "huge" : "small")}/pipe-{pipe >> 10}K/chunk-{chunk >> 10}K", ours, theirs, Bytes, AtLeast: 0.95);
    }
}
