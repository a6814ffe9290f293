namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Buffers of segments, and right.</summary>
internal sealed class FramesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OneBufferRefilled"] = """
            // Video: one frame of ours is received into again and again, and changed in between.
            [Spliceable]
            public sealed partial class Picture
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 640 * 480)] public partial Span<byte> Luma { get; }
                [Segment(MaxLength = 1024)] public partial TextSegment Caption { get; }
            }

            public sealed class Dimmer(SpliceReader camera, SpliceWriter screen)
            {
                public int Run(string suffix)
                {
                    int pictures = 0;
                    using Picture incoming = Picture.Allocate();
                    while (camera.TryReceiveInto(incoming))
                    {
                        foreach (ref byte luma in incoming.Luma)
                        {
                            luma >>= 1;
                        }

                        Picture outgoing = Picture.Rent(screen);
                        outgoing.Number = incoming.Number;
                        incoming.Luma.CopyTo(outgoing.Luma);
                        outgoing.Caption.Set(incoming.Caption.ToString() + suffix);
                        screen.Send(outgoing);
                        incoming.Number = -1;
                        pictures++;
                    }

                    screen.CompleteBuffers();
                    return pictures;
                }
            }
            """,
        ["OneMessageOnly"] = """
            // Medicine: one scan goes to one reader, which expects exactly one.
            [Spliceable]
            public sealed partial class Scan
            {
                [Segment] public partial ref long Patient { get; }
                [Segment(Length = 256 * 256)] public partial Span<short> Voxels { get; }
                [Segment(MaxLength = 4096)] public partial Span<char> Remark { get; }
            }

            public static class ScanTransfer
            {
                public static void Send(string fifo, long patient, ReadOnlySpan<short> voxels, string remark)
                {
                    using SpliceWriter pipe = SpliceWriter.OpenFifo(fifo);
                    Scan scan = Scan.Rent(pipe);
                    scan.Patient = patient;
                    voxels.CopyTo(scan.Voxels);
                    scan.RemarkLength = 4096;
                    scan.RemarkLength = remark.AsSpan().ToLowerInvariant(scan.Remark);
                    pipe.Send(scan);
                }

                public static int Receive(string fifo)
                {
                    using SpliceReader pipe = SpliceReader.OpenFifo(fifo);
                    using Scan scan = Scan.Receive(pipe);
                    return scan.Voxels.Length + scan.Remark.Length;
                }
            }
            """,
    };
}
