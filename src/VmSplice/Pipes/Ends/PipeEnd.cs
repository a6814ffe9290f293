using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;

namespace VmSplice.Pipes;

/// <summary>An open descriptor that was checked to be the wanted end of a pipe, and what must be disposed to close it.</summary>
internal sealed class PipeEnd : IDisposable
{
    private readonly IDisposable? _owner;
    private PipeGrant? _grant;

    internal PipeEnd(SafeHandle handle, IDisposable? owner, int capacity, bool mayGrow)
    {
        Handle = handle;
        _owner = owner;
        KnownCapacity = capacity;
        MayGrow = mayGrow && capacity == DescriptorInfo.UsualPipeCapacity;
    }

    internal SafeHandle Handle { get; }

    /// <summary>Gets the pipe's capacity in bytes, or 0 where a standard stream is no pipe.</summary>
    internal int Capacity => !IsPipe || Handle.IsClosed ? KnownCapacity : DescriptorInfo.PipeCapacity(Handle) is > 0 and var now ? now : KnownCapacity;

    /// <summary>Gets the capacity as it was when this end was opened, or grew last. Costs no call.</summary>
    internal int KnownCapacity { get; private set; }

    /// <summary>Gets whether nobody has asked for a capacity, and the pipe has the one that every new pipe has.</summary>
    internal bool MayGrow { get; private set; }

    internal bool IsPipe => KnownCapacity > 0;

    /// <summary>Gets the bytes that wait in the pipe for its reader (FIONREAD), whoever wrote them.</summary>
    /// <exception cref="SystemCallException">The kernel or a sandbox does not tell.</exception>
    internal int BytesUnread => TryGetUnread(out int unread, out int errno)
        ? unread
        : throw SystemCallException.Create("ioctl(FIONREAD)", errno, DescriptorInfo.Describe(Handle));

    /// <summary>The same, where nothing depends on it but speed or a message.</summary>
    internal unsafe bool TryGetUnread(out int unread, out int errno)
    {
        int count = 0;

        // SAFETY: the kernel fills one int.
        bool told = SysIoctl.ioctl(Handle, SysIoctl.FIONREAD, &count) == 0;
        errno = told ? 0 : Marshal.GetLastPInvokeError();
        unread = count;
        return told;
    }

    /// <summary>Grows a pipe that nobody has sized, where that pays. Somebody may have sized it meanwhile: then it stays.</summary>
    /// <returns>Whether the known capacity has changed.</returns>
    internal bool TryGrow()
    {
        int now = Capacity;
        if (now == KnownCapacity)
        {
            _grant = PipeBudget.TryGrow(Handle, now);
            if (_grant is null)
            {
                return false;
            }

            now = Capacity;
        }

        MayGrow = false;
        KnownCapacity = now;
        return true;
    }

    public void Dispose()
    {
        _owner?.Dispose();
        _grant?.Dispose();
    }
}
