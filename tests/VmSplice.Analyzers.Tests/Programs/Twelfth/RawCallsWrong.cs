namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Raw calls with wrong segments, descriptors, flags or results.</summary>
internal sealed class RawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GiftBehindHeader"] = """
            using System.Runtime.InteropServices;

            namespace Native.Blocks;

            public struct BlockHeader { public long Sequence; public long Checksum; }

            public sealed unsafe class BlockGifter(SafeHandle pipe)
            {
                private long _sequence;

                public bool Gift(byte fill)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    nuint length = 8 * page;
                    byte* block = (byte*)NativeMemory.AlignedAlloc(length + page, page);
                    BlockHeader* header = (BlockHeader*)block;
                    header->Sequence = ++_sequence;
                    header->Checksum = fill * (long)length;
                    byte* body = block + sizeof(BlockHeader);
                    new Span<byte>(body, (int)length).Fill(fill);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(body, length), SpliceFlags.Gift); //~VMS3001
                    return sent == (nint)length;
                }
            }
            """,
        ["GiftOfAudio"] = """
            namespace Audio.Gifts;

            public sealed class AudioGifter(SpliceWriter mixer)
            {
                private const int Rate = 48_000;
                private const int Channels = 2;
                private const int FrameSamples = Rate / 50 * Channels;      // 20 ms

                private double _phase;

                public void EmitFrame(double frequency)
                {
                    using PageBuffer<float> frame = mixer.Rent<float>(FrameSamples);
                    Span<float> samples = frame.Span;
                    for (int i = 0; i < samples.Length; i += Channels)
                    {
                        samples[i] = samples[i + 1] = (float)Math.Sin(_phase);
                        _phase += 2 * Math.PI * frequency / Rate;
                    }

                    mixer.Gift(frame); //~VMS3002
                }
            }
            """,
        ["TooManySegments"] = """
            using System.Runtime.InteropServices;

            namespace Raw.Scatter;

            public sealed class TileSender(SafeHandle pipe)
            {
                private const int TileBytes = 4096;
                private const int Rows = 40;
                private const int Columns = 32;

                // All tiles of a picture in one call, row by row.
                public void SendPicture(nint picture)
                {
                    var segments = new IoVec[Rows * Columns];
                    for (int row = 0; row < Rows; row++)
                    {
                        for (int column = 0; column < Columns; column++)
                        {
                            int tile = row * Columns + column;
                            segments[tile] = new IoVec(picture + tile * TileBytes, TileBytes);
                        }
                    }

                    nint sent = RawPipe.VmSplice(pipe, segments); //~VMS3003
                    if (sent != Rows * Columns * TileBytes)
                    {
                        throw new IOException($"only {sent} bytes of the picture were taken");
                    }
                }
            }
            """,
        ["UnboundedParts"] = """
            using System.Runtime.InteropServices;

            namespace Raw.Gathering;

            public sealed class PartSender(SafeHandle pipe)
            {
                private readonly SafeHandle _pipe = pipe;

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

                public void SendParts(List<IoVec> parts)
                {
                    if (parts.Count == 0)
                    {
                        return;
                    }

                    nuint length = LengthOf(parts);
                    nint sent = RawPipe.VmSplice(_pipe, CollectionsMarshal.AsSpan(parts)); //~VMS3004
                    Calls++;
                    if ((nuint)sent < length)
                    {
                        throw new IOException($"{length - (nuint)sent} bytes were not taken");
                    }
                }
            }
            """,
        ["RoundedTo4096"] = """
            namespace Archive.Gifts;

            public sealed class ArchiveGifter(SpliceWriter archive)
            {
                public long Padding { get; private set; }

                private static void CheckLength(int length)
                {
                    ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 1 << 24);
                }

                public void Add(ReadOnlySpan<byte> document)
                {
                    CheckLength(document.Length);
                    int rounded = (document.Length + 4095) & ~4095; //~VMS3005
                    using PageBuffer<byte> pages = archive.Rent<byte>(rounded);
                    document.CopyTo(pages.Span);
                    pages.Span[document.Length..].Clear();
                    archive.Gift(pages);
                    Padding += rounded - document.Length;
                }
            }
            """,
        ["HeaderAndBodyOverlap"] = """
            using System.Runtime.InteropServices;

            namespace Raw.Framing;

            public sealed unsafe class FramedBlock : IDisposable
            {
                private const int HeaderLength = 64;
                private const int BodyLength = 8128;
                private readonly byte* _block = (byte*)NativeMemory.AlignedAlloc(8192, 8192);

                public Span<byte> Header => new(_block, HeaderLength);

                public Span<byte> Body => new(_block + HeaderLength, BodyLength);

                public bool TrySend(SafeHandle pipe)
                {
                    byte* block = _block;
                    nint sent = RawPipe.VmSplice(pipe, [new IoVec(block, HeaderLength), new IoVec(block + 60, BodyLength)]); //~VMS3006
                    return sent == HeaderLength + BodyLength;
                }

                public void Dispose()
                {
                    // The pages may still be in the pipe: they stay for as long as the process.
                    GC.SuppressFinalize(this);
                }
            }
            """,
        ["FlushForgotten"] = """
            namespace Desktop.Events;

            [Spliceable]
            public partial struct PointerEvent { public long Time; public int X; public int Y; public long Buttons; }

            public sealed class PointerRecorder(RecordWriter<PointerEvent> events)
            {
                private const int ClickMask = 0x7;
                private long _count;

                public long Count => _count;

                public void OnMoved(object? sender, (int X, int Y, long Buttons) moved)
                {
                    ref PointerEvent slot = ref events.Next();
                    slot.Time = Environment.TickCount64;
                    slot.X = moved.X;
                    slot.Y = moved.Y;
                    slot.Buttons = moved.Buttons;
                    _count++;
                    if ((moved.Buttons & ClickMask) != 0)
                    {
                        events.FlushAsync(); //~VMS4001
                    }
                }

                public async Task StopAsync(CancellationToken cancellation) => await events.CompleteAsync(cancellation);
            }
            """,
    };
}
