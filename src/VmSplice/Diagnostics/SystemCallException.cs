using System.Globalization;
using VmSplice.Interop;

namespace VmSplice;

/// <summary>A system call failed. The message names the call, what it was about, the error and the way out.</summary>
public class SystemCallException : IOException
{
    internal SystemCallException(string call, int errno, string message, Exception? inner = null)
        : base(message, inner)
    {
        Call = call;
        ErrorNumber = errno;
    }

    /// <summary>Gets the system call that failed.</summary>
    public string Call { get; }

    /// <summary>Gets the error number (errno.h).</summary>
    public int ErrorNumber { get; }

    internal static SystemCallException Create(string call, int errno, string subject)
        => new(call, errno, Describe(call, errno, subject));

    /// <summary>The sentence that names call, subject, error and way out.</summary>
    internal static string Describe(string call, int errno, string subject)
    {
        string wayOut = errno switch
        {
            Errno.EPERM => " The call is forbidden here, by a seccomp profile or a limit. KernelSupport.Current says what is allowed.",
            Errno.EBADF => " The descriptor is closed, is not a pipe, or is the wrong end of one.",
            Errno.EFAULT => " A segment reaches outside of this process's memory.",
            Errno.EINVAL => " The kernel refused an argument.",
            Errno.EAGAIN when call == "mmap" => " This process locks its memory (mlockall), and may lock no more of it. Raise the limit (ulimit -l), or "
                + "unlock: munlockall(2).",
            Errno.ENOMEM when call == "mmap" => " The kernel is out of memory, or this process out of address space (ulimit -v), of mappings "
                + "(vm.max_map_count), or of memory that it may lock (mlockall, ulimit -l). Dispose buffers that are not needed.",
            Errno.ENOMEM => " The kernel is out of memory, or this process out of mappings (vm.max_map_count). Dispose buffers that are not needed.",
            Errno.EMFILE => " This process has too many open descriptors (ulimit -n). Dispose pipes that are not needed.",
            Errno.ENOSYS => " This kernel or sandbox has no such call. KernelSupport.Current says what is there.",
            _ => string.Empty,
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{call} failed for {subject}: {Errno.Name(errno)} ({System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(errno)}).{wayOut}");
    }
}
