using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Readiness;

/// <summary>
/// Wakes whoever waits in a call of one object, because the object is disposed: threads in poll(2), and operations by a token.
/// A thread can also be woken without that, to look whether it still has something to wait for.
/// </summary>
/// <remarks>
/// The descriptor that wakes a thread (eventfd(2)) is made with the first wait and closed with the object. It only makes the
/// end of a wait quick: where there is none to be had (EMFILE), the thread looks by itself, <see cref="LookMilliseconds"/> apart.
/// </remarks>
internal sealed unsafe class DisposalSignal
{
    /// <summary>How long a thread waits that nobody can wake.</summary>
    internal const int LookMilliseconds = 50;

    private readonly Lock _gate = new();
    private SafeFileHandle? _wake;
    private CancellationTokenSource? _token;
    private int _waiting;
    private bool _isWoken;
    private bool _isSet;

    /// <summary>Gets whether the object is disposed.</summary>
    internal bool IsSet => Volatile.Read(ref _isSet);

    /// <summary>Gets a token that is cancelled when the object is disposed.</summary>
    internal CancellationToken Token
    {
        get
        {
            lock (_gate)
            {
                return _isSet ? new CancellationToken(canceled: true) : (_token ??= new CancellationTokenSource()).Token;
            }
        }
    }

    /// <summary>The object is disposed: wakes everybody, for good.</summary>
    internal void Set()
    {
        CancellationTokenSource? token;
        lock (_gate)
        {
            _isSet = true;
            Signal();

            // Stays open, and readable, for those who wait: each holds it.
            _wake?.Dispose();
            token = _token;
        }

        token?.Cancel();
    }

    /// <summary>Wakes the threads that wait, once. Who is about to wait does not.</summary>
    internal void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            Signal();
        }
    }

    /// <summary>Begins a wait of this thread. <see langword="false"/> where the thread should look first whether it still has something to wait for.</summary>
    /// <param name="descriptor">What becomes readable when the thread is woken; −1 where it must look by itself. To be given to <see cref="EndWait"/>.</param>
    internal bool TryBeginWait(out int descriptor)
    {
        lock (_gate)
        {
            descriptor = -1;
            if (_isSet || _isWoken)
            {
                Rest();
                return false;
            }

            _wake ??= TryCreate();
            if (_wake is not null)
            {
                bool added = false;
                _wake.DangerousAddRef(ref added);
                descriptor = (int)_wake.DangerousGetHandle();
            }

            _waiting++;
            return true;
        }
    }

    /// <summary>Ends a wait that began.</summary>
    internal void EndWait(int descriptor)
    {
        lock (_gate)
        {
            _waiting--;
            if (descriptor >= 0)
            {
                _wake!.DangerousRelease();
            }

            Rest();
        }
    }

    private static SafeFileHandle? TryCreate()
    {
        int descriptor = SysEventfd.eventfd(0, SysEventfd.EFD_CLOEXEC | SysEventfd.EFD_NONBLOCK);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : null;
    }

    // Once everybody who waited has looked. Until then the descriptor stays readable, or somebody might sleep on.
    private void Rest()
    {
        if (!_isWoken || _isSet || _waiting != 0)
        {
            return;
        }

        _isWoken = false;
        if (_wake is not null)
        {
            ulong count;

            // SAFETY: the kernel fills eight bytes, or answers EAGAIN.
            _ = Unistd.read(_wake, &count, sizeof(ulong));
        }
    }

    private void Signal()
    {
        if (_wake is { IsClosed: false })
        {
            ulong one = 1;

            // SAFETY: the kernel reads eight bytes.
            nint written = Unistd.write(_wake, &one, sizeof(ulong));
            Debug.Assert(written == sizeof(ulong) || Marshal.GetLastPInvokeError() == Errno.EAGAIN, "a counter takes one more, or is full and readable");
        }
    }
}
