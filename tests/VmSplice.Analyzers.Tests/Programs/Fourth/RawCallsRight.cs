namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>The raw call, and right.</summary>
internal sealed class RawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BoundedSegmentsWithInnerLoop"] = """
            public static class BlobSender
            {
                public static long Send(SafeHandle pipe, IEnumerable<FrozenPages<byte>> blobs)
                {
                    Span<IoVec> rest = blobs.Select(blob => new IoVec(blob.Address, (nuint)blob.Length)).ToArray();
                    long all = 0;
                    while (rest.Length > 0)
                    {
                        int most = Math.Clamp(rest.Length, 1, RawPipe.IovMax);
                        nuint sent = (nuint)RawPipe.VmSplice(pipe, rest[..most]);
                        all += (long)sent;
                        int done = 0;
                        while (done < rest.Length && sent >= rest[done].Length)
                        {
                            sent -= rest[done++].Length;
                        }

                        rest = rest[done..];
                        if (sent > 0)
                        {
                            rest[0] = new IoVec(rest[0].Address + (nint)sent, rest[0].Length - sent);
                        }
                    }

                    return all;
                }
            }
            """,
        ["ErrnoKeptBeforeLogAndUnlock"] = """
            public unsafe struct IoVector { public void* Base; public nuint Length; }

            public sealed unsafe class GuardedPipe(int descriptor)
            {
                private readonly Lock _lock = new();

                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int descriptor, IoVector* segments, nuint count, uint flags);

                private (nint Taken, int Error) Call(IoVector* segment)
                {
                    lock (_lock)
                    {
                        nint taken = vmsplice(descriptor, segment, 1, 2);
                        return (taken, taken < 0 ? Marshal.GetLastPInvokeError() : 0);
                    }
                }

                public nuint Push(void* start, nuint length)
                {
                    var segment = new IoVector { Base = start, Length = length };
                    (nint taken, int error) = Call(&segment);
                    Console.Error.WriteLine($"{taken} of {length} bytes");
                    return taken < 0 ? throw new IOException("vmsplice", error) : length - (nuint)taken;
                }
            }
            """,
        ["NonBlockingFlagForAllButTheLast"] = """
            public static class Segmented
            {
                public static int SendUntilFull(SafeHandle pipe, FrozenPages<byte>[] pages)
                {
                    for (int i = 0; i < pages.Length; i++)
                    {
                        bool last = i == pages.Length - 1;
                        SpliceFlags flags = last ? SpliceFlags.None : SpliceFlags.NonBlocking;
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(pages[i].Address, (nuint)pages[i].Length), flags);
                        if (sent is 0)
                        {
                            return i;
                        }

                        if (sent != pages[i].Length)
                        {
                            throw new IOException($"page {i}: {sent} of {pages[i].Length} bytes");
                        }
                    }

                    return pages.Length;
                }
            }
            """,
        ["OwnDeclarationSendsTheRest"] = """
            public unsafe struct IoVector { public byte* Base; public nuint Length; }

            public static unsafe partial class Native
            {
                private const int Interrupted = 4;

                [LibraryImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static partial nint SpliceMemory(int descriptor, IoVector* segments, nuint count, uint flags);

                public static void Push(int descriptor, byte* start, nuint length)
                {
                    var segment = new IoVector { Base = start, Length = length };
                    while (segment.Length != 0)
                    {
                        nint taken = SpliceMemory(descriptor, &segment, 1, 0);
                        if (taken >= 0)
                        {
                            segment.Base += taken;
                            segment.Length -= (nuint)taken;
                            continue;
                        }

                        int error = Marshal.GetLastPInvokeError();
                        if (error != Interrupted)
                        {
                            throw new IOException("vmsplice", error);
                        }
                    }
                }
            }
            """,
        ["PlanesOfOneFrameSideBySide"] = """
            public static unsafe class Planes
            {
                private const int Luma = 640 * 480;
                private const int Chroma = Luma / 4;

                public static long Send(SafeHandle pipe, byte* frame)
                {
                    byte* blue = frame + Luma;
                    byte* red = blue + Chroma;
                    IoVec[] planes =
                    [
                        new IoVec(red, Chroma),
                        new IoVec(frame, Luma),
                        new IoVec(blue, Chroma),
                    ];
                    nint sent = RawPipe.VmSplice(pipe, planes);
                    return sent == Luma + 2 * Chroma ? sent : throw new IOException("short transfer");
                }
            }
            """,
        ["RawGiftOfSecondPageOn"] = """
            public sealed unsafe class GiftTail
            {
                private readonly byte* _index = (byte*)NativeMemory.AlignedAlloc(4 * Page, Page);

                private static nuint Page => (nuint)Environment.SystemPageSize;

                // The first page stays here for good; the other three are given away, and never touched again.
                public long Give(SafeHandle pipe, ReadOnlySpan<byte> content)
                {
                    byte* body = _index + Page;
                    nuint length = 3 * Page;
                    content[..(int)length].CopyTo(new Span<byte>(body, (int)length));
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(body, length), SpliceFlags.Gift);
                    new Span<byte>(_index, (int)Page).Clear();
                    return sent == (nint)length ? sent : throw new IOException("short transfer");
                }
            }
            """,
        ["RawNativeBlockFreedWhenCallTookNothing"] = """
            public static unsafe class TryRaw
            {
                // The block belongs to whoever closes the pipe once its reader has ended; where nothing was taken it is freed here.
                public static void* SendOrFree(SafeHandle pipe, ReadOnlySpan<byte> content)
                {
                    nuint length = (nuint)content.Length;
                    void* block = NativeMemory.AlignedAlloc(length, 64);
                    content.CopyTo(new Span<byte>(block, content.Length));
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(block, length), SpliceFlags.NonBlocking);
                    if (sent == 0)
                    {
                        NativeMemory.AlignedFree(block);
                        return null;
                    }

                    if (sent != content.Length)
                    {
                        throw new IOException($"only {sent} of {length} bytes went");
                    }

                    return block;
                }
            }
            """,
        ["RawPagesOfRingWrittenBeforeEachCall"] = """
            public sealed unsafe class RingSender(SafeHandle pipe, PageBuffer<byte> ring)
            {
                private int _next;

                public void Send(ReadOnlySpan<byte> message)
                {
                    if (_next + message.Length > ring.Length)
                    {
                        throw new InvalidOperationException("the ring is used up; nothing in it is written twice");
                    }

                    byte* start = (byte*)ring.Address + _next;
                    message.CopyTo(new Span<byte>(start, message.Length));
                    _next += message.Length;
                    nint left = message.Length;
                    while (left > 0)
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(start, (nuint)left), SpliceFlags.None);
                        start += sent;
                        left -= sent;
                    }
                }
            }
            """,
    };
}
