using System.Runtime.InteropServices;

namespace VmSplice.Interop;

/// <summary>A descriptor's number, which stays that descriptor's until this is disposed.</summary>
internal readonly ref struct HeldDescriptor
{
    private readonly SafeHandle _handle;
    private readonly bool _added;

    /// <exception cref="ObjectDisposedException">The handle is closed.</exception>
    internal HeldDescriptor(SafeHandle handle)
    {
        _handle = handle;
        handle.DangerousAddRef(ref _added);
        Number = (int)handle.DangerousGetHandle();
    }

    internal int Number { get; }

    public void Dispose()
    {
        if (_added)
        {
            _handle.DangerousRelease();
        }
    }
}
