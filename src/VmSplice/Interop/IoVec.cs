using System.Runtime.InteropServices;

namespace VmSplice;

/// <summary>
/// One segment of memory for <see cref="RawPipe"/>: <c>struct iovec</c> of <c>sys/uio.h</c>. It does not own, pin or
/// check the memory; the caller answers for it until the last reader is done with the pages.
/// </summary>
/// <param name="address">The first byte.</param>
/// <param name="length">The length in bytes.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly struct IoVec(nint address, nuint length) : IEquatable<IoVec>
{
    /// <summary>Creates a segment from a pointer.</summary>
    /// <param name="address">The first byte.</param>
    /// <param name="length">The length in bytes.</param>
    public unsafe IoVec(void* address, nuint length)
        : this((nint)address, length)
    {
    }

    /// <summary>Gets the first byte.</summary>
    public nint Address { get; } = address;

    /// <summary>Gets the length in bytes.</summary>
    public nuint Length { get; } = length;

    /// <summary>Compares address and length.</summary>
    public static bool operator ==(IoVec left, IoVec right) => left.Equals(right);

    /// <summary>Compares address and length.</summary>
    public static bool operator !=(IoVec left, IoVec right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(IoVec other) => Address == other.Address && Length == other.Length;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IoVec other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, Length);
}
