namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>The raw call, and right.</summary>
internal sealed class MoreRawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RawSendOfArrayPinnedForGood"] = """
            public sealed class StaticPage
            {
                private static readonly byte[] s_page = Make();

                private static byte[] Make()
                {
                    byte[] page = GC.AllocateUninitializedArray<byte>(65536, pinned: true);
                    page.AsSpan().Fill((byte)'.');
                    return page;
                }

                public static void Send(SafeHandle pipe)
                {
                    nint start = Marshal.UnsafeAddrOfPinnedArrayElement(s_page, 0);
                    nuint sent = 0;
                    while (sent < 65536)
                    {
                        sent += (nuint)RawPipe.VmSplice(pipe, new IoVec(start + (nint)sent, 65536 - sent), SpliceFlags.None);
                    }
                }
            }
            """,
        ["SegmentCountCheckedWithThrow"] = """
            public static class SmallGather
            {
                private const int Most = 16;

                public static void Send(SafeHandle pipe, List<IoVec> parts)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(parts.Count, Most);
                    long wanted = parts.Sum(part => (long)part.Length);
                    nint sent = RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts));
                    if (sent != wanted)
                    {
                        throw new IOException($"{sent} of {wanted} bytes");
                    }
                }
            }
            """,
        ["UnknownReaderSplicedByHand"] = """
            public sealed unsafe class HandSplicer : IDisposable
            {
                [DllImport("libc", SetLastError = true)]
                private static extern nint splice(int from, long* fromOffset, int to, long* toOffset, nuint length, uint flags);

                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _log = SpliceWriter.OpenStandardOutput(new() { Reader = PipeReaderKind.Copying });
                private readonly SpliceWriter _writer;

                public HandSplicer() => _writer = _pipe.OpenWriter(new() { Reader = PipeReaderKind.Unknown });

                public long Pass(SafeHandle file, ReadOnlySpan<byte> chunk)
                {
                    _writer.Write(chunk);
                    _log.Write(chunk);
                    nint moved = splice((int)_pipe.ReadHandle.DangerousGetHandle(), null, (int)file.DangerousGetHandle(), null, (nuint)chunk.Length, 0);
                    return moved < 0 ? throw new IOException("splice", Marshal.GetLastPInvokeError()) : moved;
                }

                public void Dispose()
                {
                    _log.Dispose();
                    _writer.Dispose();
                    _pipe.Dispose();
                }
            }
            """,
        ["GiftOfPagesBehindOneThatStays"] = """
            public static unsafe class BodyGift
            {
                private const int Pages = 4;

                // The first page stays here, for the index; the others are given away, and never freed.
                public static nint Give(SafeHandle pipe, ReadOnlySpan<byte> body)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    byte* all = (byte*)NativeMemory.AlignedAlloc(Pages * page, page);
                    new Span<byte>(all, (int)(Pages * page)).Clear();
                    body[..Math.Min(body.Length, (int)((Pages - 1) * page))].CopyTo(new Span<byte>(all + page, (int)((Pages - 1) * page)));
                    nuint length = (Pages - 1) * page;
                    nint given = RawPipe.VmSplice(pipe, new IoVec(all + page, length), SpliceFlags.Gift);
                    if (given != (nint)length)
                    {
                        throw new IOException($"{given} of {length}");
                    }

                    all[0] = 1;
                    return (nint)all;
                }
            }
            """,
        ["PinnedArrayFieldReusedBehindAck"] = """
            public sealed class PinnedSender(SafeHandle pipe, SpliceReader acknowledgements)
            {
                private readonly byte[] _block = GC.AllocateArray<byte>(65536, pinned: true);
                private readonly byte[] _ack = new byte[1];

                public void Send(byte value)
                {
                    _block.AsSpan().Fill(value);
                    nint sent = RawPipe.VmSplice(pipe, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(_block, 0), 65536)]);
                    if (sent != 65536)
                    {
                        throw new IOException("short");
                    }

                    acknowledgements.ReadExactly(_ack.AsSpan());
                }
            }
            """,
        ["UnknownReaderTeedByHand"] = """
            public sealed partial class Tap : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;

                [LibraryImport("libc", SetLastError = true)]
                private static partial nint tee(int from, int to, nuint length, uint flags);

                public Tap() => _writer = _pipe.OpenWriter(new() { Reader = PipeReaderKind.Unknown });

                public void Write(ReadOnlySpan<byte> bytes) => _writer.Write(bytes);

                public nint Mirror(int target, int bytes)
                {
                    nint copied = tee((int)_pipe.ReadHandle.DangerousGetHandle(), target, (nuint)bytes, 0);
                    int error = Marshal.GetLastPInvokeError();
                    Console.Error.WriteLine($"{copied} of {bytes} bytes mirrored");
                    return copied < 0 ? throw new IOException("tee", error) : copied;
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _pipe.Dispose();
                }
            }
            """,
        ["VectorSentInBoundedChunks"] = """
            public static class Batcher
            {
                public static void SendAll(SafeHandle pipe, List<IoVec> parts)
                {
                    Span<IoVec> rest = CollectionsMarshal.AsSpan(parts);
                    while (!rest.IsEmpty)
                    {
                        int count = Math.Min(rest.Length, RawPipe.IovMax);
                        nuint sent = (nuint)RawPipe.VmSplice(pipe, rest[..count]);
                        if (sent == 0)
                        {
                            throw new IOException("the pipe took nothing");
                        }

                        while (!rest.IsEmpty && sent >= rest[0].Length)
                        {
                            sent -= rest[0].Length;
                            rest = rest[1..];
                        }

                        if (sent > 0)
                        {
                            rest[0] = new IoVec(rest[0].Address + (nint)sent, rest[0].Length - sent);
                        }
                    }
                }
            }
            """,
        ["WholeNativeBlockKeptForLife"] = """
            public sealed unsafe class StaticTable
            {
                private readonly byte* _table;
                private readonly int _length;

                public StaticTable(ReadOnlySpan<byte> content)
                {
                    _length = content.Length;
                    _table = (byte*)NativeMemory.AlignedAlloc((nuint)_length, (nuint)Environment.SystemPageSize);
                    content.CopyTo(new Span<byte>(_table, _length));
                }

                public void Send(SafeHandle pipe)
                {
                    nint done = 0;
                    while (done < _length)
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(_table + done, (nuint)(_length - done)), SpliceFlags.None);
                        if (sent <= 0)
                        {
                            throw new IOException("nothing was taken");
                        }

                        done += sent;
                    }
                }
            }
            """,
    };
}
