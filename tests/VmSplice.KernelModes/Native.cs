using System.Runtime.InteropServices;

namespace VmSplice.KernelModes;

/// <summary>The calls that putting on a filter and standing in for the kernel take.</summary>
internal static unsafe partial class Native
{
    internal const int EPERM = 1;
    internal const int EINTR = 4;
    internal const int EBADF = 9;
    internal const int EAGAIN = 11;
    internal const int ENOMEM = 12;
    internal const int EFAULT = 14;
    internal const int EINVAL = 22;
    internal const int ENOSYS = 38;
    internal const int EOPNOTSUPP = 95;

    internal const int F_GETFL = 3;
    internal const int F_GETPIPE_SZ = 1032;
    internal const int O_ACCMODE = 3;
    internal const int O_RDONLY = 0;
    internal const int O_NONBLOCK = 0x800;
    internal const short POLLIN = 1;
    internal const short POLLOUT = 4;
    internal const int RWF_NOWAIT = 8;
    internal const int PR_SET_NO_NEW_PRIVS = 38;
    internal const int PR_SET_THP_DISABLE = 41;
    internal const int SYS_pidfd_open = 434;
    internal const int SYS_pidfd_getfd = 438;

    internal static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    internal static int SYS_vmsplice => IsArm64 ? 75 : 278;

    internal static int SYS_splice => IsArm64 ? 76 : 275;

    internal static int SYS_tee => IsArm64 ? 77 : 276;

    internal static int SYS_openat => IsArm64 ? 56 : 257;

    internal static int SYS_seccomp => IsArm64 ? 277 : 317;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Segment
    {
        internal ulong Address;
        internal ulong Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollFd
    {
        internal int Fd;
        internal short Events;
        internal short ReturnedEvents;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint syscall(nint number, nint a, nint b, nint c, nint d);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    internal static partial int prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int ioctl(int fd, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int fcntl(int fd, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int poll(PollFd* fds, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int close(int fd);

    [LibraryImport("libc", EntryPoint = "process_vm_readv", SetLastError = true)]
    internal static partial nint process_vm_readv(int pid, Segment* local, nuint localCount, Segment* remote, nuint remoteCount, nuint flags);

    [LibraryImport("libc", EntryPoint = "process_vm_writev", SetLastError = true)]
    internal static partial nint process_vm_writev(int pid, Segment* local, nuint localCount, Segment* remote, nuint remoteCount, nuint flags);

    [LibraryImport("libc", EntryPoint = "preadv2", SetLastError = true)]
    internal static partial nint preadv2(int fd, Segment* segments, int count, nint offset, int flags);

    [LibraryImport("libc", EntryPoint = "pwritev2", SetLastError = true)]
    internal static partial nint pwritev2(int fd, Segment* segments, int count, nint offset, int flags);

    [LibraryImport("libc", EntryPoint = "execvp", SetLastError = true)]
    private static partial int execvp(byte* file, byte** arguments);

    /// <summary>Becomes another program.</summary>
    internal static void Execute(string[] command)
    {
        byte** arguments = (byte**)NativeMemory.AllocZeroed((nuint)(command.Length + 1), (nuint)sizeof(byte*));
        for (int i = 0; i < command.Length; i++)
        {
            arguments[i] = (byte*)Marshal.StringToCoTaskMemUTF8(command[i]);
        }

        _ = execvp(arguments[0], arguments);
        throw new System.ComponentModel.Win32Exception(Marshal.GetLastPInvokeError(), "execvp");
    }

    /// <summary>No huge pages for this process and what it starts, as after prctl by a container's runtime.</summary>
    internal static void DisableHugePages()
    {
        if (prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) != 0)
        {
            throw new System.ComponentModel.Win32Exception(Marshal.GetLastPInvokeError(), "prctl(PR_SET_THP_DISABLE)");
        }
    }
}
