using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Tests.Support;

/// <summary>The bare system calls, to show what the kernel itself does.</summary>
internal static unsafe class RawCall
{
    /// <summary>A descriptor that no process of these tests ever has open.</summary>
    internal static SafePipeHandle NotOpen => new(999_999, ownsHandle: false);

    internal static nint VmSplice(SafeHandle pipe, ReadOnlySpan<IoVec> segments, SpliceFlags flags, out int errno)
        => Fcntl.TryVmSplice(pipe, segments, flags, out errno);

    internal static nint VmSplice(SafeHandle pipe, IoVec segment, SpliceFlags flags = SpliceFlags.None)
    {
        nint result = Fcntl.TryVmSplice(pipe, [segment], flags, out int errno);
        Assert.True(result >= 0, $"vmsplice: {Errno.Name(errno)}");
        return result;
    }

    internal static byte[] Read(SafeHandle pipe, int length)
    {
        byte[] bytes = new byte[length];
        fixed (byte* first = bytes)
        {
            nint read = Unistd.read(pipe, first, (nuint)length);
            Assert.True(read >= 0, $"read: {Errno.Name(Marshal.GetLastPInvokeError())}");
            return bytes[..(int)read];
        }
    }

    internal static byte[] ReadAll(SafeHandle pipe, int length)
    {
        byte[] bytes = new byte[length];
        int filled = 0;
        while (filled < length)
        {
            byte[] next = Read(pipe, length - filled);
            Assert.NotEmpty(next);
            next.CopyTo(bytes, filled);
            filled += next.Length;
        }

        return bytes;
    }

    internal static void Write(SafeHandle pipe, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            Assert.Equal(bytes.Length, Unistd.write(pipe, first, (nuint)bytes.Length));
        }
    }

    internal static int StatusFlags(SafeHandle descriptor) => Fcntl.fcntl(descriptor, Fcntl.F_GETFL, 0);

    internal static void SetNonBlocking(SafeHandle descriptor)
        => Assert.Equal(0, Fcntl.fcntl(descriptor, Fcntl.F_SETFL, StatusFlags(descriptor) | Fcntl.O_NONBLOCK));
}
