using VmSplice.Benchmarks.Harness;
using static VmSplice.Benchmarks.Harness.Peer;

namespace VmSplice.Benchmarks.Suites;

/// <summary>
/// Our writer and reader of bytes against the C program that makes the same calls: write and vmsplice, read and splice to
/// <c>/dev/null</c>, huge pages and small ones, pipes and chunks of every size. A reader that splices is the C program on both sides.
/// </summary>
internal sealed class TransportSuite : ISuite
{
    /// <summary>A call for each page takes strace(1) minutes, and is a call for each page on both sides.</summary>
    private const int LeastCounted = 64 << 10;

    private static readonly (string Way, string Reader)[] s_ways = [("write", "read"), ("fresh", "read"), ("reuse", "read"), ("fresh", "splice")];

    public static string Name => "transport";

    public static string About => """
        Bytes that one process fills, by chunks, and another reads: this package against a C program (`tests/VmSplice.Benchmarks/Native/peer.c`, `gcc -O2`) that
        makes the same calls. *write*: write(2) out of one array. *fresh*: vmsplice(2) out of pages that the kernel clears anew, right with any reader.
        *reuse*: vmsplice out of pages that are filled again once FIONREAD proves them read. *splice*: the reader, in C on both sides, splices to `/dev/null`.
        Without huge pages this package writes where the reader is unknown, while the C program goes on sharing.
        """;

    public static IEnumerable<IMeasurement> Measurements(bool quick)
    {
        int largest = KernelSupport.Current.MaxPipeCapacity;
        int[] chunks = quick ? [64 << 10, 512 << 10] : [4 << 10, 16 << 10, 64 << 10, 256 << 10, 512 << 10, 1 << 20, 4 << 20];
        int[] pipes = quick ? [largest] : [.. new[] { 64 << 10, 256 << 10, largest }.Distinct()];
        IEnumerable<IMeasurement> huge =
            from pipe in pipes
            from chunk in chunks
            from way in s_ways
            select Of(way.Way, way.Reader, chunk, pipe, mode: null);

        // Small pages differ where pages are many: in the largest pipe.
        IEnumerable<IMeasurement> small =
            from chunk in quick ? [512 << 10] : chunks
            from way in s_ways
            where way.Way != "write"
            select Of(way.Way, way.Reader, chunk, largest, "nohugepages");
        return huge.Concat(small);
    }

    private static Comparison Of(string way, string reader, int chunk, int pipe, string? mode)
    {
        string[] options = [Option("chunk", chunk), Option("pipe", pipe)];
        Peer nativeReader = Native("read", [.. options, $"way={reader}", "work=none"]).Under(mode);
        Side ours = new("VmSplice", Own("write-bytes", [.. options, $"way={way}"]).Under(mode),
            reader == "read" ? Own("read-bytes", options).Under(mode) : nativeReader);
        Side theirs = new("C", Native("write", [.. options, $"way={way}", "fill=bytes", Option("huge", mode is null ? 1 : 0)]).Under(mode), nativeReader);
        return new Comparison($"{way}-{reader}/{(mode is null ? "huge" : "small")}/pipe-{pipe >> 10}K/chunk-{chunk >> 10}K", ours, theirs,
            CountsCalls: chunk >= LeastCounted);
    }
}
