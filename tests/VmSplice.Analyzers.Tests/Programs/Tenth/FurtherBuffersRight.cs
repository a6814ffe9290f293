namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Buffers that are written, sent or disposed as they should be.</summary>
internal sealed class FurtherBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ShadeAndKeep"] = """
            using System.Runtime.InteropServices;

            namespace Demo.Render;

            /// <summary>The last line of a frame is kept in native memory, for the blend with the next one.</summary>
            public sealed unsafe class ShadeAndKeep(int width, int height)
            {
                private readonly uint* _kept = (uint*)NativeMemory.AllocZeroed((nuint)width, sizeof(uint));

                public void Render(SpliceWriter pipe, Func<int, int, uint> shade)
                {
                    PageBuffer<uint> frame = pipe.Rent<uint>(width * height);
                    fixed (uint* pixels = frame.Span)
                    {
                        uint* row = pixels;
                        for (int y = 0; y < height; y++, row += width)
                        {
                            for (int x = 0; x < width; x++)
                            {
                                row[x] = y == 0 ? shade(x, y) | _kept[x] : shade(x, y);
                            }
                        }

                        row -= width;
                        new ReadOnlySpan<uint>(row, width).CopyTo(new Span<uint>(_kept, width));
                        pipe.Send(frame);

                        row = _kept;
                        for (int x = 0; x < width; x++)
                        {
                            row[x] &= 0x00FFFFFF;
                        }
                    }
                }
            }
            """,
        ["SilenceSkip"] = """
            namespace Audio.Gate;

            /// <summary>A silent block is not sent; its buffer is filled again with the next one.</summary>
            public static class SilenceSkip
            {
                public static int Pass(Stream microphone, SpliceWriter recorder, int blockLength, int blocks)
                {
                    int passed = 0;
                    PageBuffer<byte> block = default;
                    bool has = false;
                    try
                    {
                        for (int i = 0; i < blocks; i++)
                        {
                            if (!has)
                            {
                                block = recorder.Rent<byte>(blockLength);
                                has = true;
                            }

                            microphone.ReadExactly(block.Span);
                            if (Loudest(block.Span) < 3)
                            {
                                continue;
                            }

                            recorder.Send(block);
                            has = false;
                            passed++;
                        }
                    }
                    finally
                    {
                        block.Dispose();
                    }

                    return passed;
                }

                private static int Loudest(ReadOnlySpan<byte> samples)
                {
                    int loudest = 0;
                    foreach (byte sample in samples)
                    {
                        loudest = Math.Max(loudest, Math.Abs(sample - 128));
                    }

                    return loudest;
                }
            }
            """,
        ["StripRecorder"] = """
            namespace Laboratory.Strips;

            /// <summary>A strip that is full goes out, and a new one takes its place in the field at once.</summary>
            public sealed class StripRecorder : IDisposable
            {
                private readonly SpliceWriter _printer;
                private readonly int _length;
                private PageBuffer<float> _strip;
                private int _at;

                public StripRecorder(SpliceWriter printer, int length)
                {
                    _printer = printer;
                    _length = length;
                    _strip = printer.Rent<float>(length);
                }

                public void Draw(ReadOnlySpan<float> values)
                {
                    while (!values.IsEmpty)
                    {
                        Span<float> free = _strip.Span[_at..];
                        int count = Math.Min(free.Length, values.Length);
                        values[..count].CopyTo(free);
                        values = values[count..];
                        _at += count;
                        if (_at == _length)
                        {
                            Turn();
                        }
                    }
                }

                public void Dispose()
                {
                    _strip.Dispose();
                    _strip = default;
                }

                private void Turn()
                {
                    _printer.Send(_strip);
                    _strip = _printer.Rent<float>(_length);
                    _at = 0;
                }
            }
            """,
        ["SurroundPages"] = """
            namespace Audio.Surround;

            /// <summary>Blocks that are given away fill whole pages, whatever a page is; the last one goes by Send.</summary>
            public static class SurroundPages
            {
                private const int Channels = 6;

                public static void Give(SpliceWriter encoder, ReadOnlySpan<float> interleaved)
                {
                    int perPage = Environment.SystemPageSize / sizeof(float);
                    int wanted = Channels * 4800;
                    int length = (wanted + perPage - 1) / perPage * perPage;
                    while (interleaved.Length >= length)
                    {
                        using PageBuffer<float> block = encoder.Rent<float>(length);
                        interleaved[..length].CopyTo(block.Span);
                        interleaved = interleaved[length..];
                        encoder.Gift(block);
                    }

                    if (!interleaved.IsEmpty)
                    {
                        using PageBuffer<float> rest = encoder.Rent<float>(interleaved.Length);
                        interleaved.CopyTo(rest.Span);
                        encoder.Send(rest);
                    }
                }
            }
            """,
        ["TelegramMachine"] = """
            namespace Gateway.Telegrams;

            public enum Phase { Idle, Head, Body }

            /// <summary>A telegram is collected in a field, over many calls. The field is empty again once it went out.</summary>
            public sealed class TelegramMachine(SpliceWriter uplink) : IDisposable
            {
                private const int Largest = 8192;
                private PageBuffer<byte> _telegram;
                private Phase _phase;
                private int _length;

                public void Feed(byte next)
                {
                    switch (_phase)
                    {
                        case Phase.Idle when next == 0x68:
                            _telegram = uplink.Rent<byte>(Largest);
                            _length = 0;
                            _phase = Phase.Head;
                            break;
                        case Phase.Head:
                            _telegram.Span[_length++] = next;
                            _phase = _length == 4 ? Phase.Body : Phase.Head;
                            break;
                        case Phase.Body when next == 0x16 || _length == Largest:
                            Finish();
                            break;
                        case Phase.Body:
                            _telegram.Span[_length++] = next;
                            break;
                    }
                }

                public void Dispose()
                {
                    _telegram.Dispose();
                    _telegram = default;
                    _phase = Phase.Idle;
                }

                private void Finish()
                {
                    PageBuffer<byte> telegram = _telegram;
                    _telegram = default;
                    _phase = Phase.Idle;
                    uplink.Send(telegram, _length);
                }
            }
            """,
    };
}
