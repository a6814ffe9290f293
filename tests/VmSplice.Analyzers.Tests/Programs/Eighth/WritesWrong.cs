namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Memory that is written after it was given away.</summary>
internal sealed class WritesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AudioLimiter"] = """
            // Audio: pulls down the loudest sample of a block.
            public sealed class AudioLimiter(SpliceWriter output)
            {
                private const int BlockSize = 8192;

                public int Process(ReadOnlySpan<float> input, float ceiling)
                {
                    if (input.IsEmpty)
                    {
                        return 0;
                    }

                    PageBuffer<float> block = output.Rent<float>(BlockSize);
                    Span<float> samples = block.Span[..Math.Min(input.Length, BlockSize)];
                    input[..samples.Length].CopyTo(samples);
                    int count = samples.Length;
                    ref float peak = ref LoudestOf(samples);
                    bool clips = MathF.Abs(peak) > ceiling;

                    output.Send(block, count);
                    if (clips)
                    {
                        peak = ceiling; //~VMS2001
                    }

                    return count;
                }

                private static ref float LoudestOf(Span<float> samples)
                {
                    int best = 0;
                    for (int i = 1; i < samples.Length; i++)
                    {
                        if (MathF.Abs(samples[i]) > MathF.Abs(samples[best]))
                        {
                            best = i;
                        }
                    }

                    return ref samples[best];
                }
            }
            """,
        ["BytecodeEmitter"] = """
            // Compilers: emits a block of bytecode whose exit jump is patched when the length is known.
            public unsafe sealed class BytecodeEmitter(SpliceWriter sink)
            {
                private const byte Jump = 0x10;
                private const byte Push = 0x20;
                private const byte Add = 0x30;

                public int Emit(ReadOnlySpan<int> constants)
                {
                    PageBuffer<byte> code = sink.Rent<byte>(16 * Environment.SystemPageSize);
                    if (constants.Length > 8_000)
                    {
                        code.Dispose();
                        throw new ArgumentException("too many constants", nameof(constants));
                    }

                    byte* start = (byte*)code.Address;
                    byte* at = start;
                    *at++ = Jump;
                    int* target = (int*)at;
                    at += sizeof(int);
                    foreach (int constant in constants)
                    {
                        *at++ = Push;
                        *(int*)at = constant;
                        at += sizeof(int);
                        *at++ = Add;
                    }

                    int length = (int)(at - start);
                    sink.Gift(code);
                    *target = length; //~VMS2001
                    return length;
                }
            }
            """,
        ["LookupTableBroadcast"] = """
            // Image processing: one gamma table for all workers, numbered for each of them.
            public static class LookupTableBroadcast
            {
                public static void Send(IReadOnlyList<SpliceWriter> workers, double gamma)
                {
                    PageBuffer<ushort> table = PageBuffer<ushort>.Allocate(65_536 + 4);
                    Span<byte> raw = MemoryMarshal.AsBytes(table.Span[..4]);
                    Span<ushort> values = table.Span[4..];
                    for (int i = 0; i < values.Length; i++)
                    {
                        values[i] = (ushort)(Math.Pow(i / 65_535.0, gamma) * 65_535);
                    }

                    using FrozenPages<ushort> pages = table.Freeze();
                    for (int worker = 0; worker < workers.Count; worker++)
                    {
                        raw[0] = (byte)worker; //~VMS2012
                        workers[worker].Send(pages);
                    }
                }
            }
            """,
        ["ReplayRecorder"] = """
            // Games: a replay frame of entity positions, sent without a thread that waits.
            public static class ReplayRecorder
            {
                public static async Task RecordAsync(
                    SpliceWriter writer, IReadOnlyList<(int Id, float X, float Y)> entities, int tick, CancellationToken cancellation)
                {
                    using PageBuffer<int> frame = writer.Rent<int>(2 + (entities.Count * 3));
                    Memory<int> words = frame.Memory;
                    words.Span[0] = entities.Count;
                    for (int i = 0; i < entities.Count; i++)
                    {
                        (int id, float x, float y) = entities[i];
                        Span<int> entity = words.Span.Slice(2 + (i * 3), 3);
                        entity[0] = id;
                        entity[1] = BitConverter.SingleToInt32Bits(x);
                        entity[2] = BitConverter.SingleToInt32Bits(y);
                    }

                    await writer.SendAsync(frame, cancellation);
                    Stamp(tick);

                    void Stamp(int number)
                    {
                        words.Span[1] = number; //~VMS2001
                    }
                }
            }
            """,
        ["WalPageWriter"] = """
            using System.Buffers.Binary;

            // Database: the write-ahead log, page by page, to the replica.
            public sealed class WalPageWriter : IDisposable
            {
                private const int PageLength = 8192;
                private const int HeaderLength = 16;

                private readonly SpliceWriter _replica;
                private PageBuffer<byte> _page;
                private int _used = HeaderLength;
                private long _lsn;

                public WalPageWriter(SpliceWriter replica)
                {
                    _replica = replica;
                    _page = replica.Rent<byte>(PageLength);
                }

                private Span<byte> Header => _page.Span[..HeaderLength];

                public void Append(ReadOnlySpan<byte> entry)
                {
                    if (_used + entry.Length > PageLength)
                    {
                        Roll();
                    }

                    entry.CopyTo(_page.Span[_used..]);
                    _used += entry.Length;
                    _lsn += entry.Length;
                }

                public void Roll()
                {
                    BinaryPrimitives.WriteInt32LittleEndian(Header[8..], _used);
                    _replica.Send(_page);
                    BinaryPrimitives.WriteInt64LittleEndian(Header, _lsn); //~VMS2001
                    _page = _replica.Rent<byte>(PageLength);
                    _used = HeaderLength;
                }

                public void Dispose() => _page.Dispose();
            }
            """,
    };
}
