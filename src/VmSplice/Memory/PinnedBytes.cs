using System.Runtime.InteropServices;
using VmSplice.Kernel;

namespace VmSplice.Memory;

/// <summary>
/// A few KiB of the managed heap that stay where they are: what a stream lies in while nobody knows whether it is long enough for pages of
/// its own. A mapping costs four system calls and a fault, several times what a short stream costs altogether.
/// </summary>
/// <remarks>
/// Whoever keeps a span into it keeps the array: after the end of the stream it shows what it showed, never another stream. There is no
/// finalizer, for the reason that <see cref="PageMapping"/> gives.
/// </remarks>
internal sealed unsafe class PinnedBytes
{
    private const int CacheLine = 64;

    private PinnedGCHandle<byte[]> _pin;

    /// <summary>Takes so many bytes.</summary>
    /// <param name="length">Bytes.</param>
    /// <param name="cleared">Whether they must be zero; else they are whatever the heap had there.</param>
    internal PinnedBytes(int length, bool cleared)
    {
        Array = cleared ? new byte[length + CacheLine - 1] : GC.AllocateUninitializedArray<byte>(length + CacheLine - 1);
        _pin = new PinnedGCHandle<byte[]>(Array);
        nint start = (nint)_pin.GetAddressOfArrayData();
        Address = (start + CacheLine - 1) & -CacheLine;
        Length = length;
    }

    /// <summary>Gets where it lies, and what keeps it.</summary>
    internal byte[] Array { get; }

    /// <summary>Gets the first byte; a multiple of a cache line.</summary>
    internal nint Address { get; }

    internal int Length { get; }

    /// <summary>Lets it move. The address may not be used any more.</summary>
    internal void Unpin() => _pin.Dispose();
}
