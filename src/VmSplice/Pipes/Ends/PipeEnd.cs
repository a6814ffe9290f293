using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;

namespace VmSplice.Pipes;

/// <summary>An open descriptor that was checked to be the wanted end of a pipe, and what must be disposed to close it.</summary>
internal sealed class PipeEnd : IDisposable
{
    /// <summary>For a pipe whose capacity nobody has asked for yet. Whoever needs it first asks the kernel.</summary>
    internal const int NotAsked = -1;

    private readonly IDisposable? _owner;
    private int _capacity;
    private bool _mayGrow;
    private PipeGrant? _grant;

    /// <summary>Takes an end.</summary>
    /// <param name="handle">The descriptor.</param>
    /// <param name="owner">What to dispose when done; <see langword="null"/> to leave it open.</param>
    /// <param name="capacity">The pipe's capacity in bytes, or <see cref="NotAsked"/>; 0 where a standard stream is no pipe.</param>
    /// <param name="mayGrow">Whether to grow it where that pays, if nobody has sized it.</param>
    internal PipeEnd(SafeHandle handle, IDisposable? owner, int capacity, bool mayGrow)
    {
        Handle = handle;
        _owner = owner;
        _capacity = capacity;
        _mayGrow = mayGrow;
    }

    internal SafeHandle Handle { get; }

    /// <summary>Gets the pipe's capacity in bytes, or 0 where a standard stream is no pipe.</summary>
    internal int Capacity => IsPipe && Ask() is > 0 and var now ? now : Math.Max(_capacity, 0);

    /// <summary>Gets the capacity as it was when it was asked for first, or grew last. Costs no call after that.</summary>
    internal int KnownCapacity
    {
        get
        {
            if (_capacity == NotAsked)
            {
                // A pipe that is closed by now has none that matters.
                _capacity = Ask() is > 0 and var now ? now : DescriptorInfo.UsualPipeCapacity;
            }

            return _capacity;
        }
    }

    /// <summary>Gets whether nobody has asked for a capacity, and the pipe has the one that every new pipe has.</summary>
    internal bool MayGrow => _mayGrow && KnownCapacity == DescriptorInfo.UsualPipeCapacity;

    internal bool IsPipe => _capacity != 0;

    /// <summary>Gets whether it is a standard stream of this process, which its children share.</summary>
    internal bool IsStandardStream { get; init; }

    /// <summary>Gets whether nobody reads or writes the descriptor once this end is disposed.</summary>
    internal bool IsExclusive => _owner is not null && !IsStandardStream;

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

        _mayGrow = false;
        _capacity = now;
        return true;
    }

    public void Dispose()
    {
        _owner?.Dispose();
        _grant?.Dispose();
    }

    private int Ask() => Handle.IsClosed ? 0 : DescriptorInfo.PipeCapacity(Handle);
}
