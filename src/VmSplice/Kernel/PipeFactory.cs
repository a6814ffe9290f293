using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Kernel;

/// <summary>Creates pipes whose ends close on exec.</summary>
internal static class PipeFactory
{
    internal static unsafe void Create(out SafePipeHandle readEnd, out SafePipeHandle writeEnd, bool nonBlocking = false)
    {
        // SAFETY: pipe2 fills two ints, which this frame owns.
        int* ends = stackalloc int[2];
        if (Unistd.pipe2(ends, Fcntl.O_CLOEXEC | (nonBlocking ? Fcntl.O_NONBLOCK : 0)) != 0)
        {
            throw SystemCallException.Create("pipe2", Marshal.GetLastPInvokeError(), "a new pipe");
        }

        readEnd = new SafePipeHandle(ends[0], ownsHandle: true);
        writeEnd = new SafePipeHandle(ends[1], ownsHandle: true);
    }
}
