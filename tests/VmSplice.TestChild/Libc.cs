using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VmSplice.TestChild;

/// <summary>What the tests ask of the kernel and the library under test has no need of.</summary>
internal static unsafe partial class Libc
{
    internal const uint SPLICE_F_MOVE = 1;
    internal const uint SPLICE_F_NONBLOCK = 2;
    internal const int O_CREAT = 0x40;
    internal const int SIGKILL = 9;
    internal const int SIGUSR2 = 12;

    private const int F_SETPIPE_SZ = 1031;
    private const int F_ADD_SEALS = 1033;
    private const int F_SEAL_GROW = 4;

    internal static int SYS_futex => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 98 : 202;

    private static nint SYS_tgkill => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 131 : 234;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint splice(SafeHandle from, long* fromOffset, SafeHandle to, long* toOffset, nuint length, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint tee(SafeHandle from, SafeHandle to, nuint length, uint flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mkfifo(string path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int setsockopt(SafeHandle socket, int level, int option, ReadOnlySpan<byte> value, uint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int kill(int process, int signal);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int gettid();

    // Of the calling thread alone, and with it the right to act as the owner of anything.
    [LibraryImport("libc")]
    internal static partial int setfsuid(uint user);

    [LibraryImport("libc")]
    internal static partial uint geteuid();

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint syscall(nint number, nint a, nint b, nint c);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ftruncate(SafeHandle file, long length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(SafeHandle file, int command, nint argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int sigaction(int signal, SignalAction* action, SignalAction* old);

    /// <summary>struct sigaction as glibc has it on 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct SignalAction
    {
        internal nint Handler;
        internal fixed ulong Mask[16];
        internal int Flags;
        internal nint Restorer;
    }

    /// <summary>
    /// Makes a signal interrupt calls (no SA_RESTART) and do nothing else: the handler is a function of libc that may be
    /// called in a handler, and ignores its argument.
    /// </summary>
    internal static void InterruptOn(int signal)
    {
        SignalAction action = default;
        action.Handler = NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "getpid");
        Check(sigaction(signal, &action, null), "sigaction");
    }

    internal static void Interrupt(int thread, int signal) => Check(syscall(SYS_tgkill, Environment.ProcessId, thread, signal), "tgkill");

    /// <summary>Makes a pipe smaller than the library itself would.</summary>
    internal static void SetPipeCapacity(SafeHandle pipe, int bytes) => Check(fcntl(pipe, F_SETPIPE_SZ, bytes) - bytes, "fcntl(F_SETPIPE_SZ)");

    internal static void MakeFifo(string path) => Check(mkfifo(path, 0x180), "mkfifo");

    internal static void Kill(int process, int signal) => Check(kill(process, signal), "kill");

    /// <summary>Moves bytes from pipe to pipe by reference: all of <paramref name="length"/>, or until the stream ends.</summary>
    internal static long SpliceAll(SafeHandle from, SafeHandle to, long length)
    {
        long moved = 0;
        while (moved < length)
        {
            nint step = splice(from, null, to, null, (nuint)(length - moved), SPLICE_F_MOVE);
            Check(step, "splice");
            if (step == 0)
            {
                break;
            }

            moved += step;
        }

        return moved;
    }

    /// <summary>What splice answers where it fails, or 0.</summary>
    internal static int SpliceError(SafeHandle from, SafeHandle to)
        => splice(from, null, to, null, 1, SPLICE_F_MOVE) < 0 ? Marshal.GetLastPInvokeError() : 0;

    /// <summary>Refers a second pipe to the bytes that wait in a first one, which keeps them. One call must take them all.</summary>
    internal static long TeeAll(SafeHandle from, SafeHandle to, long length)
    {
        nint teed = tee(from, to, (nuint)length, 0);
        Check(teed, "tee");
        return teed;
    }

    /// <summary>A regular file in memory that cannot grow: a write beyond its end is EPERM.</summary>
    internal static SafeFileHandle CreateSealedFile(long length)
    {
        const uint AllowSealing = 2;
        int descriptor = memfd_create("sealed", AllowSealing);
        Check(descriptor, "memfd_create");
        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        Check(ftruncate(file, length), "ftruncate");
        Check(fcntl(file, F_ADD_SEALS, F_SEAL_GROW), "fcntl(F_ADD_SEALS)");
        return file;
    }

    private static void Check(nint result, string call)
    {
        if (result < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{call}: {Marshal.GetPInvokeErrorMessage(errno)} ({errno})"));
        }
    }
}
