using System.Globalization;

namespace Telemetry;

/// <summary>Reads the counters, proc(5).</summary>
internal static class Sampler
{
    // USER_HZ is 100 on every Linux that .NET runs on.
    private const long TicksPerClockTick = TimeSpan.TicksPerSecond / 100;

    /// <summary>Fills in all that the kernel counts.</summary>
    public static void Read(ref Sample sample)
    {
        sample.Time = DateTime.UtcNow.Ticks;
        ReadProcessors(ref sample);
        ReadMemory(ref sample);
        ReadInterfaces(ref sample);
        sample.Load = double.Parse(Fields(File.ReadAllText("/proc/loadavg"))[0], CultureInfo.InvariantCulture);
    }

    private static void ReadProcessors(ref Sample sample)
    {
        // cpu user nice system idle iowait irq softirq steal …
        string[] fields = Fields(File.ReadLines("/proc/stat").First());
        sample.User = ClockTicks(Number(fields[1]) + Number(fields[2]));
        sample.System = ClockTicks(Number(fields[3]) + Number(fields[6]) + Number(fields[7]) + Number(fields[8]));
        sample.Idle = ClockTicks(Number(fields[4]));
        sample.Waiting = ClockTicks(Number(fields[5]));
    }

    private static void ReadMemory(ref Sample sample)
    {
        foreach (string line in File.ReadLines("/proc/meminfo"))
        {
            string[] fields = Fields(line);
            switch (fields[0])
            {
                case "MemTotal:":
                    sample.MemoryTotal = Number(fields[1]) * 1024;
                    break;
                case "MemAvailable:":
                    sample.MemoryAvailable = Number(fields[1]) * 1024;
                    return;
                default:
                    break;
            }
        }
    }

    private static void ReadInterfaces(ref Sample sample)
    {
        (sample.Received, sample.Sent, sample.Loopback) = (0, 0, 0);
        foreach (string line in File.ReadLines("/proc/net/dev").Skip(2))
        {
            // name: bytes packets and six more of what came, then the same of what went.
            string[] parts = line.Split(':');
            string[] fields = Fields(parts[1]);
            if (parts[0].Trim() == "lo")
            {
                sample.Loopback = Number(fields[0]);
            }
            else
            {
                sample.Received += Number(fields[0]);
                sample.Sent += Number(fields[8]);
            }
        }
    }

    private static TimeSpan ClockTicks(long count) => TimeSpan.FromTicks(count * TicksPerClockTick);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Fields(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
