using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VmSplice.Benchmarks.Workers;

/// <summary>The system calls of a user who calls them by himself, with nothing around them.</summary>
internal static unsafe partial class RawCalls
{
    private const int O_CLOEXEC = 0x80000;

    public static int Open(string path, FileAccess access, int pipe)
    {
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite);
        PipeSize.Set(file, pipe);
        int descriptor = (int)file.DangerousGetHandle();

        // For as long as the worker runs.
        file.SetHandleAsInvalid();
        return descriptor;
    }

    public static (int Read, int Write) OpenPipe()
    {
        int* ends = stackalloc int[2];
        Check(pipe2(ends, O_CLOEXEC));
        return (ends[0], ends[1]);
    }

    public static void Close(int descriptor) => Check(close(descriptor));

    public static void Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            // SAFETY: the span is pinned while write(2) reads it.
            fixed (byte* start = bytes)
            {
                bytes = bytes[(int)Check(write(descriptor, start, (nuint)bytes.Length))..];
            }
        }
    }

    /// <returns>The bytes, 0 at the end of the stream.</returns>
    public static int Read(int descriptor, Span<byte> destination)
    {
        // SAFETY: the span is pinned while read(2) fills it.
        fixed (byte* start = destination)
        {
            return (int)Check(read(descriptor, start, (nuint)destination.Length));
        }
    }

    /// <returns>Whether all came; <see langword="false"/> at the end of the stream.</returns>
    public static bool ReadExactly(int descriptor, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int count = Read(descriptor, destination);
            if (count == 0)
            {
                return false;
            }

            destination = destination[count..];
        }

        return true;
    }

    /// <summary>
    /// Fills by memset(3), as the C program does: it takes whole cache lines over from the reader without waiting for what they hold, where a
    /// loop of vector stores (Span.Fill) waits for each. Else that would be most of what is measured.
    /// </summary>
    public static void Fill(Span<byte> bytes, byte value)
    {
        // SAFETY: the span is pinned while it is filled.
        fixed (byte* start = bytes)
        {
            memset(start, value, (nuint)bytes.Length);
        }
    }

    private static nint Check(nint result) => result >= 0 ? result : throw new IOException(Marshal.GetLastPInvokeErrorMessage());

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void* memset(byte* bytes, int value, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint write(int descriptor, byte* bytes, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint read(int descriptor, byte* bytes, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int pipe2(int* ends, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int descriptor);
}
