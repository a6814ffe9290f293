using System.Buffers.Binary;
using VmSplice.CompilerServices;

namespace VmSplice.Records;

/// <summary>
/// What a stream's header says of earlier versions of its records, so that a reader of an older build finds its own among them. It stands behind the first
/// 64 bytes, in as many frames as byte 11 of those says.
/// </summary>
/// <remarks>
/// <code>
/// frame, 64 bytes   0 magic "Vers" (u32)   8 three versions:   0 fingerprint (u64)   8 record size (u32)   12 version (u32); all zero for none
/// </code>
/// </remarks>
internal static class EarlierVersions
{
    internal const int FrameLength = 64;
    internal const int VersionsInFrame = 3;

    /// <summary>As many as fit 15 frames.</summary>
    internal const int MostVersions = 45;

    private const uint Magic = 0x7372_6556;
    private const int FirstVersion = 8;
    private const int VersionLength = 16;

    /// <summary>How many frames the versions of a layout take.</summary>
    internal static int FramesOf(RecordLayout layout) => (layout.Earlier.Count + VersionsInFrame - 1) / VersionsInFrame;

    internal static void Write(Span<byte> destination, RecordLayout layout)
    {
        destination.Clear();
        for (int i = 0; i < layout.Earlier.Count; i++)
        {
            Span<byte> frame = destination.Slice(i / VersionsInFrame * FrameLength, FrameLength);
            BinaryPrimitives.WriteUInt32LittleEndian(frame, Magic);
            Span<byte> version = frame.Slice(FirstVersion + (i % VersionsInFrame * VersionLength), VersionLength);
            BinaryPrimitives.WriteUInt64LittleEndian(version, layout.Earlier[i].Fingerprint);
            BinaryPrimitives.WriteUInt32LittleEndian(version[8..], (uint)layout.Earlier[i].Size);
            BinaryPrimitives.WriteUInt32LittleEndian(version[12..], (uint)layout.Earlier[i].Version);
        }
    }

    /// <summary>Whether a layout is among the versions that a header names.</summary>
    internal static bool Have(ReadOnlySpan<byte> source, RecordLayout layout)
    {
        for (; source.Length >= FrameLength; source = source[FrameLength..])
        {
            for (int i = 0; i < VersionsInFrame && BinaryPrimitives.ReadUInt32LittleEndian(source) == Magic; i++)
            {
                ReadOnlySpan<byte> version = source.Slice(FirstVersion + (i * VersionLength), VersionLength);
                if (BinaryPrimitives.ReadUInt64LittleEndian(version) == layout.Fingerprint
                    && BinaryPrimitives.ReadUInt32LittleEndian(version[8..]) == (uint)layout.Size)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
