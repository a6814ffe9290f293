namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Gifts that are not whole pages.</summary>
internal sealed class GiftsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GiftStartsBehindHeader"] = """
            public static unsafe class GiftWithoutHeader
            {
                private struct Header { public long Length; public long Kind; }

                public static bool TrySend(SafeHandle pipe, ReadOnlySpan<byte> body)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    byte* block = (byte*)NativeMemory.AlignedAlloc(5 * page, page);
                    byte* start = block + sizeof(Header);
                    nuint length = 4 * page;
                    body.CopyTo(new Span<byte>(start, (int)length));
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(start, length), SpliceFlags.Gift); //~VMS3001
                    return sent == (nint)length;
                }
            }
            """,
        ["LaptopScreenFrameGifted"] = """
            public sealed class ScreenShare(SpliceWriter pipe)
            {
                private const int Width = 1366;
                private const int Height = 768;

                public void Share(Action<Memory<int>> grab)
                {
                    PageBuffer<int> screen = pipe.Rent<int>(Width * Height);
                    grab(screen.Memory);
                    pipe.Gift(screen); //~VMS3002
                }
            }
            """,
        ["PageSizeConstantRoundsGift"] = """
            public sealed class GiftPool(SpliceWriter pipe)
            {
                private const int PageSize = 4096;

                public void Give(ReadOnlySpan<byte> content)
                {
                    int room = (content.Length + PageSize - 1) / PageSize * PageSize; //~VMS3005
                    PageBuffer<byte> buffer = pipe.Rent<byte>(room);
                    content.CopyTo(buffer.Span);
                    pipe.Gift(buffer);
                }
            }
            """,
        ["GiftLengthRoundedTo4096"] = """
            public static class Rounded
            {
                public static void Give(SpliceWriter pipe, ReadOnlySpan<byte> data)
                {
                    int length = (data.Length + 4095) & ~4095; //~VMS3005
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(length);
                    data.CopyTo(buffer.Span);
                    buffer.Span[data.Length..].Clear();
                    pipe.Gift(buffer);
                }
            }
            """,
        ["GiftOfAnImageNotWholePages"] = """
            public sealed class Thumbnailer(SpliceWriter pipe)
            {
                private const int Width = 150;
                private const int Height = 100;

                public void Send(Func<int, int, byte> gray)
                {
                    PageBuffer<byte> image = pipe.Rent<byte>(Width * Height);
                    for (int y = 0; y < Height; y++)
                    {
                        for (int x = 0; x < Width; x++)
                        {
                            image[y * Width + x] = gray(x, y);
                        }
                    }

                    pipe.Gift(image); //~VMS3002
                }
            }
            """,
        ["GiftStartsBehindAHeader"] = """
            public static class BodyGift
            {
                private const int HeaderLength = 512;

                public static void Give(SafeHandle pipe, PageBuffer<byte> buffer)
                {
                    nint body = buffer.Address + HeaderLength;
                    nuint length = 4 * 65536;
                    nint given = RawPipe.VmSplice(pipe, new IoVec(body, length), SpliceFlags.Gift); //~VMS3001
                    if (given != (nint)length)
                    {
                        throw new IOException($"{given} of {length}");
                    }
                }
            }
            """,
    };
}
