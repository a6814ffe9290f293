namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Raw calls that are right.</summary>
internal sealed class RawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PinnedForGood"] = """
            using System.Runtime.InteropServices;
            using System.Text;

            namespace Http.Preamble;

            // A greeting that never changes, in an array that never moves.
            public sealed class Greeter(SafeHandle pipe)
            {
                private static readonly byte[] Greeting = Make("HELLO 1\n");

                private static byte[] Make(string text)
                {
                    byte[] pinned = GC.AllocateArray<byte>(Encoding.ASCII.GetByteCount(text), pinned: true);
                    Encoding.ASCII.GetBytes(text, pinned);
                    return pinned;
                }

                public int Greetings { get; private set; }

                public void Greet()
                {
                    int sent = 0;
                    while (sent < Greeting.Length)
                    {
                        nint start = Marshal.UnsafeAddrOfPinnedArrayElement(Greeting, sent);
                        sent += (int)RawPipe.VmSplice(pipe, [new IoVec(start, (nuint)(Greeting.Length - sent))]);
                    }

                    Greetings++;
                }
            }
            """,
        ["FreedOnlyWhereRefused"] = """
            using System.Runtime.InteropServices;

            namespace Native.Sending;

            public unsafe struct NativeSegment { public void* Base; public nuint Length; }

            public static unsafe class NativeSender
            {
                [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static extern nint VmSpliceNative(int pipe, NativeSegment* segments, nuint count, uint flags);

                // The memory is the pipe's from here on, and is given back only where the kernel took nothing of it.
                public static void Send(int pipe, ReadOnlySpan<byte> content)
                {
                    byte* block = (byte*)NativeMemory.Alloc((nuint)content.Length);
                    content.CopyTo(new Span<byte>(block, content.Length));
                    NativeSegment segment = new() { Base = block, Length = (nuint)content.Length };
                    nint sent = VmSpliceNative(pipe, &segment, 1, 0);
                    if (sent < 0)
                    {
                        int error = Marshal.GetLastPInvokeError();
                        NativeMemory.Free(block);
                        throw new IOException("vmsplice failed", error);
                    }

                    if (sent != content.Length)
                    {
                        throw new IOException($"The pipe took {sent} of {content.Length} bytes.");
                    }
                }
            }
            """,
        ["GiftedAndForgotten"] = """
            using System.Runtime.InteropServices;

            namespace Native.Gifts;

            public sealed unsafe class GiftSender(SafeHandle pipe)
            {
                public void SendTwice(ReadOnlySpan<byte> content, Span<byte> scratch)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    nuint length = 4 * page;
                    for (int round = 0; round < 2; round++)
                    {
                        // Pages of its own for each round: a gift is never ours again.
                        byte* pages = (byte*)NativeMemory.AlignedAlloc(length, page);
                        Span<byte> target = new(pages, (int)length);
                        target.Fill((byte)round);
                        content[..Math.Min(content.Length, target.Length)].CopyTo(target);
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(pages, length), SpliceFlags.Gift);
                        scratch.Clear();
                        if (sent != (nint)length)
                        {
                            throw new IOException($"The pipe took {sent} bytes of {length}.");
                        }
                    }
                }
            }
            """,
        ["GiftBehindOwnPage"] = """
            using System.Runtime.InteropServices;

            namespace Native.Blocks;

            public struct BlockHeader { public long Sequence; public long Checksum; }

            public sealed unsafe class BlockGifter(SafeHandle pipe)
            {
                private long _sequence;

                // The header has a page of its own, which stays here.
                public bool Gift(byte fill)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    nuint length = 8 * page;
                    byte* block = (byte*)NativeMemory.AlignedAlloc(length + page, page);
                    BlockHeader* header = (BlockHeader*)block;
                    byte* body = block + page;
                    new Span<byte>(body, (int)length).Fill(fill);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(body, length), SpliceFlags.Gift);
                    header->Sequence = ++_sequence;
                    header->Checksum = fill * (long)length;
                    return sent == (nint)length;
                }
            }
            """,
        ["TilesInTurns"] = """
            using System.Runtime.InteropServices;

            namespace Raw.Scatter;

            public sealed class TileSender(SafeHandle pipe)
            {
                private const int TileBytes = 4096;
                private const int Rows = 40;
                private const int Columns = 32;

                public void SendPicture(nint picture)
                {
                    var segments = new IoVec[Rows * Columns];
                    for (int tile = 0; tile < segments.Length; tile++)
                    {
                        segments[tile] = new IoVec(picture + tile * TileBytes, TileBytes);
                    }

                    SendAll(segments);
                }

                private void SendAll(Span<IoVec> rest)
                {
                    while (!rest.IsEmpty)
                    {
                        nuint sent = (nuint)RawPipe.VmSplice(pipe, rest[..Math.Min(rest.Length, RawPipe.IovMax)]);
                        int whole = 0;
                        while (whole < rest.Length && sent >= rest[whole].Length)
                        {
                            sent -= rest[whole++].Length;
                        }

                        rest = rest[whole..];
                        if (sent > 0)
                        {
                            rest[0] = new IoVec(rest[0].Address + (nint)sent, rest[0].Length - sent);
                        }
                    }
                }
            }
            """,
        ["BoundedParts"] = """
            using System.Runtime.InteropServices;

            namespace Raw.Gathering;

            public sealed class PartSender(SafeHandle pipe)
            {
                public long Calls { get; private set; }

                private static nuint LengthOf(List<IoVec> parts)
                {
                    nuint length = 0;
                    foreach (IoVec part in parts)
                    {
                        length += part.Length;
                    }

                    return length;
                }

                // All or an exception: for short lists alone.
                public void SendParts(List<IoVec> parts)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(parts.Count, RawPipe.IovMax);
                    if (parts.Count == 0)
                    {
                        return;
                    }

                    nuint length = LengthOf(parts);
                    nint sent = RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts));
                    Calls++;
                    if ((nuint)sent < length)
                    {
                        throw new IOException($"{length - (nuint)sent} bytes were not taken");
                    }
                }

                // What was taken is the caller's business, and so is the number of segments.
                public nint Try(ReadOnlySpan<IoVec> parts) => RawPipe.VmSplice(pipe, parts.ToArray().AsSpan(0, Math.Min(parts.Length, 16)));
            }
            """,
    };
}
