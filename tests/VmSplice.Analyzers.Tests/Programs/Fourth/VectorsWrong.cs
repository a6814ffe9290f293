namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Lists of segments: too many, or overlapping.</summary>
internal sealed class VectorsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OneSegmentForEachOf2048Rows"] = """
            public static unsafe class RowSender
            {
                private const int Rows = 2048;

                public static long Send(SafeHandle pipe, byte* image, int stride, int width)
                {
                    var rows = new IoVec[Rows];
                    for (int y = 0; y < rows.Length; y++)
                    {
                        rows[y] = new IoVec(image + (long)y * stride, (nuint)width);
                    }

                    long sent = RawPipe.VmSplice(pipe, rows); //~VMS3003
                    return sent == (long)width * Rows ? sent : throw new IOException("short transfer");
                }
            }
            """,
        ["RawPartsOverlapByWrongOffset"] = """
            public static unsafe class Planes
            {
                private const int Luma = 640 * 480;
                private const int Chroma = Luma / 4;

                public static long Send(SafeHandle pipe, byte* frame)
                {
                    byte* blue = frame + Luma;
                    byte* red = frame + Luma + Chroma / 2;
                    IoVec[] planes =
                    [
                        new IoVec(frame, Luma),
                        new IoVec(blue, Chroma),
                        new IoVec(red, Chroma),
                    ];
                    nint sent = RawPipe.VmSplice(pipe, planes); //~VMS3006
                    return sent == Luma + 2 * Chroma ? sent : throw new IOException("short transfer");
                }
            }
            """,
        ["SegmentsOfAllBlobsInOneCall"] = """
            public readonly record struct Blob(nint Address, int Length);

            public static class BlobSender
            {
                public static void Send(SafeHandle pipe, List<Blob> blobs)
                {
                    IoVec[] parts = [.. blobs.Select(blob => new IoVec(blob.Address, (nuint)blob.Length))];
                    long expected = blobs.Sum(blob => (long)blob.Length);
                    if (RawPipe.VmSplice(pipe, parts.AsSpan(0, blobs.Count)) != expected) //~VMS3004
                    {
                        throw new IOException("short transfer");
                    }
                }
            }
            """,
        ["HeaderAndBodyOverlapByOne"] = """
            public static class TwoParts
            {
                private const int Header = 64;

                public static void Send(SafeHandle pipe, PageBuffer<byte> message)
                {
                    nint start = message.Address;
                    IoVec[] parts =
                    [
                        new IoVec(start, Header),
                        new IoVec(start + Header - 1, 1024),
                    ];
                    nint sent = RawPipe.VmSplice(pipe, parts); //~VMS3006
                    if (sent != Header + 1024)
                    {
                        throw new IOException("short");
                    }
                }
            }
            """,
        ["VectorAsLongAsTheQueue"] = """
            public static class Batcher
            {
                public static void SendAll(SafeHandle pipe, List<(nint Address, int Length)> pending)
                {
                    List<IoVec> parts = [];
                    long all = 0;
                    foreach ((nint address, int length) in pending)
                    {
                        parts.Add(new IoVec(address, (nuint)length));
                        all += length;
                    }

                    nint sent = RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)); //~VMS3004
                    if (sent != all)
                    {
                        throw new IOException($"{all - sent} bytes left");
                    }
                }
            }
            """,
        ["VectorOfFixedSizeTooLong"] = """
            public static class Mosaic
            {
                private const int Tiles = 40;

                public static void Send(SafeHandle pipe, PageBuffer<byte> tiles, int tileBytes)
                {
                    var parts = new IoVec[Tiles * Tiles];
                    for (int i = 0; i < parts.Length; i++)
                    {
                        parts[i] = new IoVec(tiles.Address + i * tileBytes, (nuint)tileBytes);
                    }

                    nint sent = RawPipe.VmSplice(pipe, parts); //~VMS3003
                    if (sent != (nint)parts.Length * tileBytes)
                    {
                        throw new IOException("not all of the mosaic");
                    }
                }
            }
            """,
    };
}
