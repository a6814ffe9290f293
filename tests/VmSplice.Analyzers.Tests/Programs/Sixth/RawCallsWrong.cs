namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>The raw call: its memory, its result, its flags.</summary>
internal sealed class RawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FixedBlockSplicedByOwnImport"] = """
            using System.ComponentModel;

            public static unsafe partial class NativePipe
            {
                private struct Segment { public void* Base; public nuint Length; }

                [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static extern nint SpliceUser(int fd, Segment* segments, nuint count, uint flags);

                public static void Push(int fd, int[] samples)
                {
                    fixed (int* start = samples)
                    {
                        Segment segment = new() { Base = start, Length = (nuint)samples.Length * sizeof(int) };
                        nint sent = SpliceUser(fd, &segment, 1, 0); //~VMS2006
                        if (sent < 0)
                        {
                            throw new Win32Exception(Marshal.GetLastPInvokeError());
                        }

                        if (sent != samples.Length * sizeof(int))
                        {
                            throw new IOException("short transfer");
                        }
                    }
                }
            }
            """,
        ["GiftStartsBehindHeader"] = """
            public static unsafe class GiftedArena
            {
                private const int HeaderBytes = 64;

                public static void Give(SafeHandle pipe)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    nuint length = 8 * page;
                    byte* arena = (byte*)NativeMemory.AlignedAlloc(length + page, page);
                    new Span<byte>(arena, (int)length).Fill(1);
                    byte* body = arena + HeaderBytes;
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(body, length), SpliceFlags.Gift); //~VMS3001
                    if ((nuint)sent != length)
                    {
                        throw new IOException("short gift");
                    }
                }
            }
            """,
        ["HeaderAndBodySegmentsOverlap"] = """
            public static unsafe class PacketSplicer
            {
                private const int Header = 24;
                private const int Body = 1400;

                public static void Send(SafeHandle pipe, byte* packet)
                {
                    nint sent = RawPipe.VmSplice(pipe, [new IoVec(packet, Header), new IoVec(packet + 16, Body)]); //~VMS3006
                    if (sent != Header + Body)
                    {
                        throw new IOException("short");
                    }
                }
            }
            """,
        ["NativeBlockFreedInFinally"] = """
            public static unsafe class Thumbnailer
            {
                public static void Send(SafeHandle pipe, int width, int height)
                {
                    nuint length = (nuint)(width * height * 4);
                    byte* pixels = (byte*)NativeMemory.AlignedAlloc(length, 64);
                    try
                    {
                        NativeMemory.Fill(pixels, length, 0x7F);
                        nint sent = RawPipe.VmSplice(pipe, [new IoVec(pixels, length)]);
                        if ((nuint)sent != length)
                        {
                            throw new IOException("short");
                        }
                    }
                    finally
                    {
                        NativeMemory.AlignedFree(pixels); //~VMS2007
                    }
                }
            }
            """,
        ["OneSegmentForEachRow"] = """
            public static class RowSplicer
            {
                public static void Send(SafeHandle pipe, List<PageBuffer<byte>> rows)
                {
                    var segments = new List<IoVec>();
                    nuint total = 0;
                    foreach (PageBuffer<byte> row in rows)
                    {
                        segments.Add(new IoVec(row.Address, (nuint)row.Length));
                        total += (nuint)row.Length;
                    }

                    nint sent = RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(segments)); //~VMS3004
                    if ((nuint)sent != total)
                    {
                        throw new IOException($"{sent} of {total}");
                    }
                }
            }
            """,
        ["StackHeaderSplicedByHelper"] = """
            public sealed unsafe class PacketSender(SafeHandle pipe)
            {
                public void SendHeader(int kind, int length)
                {
                    byte* header = stackalloc byte[16];
                    *(int*)header = kind;
                    *(int*)(header + 4) = length;
                    *(long*)(header + 8) = Environment.TickCount64;
                    SendAll(header, 16); //~VMS2005
                }

                private void SendAll(byte* data, nuint length)
                {
                    while (length > 0)
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(data, length), SpliceFlags.None);
                        if (sent <= 0)
                        {
                            throw new IOException("the pipe took nothing");
                        }

                        data += sent;
                        length -= (nuint)sent;
                    }
                }
            }
            """,
        ["GiftOfRestBehindHeader"] = """
            public static unsafe class HeaderedGift
            {
                private const int HeaderSize = 64;

                public static void Send(SafeHandle pipe, ReadOnlySpan<byte> header, byte fill)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    byte* pages = (byte*)NativeMemory.AlignedAlloc(5 * page, page);
                    header[..HeaderSize].CopyTo(new Span<byte>(pages, HeaderSize));
                    new Span<byte>(pages + HeaderSize, (int)(4 * page)).Fill(fill);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(pages + HeaderSize, 4 * page), SpliceFlags.Gift); //~VMS3001
                    if (sent != (nint)(4 * page))
                    {
                        throw new IOException("short gift");
                    }
                }
            }
            """,
        ["NativeCopyFreedInFinally"] = """
            public static unsafe class NativeSender
            {
                public static void Send(SafeHandle pipe, ReadOnlySpan<byte> data)
                {
                    byte* copy = (byte*)NativeMemory.Alloc((nuint)data.Length);
                    try
                    {
                        data.CopyTo(new Span<byte>(copy, data.Length));
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(copy, (nuint)data.Length), SpliceFlags.None);
                        if (sent != data.Length)
                        {
                            throw new IOException("short transfer");
                        }
                    }
                    finally
                    {
                        NativeMemory.Free(copy); //~VMS2007
                    }
                }
            }
            """,
        ["HandleFreedBehindRawSend"] = """
            public sealed class ReplayWriter
            {
                private readonly SplicePipe _pipe;

                public ReplayWriter(SplicePipe pipe) => _pipe = pipe;

                public void Replay(ReadOnlySpan<byte> recorded)
                {
                    byte[] copy = recorded.ToArray();
                    GCHandle pin = GCHandle.Alloc(copy, GCHandleType.Pinned);
                    try
                    {
                        nint taken = RawPipe.VmSplice(_pipe.WriteHandle, new IoVec(pin.AddrOfPinnedObject(), (nuint)copy.Length), SpliceFlags.None); //~VMS2006
                        if (taken != copy.Length)
                        {
                            throw new IOException($"{taken} of {copy.Length} bytes");
                        }
                    }
                    finally
                    {
                        pin.Free();
                    }
                }
            }
            """,
    };
}
