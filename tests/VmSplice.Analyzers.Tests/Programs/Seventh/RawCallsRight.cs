namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>The raw call, and right.</summary>
internal sealed class RawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CallerCounts"] = """
            // Media bridge: a thin wrapper hands on what it is given, and gives the result back to its caller, which sends the rest.
            public interface IRawSink
            {
                nint Push(ReadOnlySpan<IoVec> parts);
            }

            public sealed class PipeSink(SafeHandle pipe) : IRawSink
            {
                public nint Push(ReadOnlySpan<IoVec> parts) => RawPipe.VmSplice(pipe, parts);
            }

            public static class RestSender
            {
                public static int Send(IRawSink sink, PageBuffer<byte> page)
                {
                    int calls = 0;
                    nint start = page.Address;
                    nuint left = (nuint)page.Length;
                    while (left > 0)
                    {
                        nint sent = sink.Push([new IoVec(start, left)]);
                        start += sent;
                        left -= (nuint)sent;
                        calls++;
                    }

                    return calls;
                }
            }
            """,
        ["ChunkedSegments"] = """
            // Database: dirty pages of a checkpoint, as many in one call as the kernel takes.
            public sealed class Checkpoint(SafeHandle pipe)
            {
                public long Bytes { get; private set; }

                public void Write(IReadOnlyCollection<IoVec> pages)
                {
                    foreach (IoVec[] part in pages.Chunk(RawPipe.IovMax))
                    {
                        long wanted = 0;
                        foreach (IoVec page in part)
                        {
                            wanted += (long)page.Length;
                        }

                        nint sent = RawPipe.VmSplice(pipe, part);
                        Bytes += sent;
                        if (sent != wanted)
                        {
                            throw new IOException($"{sent} of {wanted} bytes");
                        }
                    }
                }
            }
            """,
        ["ErrorKeptFirst"] = """
            using System.ComponentModel;

            // Native bridge of a media server: the number is kept before anything is logged, and an interrupted call is made again.
            public unsafe struct Piece { public void* Start; public nuint Length; }

            public sealed unsafe class MediaBridge(int pipe, TextWriter log)
            {
                private const int Interrupted = 4;

                public void Push(void* start, nuint length)
                {
                    var piece = new Piece { Start = start, Length = length };
                    while (piece.Length > 0)
                    {
                        nint taken = vmsplice(pipe, &piece, 1, 0);
                        if (taken < 0)
                        {
                            int error = Marshal.GetLastPInvokeError();
                            if (error == Interrupted)
                            {
                                continue;
                            }

                            log.WriteLine($"pipe {pipe}: {piece.Length} of {length} bytes are left");
                            throw new Win32Exception(error);
                        }

                        piece.Start = (byte*)piece.Start + taken;
                        piece.Length -= (nuint)taken;
                    }
                }

                [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static extern nint vmsplice(int fd, Piece* pieces, nuint count, uint flags);
            }
            """,
        ["FreedWhereNothingWent"] = """
            // Image server: a thumbnail in native memory. What the full pipe did not take is freed; what it took is never touched again.
            public sealed unsafe class Thumbnails(SafeHandle pipe)
            {
                public bool TryPush(ReadOnlySpan<byte> thumbnail)
                {
                    nuint length = (nuint)thumbnail.Length;
                    void* memory = NativeMemory.Alloc(length);
                    thumbnail.CopyTo(new Span<byte>(memory, thumbnail.Length));
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(memory, length), SpliceFlags.NonBlocking);
                    if (sent <= 0)
                    {
                        NativeMemory.Free(memory);
                        return false;
                    }

                    return sent == (nint)length ? true : throw new IOException($"{sent} of {length} bytes of a thumbnail");
                }
            }
            """,
        ["HugeEnoughGift"] = """
            // Video: blocks of 64 KiB are whole pages on every kernel; one page stays in front of what is given.
            public static class BlockGifts
            {
                private const int Block = 65536;

                public static void Give(SpliceWriter pipe, IEnumerable<byte> fills)
                {
                    foreach (byte fill in fills)
                    {
                        using PageBuffer<byte> block = pipe.Rent<byte>(2 * Block);
                        block.Span.Fill(fill);
                        pipe.Gift(block);
                    }
                }

                public static unsafe bool GiveNative(SafeHandle pipe, int blocks)
                {
                    nuint length = (nuint)blocks * Block;
                    byte* start = (byte*)NativeMemory.AlignedAlloc(length + Block, Block);
                    new Span<byte>(start, blocks * Block).Clear();
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(start + Block, length), SpliceFlags.Gift);
                    return sent == (nint)length;
                }
            }
            """,
        ["Neighbours"] = """
            // Network: head, payload and checksum of a datagram lie beside one another.
            public static unsafe class Datagram
            {
                private const int Head = 28;
                private const int Payload = 1400;
                private const int Checksum = 4;
                private const int Whole = Head + Payload + Checksum;

                public static bool TrySend(SafeHandle pipe, byte* datagram)
                {
                    nint sent = RawPipe.VmSplice(
                        pipe,
                        [
                            new IoVec(datagram + Head + Payload, Checksum),
                            new IoVec(datagram, Head),
                            new IoVec(datagram + Head, Payload),
                        ],
                        SpliceFlags.NonBlocking);
                    return sent switch
                    {
                        0 => false,
                        Whole => true,
                        _ => throw new IOException("a datagram was cut"),
                    };
                }
            }
            """,
        ["PinnedForGood"] = """
            // Network: the same keep-alive packet, which never changes, goes out again and again from a pinned array.
            public sealed class KeepAlive(SafeHandle pipe)
            {
                private static readonly byte[] s_packet = MakePacket();

                public long Sent { get; private set; }

                public void Send()
                {
                    nint address = Marshal.UnsafeAddrOfPinnedArrayElement(s_packet, 0);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(address, (nuint)s_packet.Length), SpliceFlags.None);
                    if (sent != s_packet.Length)
                    {
                        throw new IOException($"{sent} of {s_packet.Length} bytes of a keep-alive");
                    }

                    Sent++;
                }

                private static byte[] MakePacket()
                {
                    byte[] packet = GC.AllocateArray<byte>(4096, pinned: true);
                    packet.AsSpan(0, 4).Fill(0xFF);
                    return packet;
                }
            }
            """,
    };
}
