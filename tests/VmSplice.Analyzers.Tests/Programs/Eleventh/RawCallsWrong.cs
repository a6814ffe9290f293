namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Raw calls with wrong segments, descriptors, flags or results.</summary>
internal sealed class RawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GiftPayload"] = """
            using System.Runtime.InteropServices;

            public static unsafe class PayloadGift
            {
                private const int PrefixSize = 24;

                /// <summary>The pages are not touched again: they are the kernel's.</summary>
                public static void Send(SafeHandle pipe, byte fill)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    nuint length = 8 * page;
                    byte* region = (byte*)NativeMemory.AlignedAlloc(length + page, page);
                    new Span<byte>(region, (int)(length + page)).Fill(fill);
                    byte* payload = region + PrefixSize;
                    nint taken = RawPipe.VmSplice(pipe, new IoVec(payload, length), SpliceFlags.Gift); //~VMS3001
                    if (taken != (nint)length)
                    {
                        throw new IOException("The gift was not taken whole.");
                    }
                }
            }
            """,
        ["GiftFrame"] = """
            namespace Video;

            public static class YuvGift
            {
                private const int Width = 640;
                private const int Height = 360;
                private const int FrameSize = Width * Height * 3 / 2;

                public static void Send(SpliceWriter pipe, int frames)
                {
                    for (int i = 0; i < frames; i++)
                    {
                        using PageBuffer<byte> frame = pipe.Rent<byte>(FrameSize);
                        Paint(frame.Span, i);
                        pipe.Gift(frame); //~VMS3002
                    }
                }

                private static void Paint(Span<byte> yuv, int number)
                {
                    yuv[..(Width * Height)].Fill((byte)number);
                    yuv[(Width * Height)..].Fill(128);
                }
            }
            """,
        ["Rows"] = """
            using System.Runtime.InteropServices;

            public static unsafe class ImageRows
            {
                private const int Height = 2160;

                /// <summary>Sends the visible part of each row of a padded 4K image.</summary>
                public static void Send(SafeHandle pipe, byte* image, int stride, int rowBytes)
                {
                    IoVec[] rows = new IoVec[Height];
                    for (int y = 0; y < Height; y++)
                    {
                        rows[y] = new IoVec(image + (long)y * stride, (nuint)rowBytes);
                    }

                    long total = (long)Height * rowBytes;
                    long taken = RawPipe.VmSplice(pipe, rows); //~VMS3003
                    if (taken != total)
                    {
                        throw new IOException($"{taken} of {total} bytes");
                    }
                }
            }
            """,
        ["Parts"] = """
            using System.Runtime.InteropServices;

            public static class PartSender
            {
                /// <summary>Sends mapped parts of a file in one call.</summary>
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

                    long taken = RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(segments)); //~VMS3004
                    if (taken != total)
                    {
                        throw new IOException($"The pipe took {taken} of {total} bytes.");
                    }
                }
            }
            """,
        ["Rounded"] = """
            namespace Backup;

            public static class ChunkGift
            {
                public static int Send(SpliceWriter pipe, ReadOnlySpan<byte> chunk)
                {
                    int rounded = (chunk.Length + 4095) / 4096 * 4096; //~VMS3005
                    using PageBuffer<byte> pages = pipe.Rent<byte>(rounded);
                    chunk.CopyTo(pages.Span);
                    pipe.Gift(pages);
                    return rounded;
                }

                public static void SendCopy(SpliceWriter pipe, ReadOnlySpan<byte> chunk)
                {
                    pipe.Write(chunk.Length > 0 ? chunk : "empty"u8);
                }
            }
            """,
        ["Overlap"] = """
            using System.Runtime.InteropServices;

            public static unsafe class MessageParts
            {
                private const int HeaderLength = 16;
                private const int BodyStart = 12;
                private const int BodyLength = 1000;

                public static void Send(SafeHandle pipe, byte* message)
                {
                    nint taken = RawPipe.VmSplice(pipe, [new IoVec(message, HeaderLength), new IoVec(message + BodyStart, BodyLength)]); //~VMS3006
                    if (taken != HeaderLength + BodyLength)
                    {
                        throw new IOException("short transfer");
                    }
                }
            }
            """,
        ["Heartbeat"] = """
            namespace Agent.Health;

            [Spliceable]
            public partial struct Beat
            {
                public long Time;
                public long WorkingSet;
            }

            public sealed class Heartbeat(RecordWriter<Beat> beats)
            {
                private int _missed;

                public void OnTimer(object? state)
                {
                    if (beats.FreeSlots == 0)
                    {
                        _missed++;
                        return;
                    }

                    ref Beat beat = ref beats.Next();
                    beat.Time = Environment.TickCount64;
                    beat.WorkingSet = Environment.WorkingSet;
                    beats.FlushAsync(); //~VMS4001
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
                    if (length == 0)
                    {
                        return;
                    }

                    _calls++;
                    nint result = RawPipe.VmSplice(pipe, new IoVec(data, (nuint)length), SpliceFlags.None); //~VMS4002
                    if (result <= 0)
                    {
                        throw new IOException("Nothing was sent.");
                    }
                }
            }
            """,
    };
}
