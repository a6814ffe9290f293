using System.Globalization;
using System.Text;

namespace Quickstart;

/// <summary>Samples every process that /proc lists.</summary>
internal static class ProcFileSystem
{
    // USER_HZ is 100 on every Linux that .NET runs on.
    private const long TicksPerClockTick = TimeSpan.TicksPerSecond / 100;

    public static List<ProcessSample> SampleAll()
    {
        var samples = new List<ProcessSample>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && TrySample(pid, out ProcessSample sample))
            {
                sample.Sequence = samples.Count;
                samples.Add(sample);
            }
        }

        return samples;
    }

    private static bool TrySample(int pid, out ProcessSample sample)
    {
        sample = default;
        string stat;
        try
        {
            stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended between the listing and the reading, or is hidden from this user (hidepid, proc(5)).
            return false;
        }

        // pid (comm) state ppid …: the name may itself contain blanks and parentheses.
        int open = stat.IndexOf('(', StringComparison.Ordinal);
        int close = stat.LastIndexOf(')');
        string[] fields = stat[(close + 2)..].Split(' ');
        sample.Pid = pid;
        Encoding.UTF8.TryGetBytes(stat.AsSpan()[(open + 1)..close], sample.Name, out _);
        sample.State = (ProcessState)(byte)fields[0][0];
        sample.ParentPid = (int)Number(fields[1]);
        sample.ProcessGroup = (int)Number(fields[2]);
        sample.Session = (int)Number(fields[3]);
        sample.Terminal = (int)Number(fields[4]);
        sample.Flags = (uint)Number(fields[6]);
        sample.MinorFaults = Number(fields[7]);
        sample.MajorFaults = Number(fields[9]);
        sample.UserTime = ClockTicks(fields[11]);
        sample.SystemTime = ClockTicks(fields[12]);
        sample.ChildUserTime = ClockTicks(fields[13]);
        sample.ChildSystemTime = ClockTicks(fields[14]);
        sample.Nice = (sbyte)Number(fields[16]);
        sample.Threads = (ushort)Number(fields[17]);
        sample.StartTicks = Number(fields[19]);
        sample.VirtualBytes = Number(fields[20]);
        sample.ResidentBytes = Number(fields[21]) * Environment.SystemPageSize;
        sample.Processor = (int)Number(fields[36]);
        return true;
    }

    private static TimeSpan ClockTicks(string text) => TimeSpan.FromTicks(Number(text) * TicksPerClockTick);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
