using System.Globalization;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Kernel;

/// <summary>
/// Opens what a descriptor of another process refers to, through /proc/PID/fd. Linux lets a process do so that may look into the other
/// one: of the same user, in the same PID namespace.
/// </summary>
internal static class ProcessDescriptor
{
    /// <summary>Opens it, if it is what was announced and belongs to this process's user. Never waits.</summary>
    /// <param name="process">The other process.</param>
    /// <param name="descriptor">The number there.</param>
    /// <param name="expected">Which file that must be: by the time a number is used, it may be another one's.</param>
    /// <param name="type">The type (S_IFREG, S_IFIFO) that it must have.</param>
    /// <param name="access">How to open it (O_RDONLY, O_WRONLY, O_RDWR).</param>
    /// <param name="size">Its size in bytes.</param>
    internal static SafeFileHandle? TryOpen(int process, int descriptor, FileIdentity expected, int type, int access, out ulong size)
    {
        size = 0;

        // Without access first: to open a device or a pipe for reading does something to it, and nobody knows yet what this is.
        using SafeFileHandle? found = TryOpen(Path(process.ToString(CultureInfo.InvariantCulture), descriptor), Fcntl.O_PATH);
        if (found is null
            || FileIdentity.TryGet(found, out SysStat.Statx status) != expected
            || (status.Mode & SysStat.S_IFMT) != type
            || status.Uid != Unistd.geteuid())
        {
            return null;
        }

        size = status.Size;
        using HeldDescriptor held = new(found);
        return TryOpen(Path("self", held.Number), access | Fcntl.O_NONBLOCK);
    }

    private static string Path(string process, int descriptor) => string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd/{descriptor}");

    private static SafeFileHandle? TryOpen(string path, int flags)
    {
        int number = Fcntl.open(path, flags | Fcntl.O_CLOEXEC, 0);
        return number < 0 ? null : new SafeFileHandle(number, ownsHandle: true);
    }
}
