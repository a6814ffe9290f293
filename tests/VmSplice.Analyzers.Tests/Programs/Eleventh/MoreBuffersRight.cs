namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Buffers that are written, sent or disposed as they should be.</summary>
internal sealed class MoreBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DoubleBuffer"] = """
            namespace Game.Rendering;

            public static class DoubleBuffer
            {
                private const int Pixels = 320 * 240;

                public static void Run(SpliceWriter display, int frames)
                {
                    PageBuffer<uint> front = display.Rent<uint>(Pixels);
                    PageBuffer<uint> back = display.Rent<uint>(Pixels);
                    for (int frame = 0; frame < frames; frame++)
                    {
                        Draw(back.Span, frame);
                        (front, back) = (back, front);
                        display.Send(front);
                        front = display.Rent<uint>(Pixels);
                    }

                    front.Dispose();
                    back.Dispose();
                }

                private static void Draw(Span<uint> target, int frame)
                {
                    for (int i = 0; i < target.Length; i++)
                    {
                        target[i] = 0xFF000000u | (uint)((i + frame) & 0xFFFFFF);
                    }
                }
            }
            """,
        ["FrameHeader"] = """
            using System.Buffers.Binary;

            public static class Framing
            {
                private const int HeaderSize = 8;

                public static void WriteFrame(SpliceWriter pipe, int kind, ReadOnlySpan<byte> body)
                {
                    Span<byte> header = stackalloc byte[HeaderSize];
                    BinaryPrimitives.WriteInt32LittleEndian(header, kind);
                    BinaryPrimitives.WriteInt32LittleEndian(header[4..], body.Length);
                    pipe.Write(header);                 // copied: the stack may go
                    if (body.Length < 4096)
                    {
                        pipe.Write(body);
                        return;
                    }

                    using PageBuffer<byte> pages = pipe.Rent<byte>(body.Length);
                    body.CopyTo(pages.Span);
                    header.Clear();
                    pipe.Send(pages);
                }
            }
            """,
        ["LogLine"] = """
            using System.Text;

            public sealed class LineSink(SpliceWriter pipe)
            {
                public long Bytes { get; private set; }

                public void WriteLine(string line)
                {
                    byte[] text = Encoding.UTF8.GetBytes(line);
                    byte[] framed = new byte[text.Length + 5];
                    BitConverter.TryWriteBytes(framed, text.Length + 1);
                    text.CopyTo(framed, 4);
                    framed[^1] = (byte)'\n';
                    Push(framed);
                    Array.Clear(framed);        // what was written is a copy
                }

                private unsafe void Push(byte[] framed)
                {
                    fixed (byte* start = framed)
                    {
                        pipe.Write(new ReadOnlySpan<byte>(start, framed.Length));
                    }

                    Bytes += framed.Length;
                }
            }
            """,
        ["PendingByChannel"] = """
            namespace Plant;

            /// <summary>Holds the newest payload of each channel until it is asked for.</summary>
            public sealed class ChannelPublisher(SpliceWriter pipe) : IDisposable
            {
                private readonly Dictionary<int, PageBuffer<byte>> _pending = [];

                public void Update(int channel, ReadOnlySpan<byte> payload)
                {
                    if (_pending.Remove(channel, out PageBuffer<byte> old))
                    {
                        old.Dispose();
                    }

                    PageBuffer<byte> buffer = pipe.Rent<byte>(payload.Length);
                    payload.CopyTo(buffer.Span);
                    _pending.Add(channel, buffer);
                }

                public bool Publish(int channel)
                {
                    if (!_pending.Remove(channel, out PageBuffer<byte> buffer))
                    {
                        return false;
                    }

                    pipe.Send(buffer);
                    return true;
                }

                public int PublishAll() => _pending.Keys.ToArray().Count(Publish);

                public void Dispose()
                {
                    foreach (PageBuffer<byte> buffer in _pending.Values)
                    {
                        buffer.Dispose();
                    }

                    _pending.Clear();
                }
            }
            """,
        ["RefFlush"] = """
            using System.Text;

            public static class LineBatch
            {
                public const int Size = 64 * 1024;

                public static void Append(SpliceWriter pipe, ref PageBuffer<byte> batch, ref int used, string line)
                {
                    int needed = Encoding.UTF8.GetByteCount(line) + 1;
                    if (needed > Size)
                    {
                        throw new ArgumentException("The line is too long.", nameof(line));
                    }

                    if (used + needed > Size)
                    {
                        Flush(pipe, ref batch, ref used);
                    }

                    Encoding.UTF8.GetBytes(line, batch.Span[used..]);
                    used += needed;
                    batch.Span[used - 1] = (byte)'\n';
                }

                /// <summary>Sends what is there; the caller gets an empty batch.</summary>
                public static void Flush(SpliceWriter pipe, ref PageBuffer<byte> batch, ref int used)
                {
                    if (used == 0)
                    {
                        return;
                    }

                    pipe.Send(batch, used);
                    batch = pipe.Rent<byte>(Size);
                    used = 0;
                }

                public static void Close(SpliceWriter pipe, ref PageBuffer<byte> batch, ref int used)
                {
                    pipe.Send(batch, used);
                    (batch, used) = (default, 0);
                }
            }
            """,
    };
}
