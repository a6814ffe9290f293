using System.Buffers.Binary;
using VmSplice.Kernel;

namespace VmSplice.InPlace;

/// <summary>
/// Tells the reader, in the stream, where the control page of the sender's offer is. Whoever does not take it up, or cannot, reads on
/// behind it: all that follows comes through the pipe then.
/// </summary>
/// <param name="Process">The sender's process.</param>
/// <param name="Descriptor">Its descriptor of the control page.</param>
/// <param name="Control">Which file that must be.</param>
/// <param name="Key">As in the page.</param>
/// <remarks>
/// <code>
/// 64 bytes   0 magic "Invt" (u32)   4 process (i32)   8 descriptor (i32)   16 device (u64)   24 inode (u64)   32 key (u64); the rest is zero
/// </code>
/// </remarks>
internal readonly record struct Invitation(int Process, int Descriptor, FileIdentity Control, ulong Key)
{
    internal const int Length = 64;
    internal const uint Magic = 0x7476_6E49;

    internal void Write(Span<byte> destination)
    {
        destination[..Length].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], Process);
        BinaryPrimitives.WriteInt32LittleEndian(destination[8..], Descriptor);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Control.Device);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], Control.Inode);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[32..], Key);
    }

    internal static Invitation Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadInt32LittleEndian(source[4..]),
        BinaryPrimitives.ReadInt32LittleEndian(source[8..]),
        new FileIdentity(BinaryPrimitives.ReadUInt64LittleEndian(source[16..]), BinaryPrimitives.ReadUInt64LittleEndian(source[24..])),
        BinaryPrimitives.ReadUInt64LittleEndian(source[32..]));
}
