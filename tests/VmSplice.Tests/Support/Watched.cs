using System.Globalization;
using System.Runtime.InteropServices;

namespace VmSplice.Tests.Support;

/// <summary>Descriptors that are waited for without a thread.</summary>
internal static class Watched
{
    /// <summary>Waits until an epoll(7) instance of this process has the descriptor registered.</summary>
    internal static void Until(SafeHandle descriptor)
    {
        string number = descriptor.DangerousGetHandle().ToString(CultureInfo.InvariantCulture);
        Assert.True(SpinWait.SpinUntil(() => IsRegistered(number), TimeSpan.FromSeconds(60)), "nobody waits for the descriptor");
    }

    // "tfd:       37 events: …" in the lines of an epoll instance.
    private static bool IsRegistered(string number)
        => Directory.EnumerateFiles("/proc/self/fdinfo")
            .Any(file => LinesOf(file).Any(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["tfd:", var target, ..] && target == number));

    /// <summary>Nothing for a descriptor that was closed meanwhile.</summary>
    private static string[] LinesOf(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (IOException)
        {
            return [];
        }
    }
}
