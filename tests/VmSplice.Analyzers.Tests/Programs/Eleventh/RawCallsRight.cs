namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Raw calls that are right.</summary>
internal sealed class RawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PinnedBanner"] = """
            using System.Runtime.InteropServices;
            using System.Text;

            /// <summary>A text that never changes, pinned for as long as the program runs.</summary>
            public static class PinnedBanner
            {
                private static readonly byte[] Text = Make("== live feed, version 4 ==\n");

                private static byte[] Make(string text)
                {
                    byte[] pinned = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(text), pinned: true);
                    Encoding.UTF8.GetBytes(text, pinned);
                    return pinned;
                }

                public static void Send(SafeHandle pipe)
                {
                    nint taken = RawPipe.VmSplice(pipe, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(Text, 0), (nuint)Text.Length)]);
                    if (taken != Text.Length)
                    {
                        throw new IOException($"The pipe took {taken} bytes.");
                    }
                }
            }
            """,
        ["Silence"] = """
            using System.Runtime.InteropServices;

            /// <summary>Zeros that live as long as the process and are never written to.</summary>
            public static unsafe class Silence
            {
                private const int Length = 64 * 1024;
                private static readonly nint Zeros = (nint)NativeMemory.AllocZeroed(Length);

                public static void Send(SafeHandle pipe, long bytes)
                {
                    while (bytes > 0)
                    {
                        nuint length = (nuint)Math.Min(bytes, Length);
                        nint taken = RawPipe.VmSplice(pipe, new IoVec(Zeros, length), SpliceFlags.None);
                        bytes -= taken;
                    }
                }

                public static void SendCopy(SpliceWriter writer, int bytes)
                {
                    void* scratch = NativeMemory.AllocZeroed((nuint)bytes);
                    try
                    {
                        writer.Write(new ReadOnlySpan<byte>(scratch, bytes));
                    }
                    finally
                    {
                        NativeMemory.Free(scratch);
                    }
                }
            }
            """,
        ["GiftPayload"] = """
            using System.Runtime.InteropServices;

            public static unsafe class PayloadGift
            {
                private const int PrefixSize = 24;

                /// <summary>The pages behind the first are given away, and not touched again.</summary>
                public static void Send(SafeHandle pipe, SpliceWriter sameWriter, byte fill)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    nuint length = 8 * page;
                    byte* region = (byte*)NativeMemory.AlignedAlloc(length + page, page);
                    new Span<byte>(region, (int)(length + page)).Fill(fill);
                    sameWriter.Write(new ReadOnlySpan<byte>(region, PrefixSize));
                    byte* payload = region + page;
                    nint taken = RawPipe.VmSplice(pipe, new IoVec(payload, length), SpliceFlags.Gift);
                    if (taken != (nint)length)
                    {
                        throw new IOException("The gift was not taken whole.");
                    }
                }
            }
            """,
        ["Rows"] = """
            using System.Runtime.InteropServices;

            public static unsafe class ImageRows
            {
                private const int Height = 2160;
                private const int RowsOfACall = 720;

                /// <summary>Sends the visible part of each row; the image stays as it is while the pipe has it.</summary>
                public static void Send(SafeHandle pipe, byte* image, int stride, int rowBytes)
                {
                    IoVec[] rows = new IoVec[RowsOfACall];
                    int row = 0;
                    nuint into = 0;                 // how much of that row was taken
                    while (row < Height)
                    {
                        int count = Math.Min(Height - row, RowsOfACall);
                        for (int i = 0; i < count; i++)
                        {
                            rows[i] = new IoVec(image + (long)(row + i) * stride, (nuint)rowBytes);
                        }

                        rows[0] = new IoVec(rows[0].Address + (nint)into, rows[0].Length - into);
                        long position = (long)into + RawPipe.VmSplice(pipe, rows.AsSpan(0, count));
                        row += (int)(position / rowBytes);
                        into = (nuint)(position % rowBytes);
                    }
                }
            }
            """,
        ["Parts"] = """
            using System.Runtime.InteropServices;

            public static class PartSender
            {
                public static void Send(SafeHandle pipe, IEnumerable<(nint Address, int Length)> parts)
                {
                    List<IoVec> segments = [];
                    long total = 0;
                    foreach ((nint address, int length) in parts)
                    {
                        if (length == 0)
                        {
                            continue;
                        }

                        segments.Add(new IoVec(address, (nuint)length));
                        total += length;
                    }

                    if (segments.Count > RawPipe.IovMax)
                    {
                        throw new ArgumentException($"{segments.Count} parts are too many.", nameof(parts));
                    }

                    long taken = RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(segments));
                    if (taken != total)
                    {
                        throw new IOException($"The pipe took {taken} of {total} bytes.");
                    }
                }
            }
            """,
        ["Parts42"] = """
            using System.Runtime.InteropServices;

            public static unsafe class MessageParts
            {
                private const int HeaderLength = 16;
                private const int BodyLength = 1000;
                private const int TrailerLength = 4;

                /// <summary>Trailer last; the gap between body and trailer is not sent.</summary>
                public static void Send(SafeHandle pipe, byte* message)
                {
                    byte* body = message + HeaderLength;
                    IoVec[] parts =
                    [
                        new IoVec(message, HeaderLength),
                        new IoVec(body, BodyLength),
                        new IoVec(body + BodyLength + 8, TrailerLength),
                    ];
                    nint taken = RawPipe.VmSplice(pipe, parts);
                    if (taken != HeaderLength + BodyLength + TrailerLength)
                    {
                        throw new IOException("short transfer");
                    }
                }
            }
            """,
        ["RawPush"] = """
            using System.Runtime.InteropServices;

            public sealed unsafe class RawPusher(SafeHandle pipe)
            {
                private long _calls;

                /// <summary>The memory is the caller's, who keeps it as it is until the reader has left.</summary>
                public void Push(byte* data, int length)
                {
                    byte* end = data + length;
                    while (data < end)
                    {
                        _calls++;
                        nint taken = RawPipe.VmSplice(pipe, new IoVec(data, (nuint)(end - data)), SpliceFlags.None);
                        if (taken <= 0)
                        {
                            throw new IOException($"{end - data} bytes were not sent.");
                        }

                        data += taken;
                    }
                }

                public bool TryPush(byte* data, int length, out int rest)
                {
                    nint taken = RawPipe.VmSplice(pipe, new IoVec(data, (nuint)length), SpliceFlags.NonBlocking);
                    rest = length - (int)taken;
                    return rest == 0;
                }
            }
            """,
    };
}
