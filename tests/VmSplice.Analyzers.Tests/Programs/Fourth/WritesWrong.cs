namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Stores to memory that was sent.</summary>
internal sealed class WritesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CameraWorkerNumbersFrameAfterSend"] = """
            [Spliceable]
            public sealed partial class Shot
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 640 * 480)] public partial Span<byte> Gray { get; }
            }

            public sealed class CameraWorker(SpliceWriter pipe, ChannelReader<byte[]> images)
            {
                public async Task RunAsync(CancellationToken stopping)
                {
                    long number = 0;
                    await foreach (byte[] image in images.ReadAllAsync(stopping))
                    {
                        Shot shot = Shot.Rent(pipe);
                        image.AsSpan(0, 640 * 480).CopyTo(shot.Gray);
                        await pipe.SendAsync(shot, stopping);
                        shot.Number = number++; //~VMS2001
                    }

                    await pipe.CompleteBuffersAsync(stopping);
                }
            }
            """,
        ["ChecksumWordStoredAfterGift"] = """
            using System.Numerics;

            public static class BlockSender
            {
                public static void Ship(SpliceWriter pipe, Random random)
                {
                    using PageBuffer<byte> block = pipe.Rent<byte>(4 * Environment.SystemPageSize);
                    random.NextBytes(block.Span[8..]);
                    Span<uint> words = MemoryMarshal.Cast<byte, uint>(block.Span);
                    uint sum = 0;
                    foreach (uint word in words[2..])
                    {
                        sum = BitOperations.RotateLeft(sum, 5) ^ word;
                    }

                    pipe.Gift(block);
                    words[0] = sum; //~VMS2001
                }
            }
            """,
        ["FileReadIntoOneBufferInLoop"] = """
            public static class FilePump
            {
                public static async Task<long> PumpAsync(FileStream source, SpliceWriter pipe, CancellationToken cancellation)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(256 * 1024);
                    Memory<byte> room = buffer.Memory;
                    long total = 0;
                    int got;
                    while ((got = await source.ReadAsync(room, cancellation)) > 0) //~VMS2001
                    {
                        await pipe.SendAsync(buffer, got, cancellation); //~VMS2008
                        total += got;
                    }

                    return total;
                }
            }
            """,
        ["PacketBuilderTerminatorAfterSend"] = """
            public ref struct PacketBuilder(Span<byte> room)
            {
                private Span<byte> _rest = room;

                public void Add(byte value)
                {
                    _rest[0] = value;
                    _rest = _rest[1..];
                }
            }

            public sealed class Handshake(SpliceWriter pipe)
            {
                public void Hello(byte version, ReadOnlySpan<byte> features)
                {
                    using PageBuffer<byte> page = pipe.Rent<byte>(8192);
                    var packet = new PacketBuilder(page.Span);
                    packet.Add(0x7F);
                    packet.Add(version);
                    foreach (byte feature in features)
                    {
                        packet.Add(feature);
                    }

                    pipe.Send(page);
                    packet.Add(0xFF); //~VMS2001
                }
            }
            """,
        ["PointerPatchedByHelperAfterSend"] = """
            public sealed unsafe class Histogram(SpliceWriter pipe)
            {
                private static void Patch(int* bins, int index, int value) => bins[index] = value;

                public void Publish(ReadOnlySpan<byte> pixels)
                {
                    using PageBuffer<int> bins = pipe.Rent<int>(4096);
                    int* first = (int*)bins.Address;
                    int dark = 0;
                    foreach (byte pixel in pixels)
                    {
                        first[pixel]++;
                        dark += pixel < 16 ? 1 : 0;
                    }

                    pipe.Send(bins);
                    Patch(first, 256, dark); //~VMS2001
                }
            }
            """,
        ["PropertyViewOfOldFieldWritten"] = """
            public sealed class RecordingSession(SpliceWriter pipe) : IDisposable
            {
                private PageBuffer<float> _page = pipe.Rent<float>(8192);

                private Span<float> Payload => _page.Span[4..];

                public void Rotate(ReadOnlySpan<float> tail)
                {
                    Span<float> payload = Payload;
                    tail.CopyTo(payload);
                    pipe.Send(_page);
                    _page = pipe.Rent<float>(8192);
                    payload[^1] = float.NaN; //~VMS2001
                }

                public void Dispose() => _page.Dispose();
            }
            """,
        ["RawScratchPageRefilledForNextLine"] = """
            using System.Text;

            public static unsafe class LineSender
            {
                public const int Room = 65536;

                // scratch: Room bytes of native memory that the caller keeps for the whole run.
                public static void Publish(SafeHandle pipe, byte* scratch, string[] lines)
                {
                    for (int i = 0; i < lines.Length; i++)
                    {
                        int length = Encoding.UTF8.GetBytes(lines[i], new Span<byte>(scratch, Room)); //~VMS2001
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(scratch, (nuint)length), SpliceFlags.None);
                        if (sent != length)
                        {
                            throw new IOException("The pipe took only a part.");
                        }
                    }
                }
            }
            """,
        ["SequenceRefBumpedAfterSend"] = """
            public static class HeaderExtensions
            {
                extension(PageBuffer<byte> buffer)
                {
                    public ref long Sequence() => ref At<long>(buffer.Span, 8);
                }

                private static ref T At<T>(Span<byte> bytes, int offset) where T : unmanaged
                    => ref MemoryMarshal.AsRef<T>(bytes.Slice(offset, Unsafe.SizeOf<T>()));
            }

            public sealed class Journal(SpliceWriter pipe)
            {
                private long _last;

                public void Append(ReadOnlySpan<byte> entry)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(16 + entry.Length);
                    ref long sequence = ref buffer.Sequence();
                    sequence = _last;
                    entry.CopyTo(buffer.Span[16..]);
                    pipe.Send(buffer);
                    _last = ++sequence; //~VMS2001
                }
            }
            """,
        ["ChecksumStoredAfterHelperSent"] = """
            public sealed class BlockSender(SpliceWriter pipe, Action<string> log)
            {
                public void Send(ReadOnlySpan<byte> data)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(data.Length + sizeof(uint));
                    data.CopyTo(buffer.Span);
                    Span<uint> tail = MemoryMarshal.Cast<byte, uint>(buffer.Span.Slice(data.Length, sizeof(uint)));
                    uint sum = 0;
                    foreach (byte b in data)
                    {
                        sum = (sum << 1) ^ b;
                    }

                    Transmit(buffer);
                    tail[0] = sum; //~VMS2001
                }

                private void Transmit(PageBuffer<byte> block)
                {
                    log($"block of {block.Length}");
                    Push(block);
                }

                private void Push(PageBuffer<byte> block) => pipe.Send(block);
            }
            """,
    };
}
