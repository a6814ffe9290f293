namespace VmSplice.Benchmarks.Tests;

/// <summary><c>check</c>: the table of what must be reached, against the lines of a run.</summary>
public sealed class CheckTests
{
    private const string EveryLineKept = """
        ratio transport/reuse-read/huge/pipe-1024K/chunk-512K 0.97
        ratio transport/reuse-read/huge/pipe-1024K/chunk-512K/processor 1.00
        ratio transport/reuse-read/huge/pipe-1024K/chunk-512K/calls 0.99
        allocated transport/reuse-read/huge/pipe-1024K/chunk-512K 0
        ratio records/copying/64B/next/c 0.96
        ratio records/copying/64B/next/c/processor 0.95
        ratio records/copying/64B/next/c/calls 0.96
        ratio records/copying/64B/copy/c 0.30
        ratio records/copying/64B/default-chunk/c-256K 0.95
        ratio records/copying/64B/write 4.50
        ratio records/unknown/64B/write 2.31
        allocated records/copying/64B/next/c 1752
        allocated records/copying/64K/write 0
        ratio in-place/64B/next/c 0.91
        ratio in-place/64B/span/copying 1.31
        ratio in-place/64B/span/copying/processor 1.70
        ratio broadcast/1/write 1.50
        ratio broadcast/1/record-writers 0.68
        ratio broadcast/8/record-writers 1.01
        ratio text/copying/memorypack 1.02
        ratio text/unknown/memorypack 0.70
        ratio text/unknown/json 3.27
        allocated text/copying/json 10720
        ratio peers/copying/memorypack 5.10
        ratio peers/copying/protobuf 22.00
        ratio peers/copying/json 61.00
        ratio modes/normal/copying/pipe-64K/send-32K/sync 0.97
        ratio modes/normal/copying/pipe-64K/send-32K/sync/processor 0.50
        ratio modes/tiny/send-64B 0.92
        ratio modes/stream-of-10 0.70
        ratio modes/stream-of-10/resident-writer 1.00
        ratio modes/stream-of-10/resident-reader 2.00
        ratio latency/ping-pong/raw/p50 0.95
        ratio latency/ping-pong/raw/p99 0.20
        ratio compile/1000/first-run 2.00
        ratio compile/1000/unrelated-edit 2.00
        ratio compile/100/unrelated-edit 0.50
        """;

    [Fact]
    public void EveryLineKept_EndsWell()
    {
        ProgramRun run = Check(EveryLineKept);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.DoesNotContain("MISSED", run.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Regressions => new()
    {
        { "chunk-512K 0.97", "chunk-512K 0.94", "transport against C" },
        { "chunk-512K/processor 1.00", "chunk-512K/processor 0.94", "processor seconds per GiB against C: transport" },
        { "chunk-512K/calls 0.99", "chunk-512K/calls 0.90", "system calls per GiB against C: transport" },
        { "64B/next/c 0.96", "64B/next/c 0.74", "records by Next or GetSpan against C" },
        { "64B/next/c/processor 0.95", "64B/next/c/processor 0.79", "processor seconds per GiB against C: records" },
        { "64B/next/c/calls 0.96", "64B/next/c/calls 0.5", "system calls per GiB against C: records" },
        { "c-256K 0.95", "c-256K 0.9", "our default chunk" },
        { "copying/64B/write 4.50", "copying/64B/write 4.49", "Copying, against write/read" },
        { "unknown/64B/write 2.31", "unknown/64B/write 2.1", "Unknown, against write/read" },
        { "in-place/64B/next/c 0.91", "in-place/64B/next/c 0.6", "in place against C in place" },
        { "span/copying 1.31", "span/copying 1.29", "in place against our own copying path" },
        { "span/copying/processor 1.70", "span/copying/processor 1.5", "processor seconds per GiB of it" },
        { "broadcast/1/write 1.50", "broadcast/1/write 0.99", "a broadcast against write(2)" },
        { "broadcast/8/record-writers 1.01", "broadcast/8/record-writers 0.9", "against a RecordWriter for each" },
        { "text/copying/memorypack 1.02", "text/copying/memorypack 0.97", "events with texts against MemoryPack and Protobuf" },
        { "text/unknown/json 3.27", "text/unknown/json 2.9", "events with texts against JSON" },
        { "allocated text/copying/json 10720", "allocated text/copying/json 90000", "a GiB of events with texts" },
        { "memorypack 5.10", "memorypack 4.9", "MemoryPack over a pipe" },
        { "protobuf 22.00", "protobuf 19", "Protobuf over a pipe" },
        { "json 61.00", "json 59", "JSON over a pipe" },
        { "send-32K/sync 0.97", "send-32K/sync 0.96", "modes against write" },
        { "tiny/send-64B 0.92", "tiny/send-64B 0.91", "sends below 4 KiB" },
        { "stream-of-10 0.70", "stream-of-10 0.26", "a stream of 10 records" },
        { "resident-writer 1.00", "resident-writer 0.99", "memory resident for it" },
        { "raw/p50 0.95", "raw/p50 0.94", "latency p50" },
        { "1000/first-run 2.00", "1000/first-run 1.95", "MemoryPack's" },
        { "1000/unrelated-edit 2.00", "1000/unrelated-edit 0.38", "MemoryPack's" },
        { "allocated records/copying/64B/next/c 1752", "allocated records/copying/64B/next/c 99999", "bytes allocated for a GiB of records" },
        { "allocated records/copying/64K/write 0", "allocated records/copying/64K/write 99999", "bytes allocated for a GiB of messages" },
    };

    [Theory]
    [MemberData(nameof(Regressions))]
    public void RegressionOfOneCase_MissesItsLine(string kept, string missed, string line)
    {
        ProgramRun run = Check(EveryLineKept.Replace(kept, missed, StringComparison.Ordinal));

        Assert.Equal(1, run.ExitCode);
        string told = Assert.Single(run.Output.Split('\n'), static text => text.StartsWith("MISSED", StringComparison.Ordinal));
        Assert.Contains(line, told, StringComparison.Ordinal);
    }

    [Fact]
    public void LineThatNoCaseMeasured_IsNotKept()
    {
        ProgramRun run = Check(EveryLineKept.Replace("ratio modes/stream-of-10 0.70\n", "", StringComparison.Ordinal));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("not measured a stream of 10 records", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingFile_SaysWhatToRun()
    {
        ProgramRun run = ProgramRun.Of("check", "/nowhere/ratios.txt");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("run all, or a suite, first", run.Output, StringComparison.Ordinal);
    }

    private static ProgramRun Check(string lines)
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "ratios.txt");
        File.WriteAllText(file, lines);
        return ProgramRun.Of("check", file);
    }
}
