using System.Globalization;

namespace VmSplice.Benchmarks.Harness;

/// <summary>System calls for a GiB, counted by strace(1) in runs that are not timed: those of a longer run less those of a shorter one.</summary>
internal static class SystemCalls
{
    private const long Short = 64L << 20;
    private const long Long = 320L << 20;

    private static readonly bool s_isThere = File.Exists("/usr/bin/strace");

    public static double? PerGibibyte(Side side)
    {
        if (!s_isThere)
        {
            return null;
        }

        long difference = Count(side, Long) - Count(side, Short);
        return (double)difference / (Long - Short) * (1L << 30);
    }

    private static long Count(Side side, long bytes)
    {
        string writer = Scratch.NextName("calls");
        string reader = Scratch.NextName("calls");
        using (WorkerPair pair = new(new Side(side.Name, Traced(side.Writer, writer), Traced(side.Reader, reader))))
        {
            pair.Run(Short);
            pair.Run(bytes);
        }

        return CallsIn(writer) + CallsIn(reader);
    }

    private static Peer Traced(Peer peer, string file) => new("strace", ["-f", "-c", "-U", "calls,syscall", "-o", file, peer.Program, .. peer.Arguments]);

    private static long CallsIn(string file)
        => File.ReadLines(file)
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(static parts => parts is [var calls, var name] && name != "total" && name != "syscall" && !name.StartsWith('-')
                && calls.All(char.IsAsciiDigit))
            .Sum(static parts => long.Parse(parts[0], CultureInfo.InvariantCulture));
}
