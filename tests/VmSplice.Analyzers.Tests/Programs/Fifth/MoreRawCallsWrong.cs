namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>The raw call: its memory, its result, its flags.</summary>
internal sealed class MoreRawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ScratchReleasedByHelper"] = """
            unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            public sealed unsafe class TileCompressor(int pipe)
            {
                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

                private static void Discard(byte* scratch) => NativeMemory.AlignedFree(scratch);

                public void Send(ReadOnlySpan<byte> tile)
                {
                    byte* scratch = (byte*)NativeMemory.AlignedAlloc((nuint)tile.Length, 64);
                    int length = RunLength(tile, new Span<byte>(scratch, tile.Length));
                    iovec segment = new() { iov_base = scratch, iov_len = (nuint)length };
                    nint sent = vmsplice(pipe, &segment, 1, 0);
                    Discard(scratch); //~VMS2007
                    if (sent != length)
                        throw new IOException("tile cut");
                }

                private static int RunLength(ReadOnlySpan<byte> source, Span<byte> target)
                {
                    int used = 0;
                    for (int i = 0; i < source.Length && used + 1 < target.Length; used += 2)
                    {
                        int run = 1;
                        while (i + run < source.Length && run < 255 && source[i + run] == source[i])
                            run++;
                        target[used] = (byte)run;
                        target[used + 1] = source[i];
                        i += run;
                    }

                    return used;
                }
            }
            """,
        ["YuvPlanesGiftedInOneBuffer"] = """
            public sealed class YuvFeeder(SpliceWriter encoder)
            {
                private const int Luma = 640 * 480;
                private const int Chroma = Luma / 4;

                public void Feed(ReadOnlySpan<byte> y, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v)
                {
                    using PageBuffer<byte> frame = encoder.RentUninitialized<byte>(Luma + 2 * Chroma);
                    Span<byte> planes = frame.Span;
                    y[..Luma].CopyTo(planes);
                    u[..Chroma].CopyTo(planes[Luma..]);
                    v[..Chroma].CopyTo(planes[(Luma + Chroma)..]);
                    encoder.Gift(frame); //~VMS3002
                }
            }
            """,
    };
}
