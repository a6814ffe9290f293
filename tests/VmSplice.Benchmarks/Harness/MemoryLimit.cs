using System.Globalization;

namespace VmSplice.Benchmarks.Harness;

/// <summary>A control group of 64 MiB, of version 1 or 2, whichever the system has.</summary>
internal sealed class MemoryLimit : IDisposable
{
    private const int Bytes = 64 << 20;
    private const string First = "/sys/fs/cgroup/memory";
    private const string Second = "/sys/fs/cgroup";

    private static readonly string s_group = Path.Combine(Directory.Exists(First) ? First : Second, $"vmsplice-benchmarks-{Environment.ProcessId}");

    private MemoryLimit()
    {
    }

    /// <summary>Makes the group.</summary>
    /// <exception cref="NotSupportedException">This user may not make one here.</exception>
    public static MemoryLimit Begin()
    {
        try
        {
            Directory.CreateDirectory(s_group);
            string limit = Directory.Exists(First) ? "memory.limit_in_bytes" : "memory.max";
            File.WriteAllText(Path.Combine(s_group, limit), Bytes.ToString(CultureInfo.InvariantCulture));
            return new MemoryLimit();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new NotSupportedException($"it needs a control group with a limit of memory ({refused.Message})");
        }
    }

    /// <summary>The process in the group.</summary>
    public static Peer Around(Peer peer) => new("sh", ["-c", $"echo $$ > {s_group}/cgroup.procs && exec \"$0\" \"$@\"", peer.Program, .. peer.Arguments]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(s_group);
        }
        catch (IOException)
        {
            // A process is still on its way out of it; an empty group costs nothing.
        }
    }
}
