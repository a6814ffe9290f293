using System.Globalization;
using System.Text.RegularExpressions;

namespace VmSplice.Benchmarks.Suites;

/// <summary>The table of what must be reached, and whether the ratios of a run reach it.</summary>
internal static class MustReach
{
    /// <summary>Bytes for a GiB: two for a chunk of 512 KiB, less than the smallest object.</summary>
    private const double MostAllocated = 4 << 10;

    /// <summary>The same of events with texts, a stream for each part of a GiB: what a stream has, and nothing for an event.</summary>
    private const double MostAllocatedForTexts = 16 << 10;

    private static readonly (string Line, string Cases, double Bound)[] s_lines =
    [
        ("transport against C", @"ratio transport/[^ ]+/chunk-\d+K", 0.95),
        ("records by Next or GetSpan against C, same chunk", @"ratio records/(copying|unknown)/\d+B/(next|span)/c", 0.95),
        ("records, our default chunk, against C with its best chunk", @"ratio records/(copying|unknown)/64B/default-chunk/c-\d+K", 0.95),
        ("records of 64 B, Copying, against write/read", "ratio records/copying/64B/write", 4.5),
        ("records of 64 B, Unknown, against write/read", "ratio records/unknown/64B/write", 2.2),
        ("processor seconds per GiB against C: transport", @"ratio transport/[^ ]+/processor", 0.95),
        ("processor seconds per GiB against C: records", @"ratio records/(copying|unknown)/\d+B/((next|span)/c|default-chunk/c-\d+K)/processor", 0.95),
        ("system calls per GiB against C: transport", @"ratio transport/[^ ]+/calls", 0.95),
        ("system calls per GiB against C: records", @"ratio records/(copying|unknown)/\d+B/(next|span)/c/calls", 0.95),
        ("records of 64 B against MemoryPack over a pipe", "ratio peers/copying/memorypack", 5),
        ("records of 64 B against Protobuf over a pipe", "ratio peers/copying/protobuf", 20),
        ("records of 64 B against JSON over a pipe", "ratio peers/copying/json", 60),
        ("in place against C in place, same chunk and count", @"ratio in-place/\d+B/(next|span)/c", 0.9),
        ("in place against our own copying path", @"ratio in-place/\d+B/(next|span)/copying", 1.3),
        ("processor seconds per GiB of it, in place", @"ratio in-place/\d+B/(next|span)/copying/processor", 1.66),
        ("a broadcast against write(2) to each of its readers", @"ratio broadcast/\d+/write", 1),
        ("a broadcast to 2, 4 and 8 readers against a RecordWriter for each", "ratio broadcast/[248]/record-writers", 1),
        ("events with texts against MemoryPack and Protobuf over a pipe, Copying", "ratio text/copying/(memorypack|protobuf)", 1),
        ("events with texts against JSON over a pipe", "ratio text/(copying|unknown)/json", 3),
        ("bytes allocated for a GiB of events with texts", "allocated text/[^ ]+", MostAllocatedForTexts),
        ("modes against write", @"ratio modes/(?!tiny/|stream-)[^ ]+(?<!/processor)", 0.97),
        ("modes against write, sends below 4 KiB", @"ratio modes/tiny/[^ ]+(?<!/processor)", 0.92),
        ("a stream of 10 records against the same by write", "ratio modes/stream-of-10", 0.7),
        ("memory resident for it: 128 KiB a side", "ratio modes/stream-of-10/resident-(writer|reader)", 1),
        ("latency p50 against raw", "ratio latency/[^ ]+/p50", 0.95),
        ("generator on 1,000 types against MemoryPack's", "ratio compile/1000/(first-run|unrelated-edit)", 2),
        ("bytes allocated for a GiB of records", "allocated (transport|records|peers)/(?!(copying|unknown)/(64K|1024K)/)[^ ]+", MostAllocated),
        ("bytes allocated for a GiB of messages", "allocated (latency/[^ ]+|records/(copying|unknown)/(64K|1024K)/[^ ]+)", MostAllocated),
    ];

    /// <summary>Prints each line of the table as kept or missed, with the cases that miss it.</summary>
    /// <param name="file">The lines of a run: <c>ratio suite/case value</c>.</param>
    /// <returns>The exit code: 0 where all are kept, 1 where one is missed or was not measured.</returns>
    public static int Check(string file)
    {
        if (!File.Exists(file))
        {
            Console.Error.WriteLine($"There are no ratios at '{file}'; run all, or a suite, first.");
            return 2;
        }

        string[] measured = File.ReadAllLines(file);
        bool isKept = true;
        foreach ((string line, string cases, double bound) in s_lines)
        {
            isKept &= IsKept(line, cases, bound, measured);
        }

        return isKept ? 0 : 1;
    }

    private static bool IsKept(string line, string cases, double bound, string[] measured)
    {
        bool isMost = cases.StartsWith("allocated", StringComparison.Ordinal);
        Regex pattern = new($"^(?<case>{cases}) (?<value>[0-9.]+)$", RegexOptions.CultureInvariant);
        (string Case, double Value)[] found =
        [
            .. measured.Select(text => pattern.Match(text))
                .Where(static match => match.Success)
                .Select(static match => (match.Groups["case"].Value, double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture))),
        ];
        (string Case, double Value)[] missed = [.. found.Where(one => isMost ? one.Value > bound : one.Value < bound)];
        string verdict = found.Length == 0 ? "not measured" : missed.Length == 0 ? "kept" : "MISSED";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{verdict,-12} {line}: {(isMost ? "at most" : "at least")} {bound}; {found.Length - missed.Length} of {found.Length} cases"));
        foreach ((string name, double value) in missed.OrderBy(one => isMost ? -one.Value : one.Value))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"             {name} {value}"));
        }

        return found.Length > 0 && missed.Length == 0;
    }
}
