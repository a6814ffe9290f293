namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Writes to buffers that were sent, gifted or frozen.</summary>
internal sealed class WritesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BitWriterFlushedLate"] = """
            namespace Codec.Bits;

            // Packs values of a few bits each into the bytes of a block.
            public ref struct BitWriter(Span<byte> target)
            {
                private readonly Span<byte> _target = target;
                private ulong _bits;
                private int _count;
                private int _at;

                public readonly int Length => _at;

                public void Put(uint value, int bits)
                {
                    _bits |= (ulong)value << _count;
                    _count += bits;
                    while (_count >= 8)
                    {
                        _target[_at++] = (byte)_bits;
                        _bits >>= 8;
                        _count -= 8;
                    }
                }

                public void Flush()
                {
                    _target[_at++] = (byte)_bits;
                    _bits = 0;
                    _count = 0;
                }
            }

            public sealed class DeltaEncoder(SpliceWriter pipe)
            {
                public void Send(ReadOnlySpan<uint> values)
                {
                    using PageBuffer<byte> block = pipe.Rent<byte>(values.Length * 2 + 8);
                    BitWriter bits = new(block.Span);
                    uint previous = 0;
                    foreach (uint value in values)
                    {
                        bits.Put((value - previous) & 0xFFF, 12);
                        previous = value;
                    }

                    pipe.Send(block, bits.Length + 1);
                    bits.Flush(); //~VMS2001
                }
            }
            """,
        ["WaveFade"] = """
            namespace Audio.Synthesis;

            public sealed unsafe class WaveSource(SpliceWriter pipe, int sampleRate)
            {
                private double _phase;
                private readonly double _step = 2 * Math.PI * 440 / sampleRate;

                public long SamplesSent { get; private set; }

                public void EmitNote(int samples)
                {
                    ArgumentOutOfRangeException.ThrowIfLessThan(samples, 64);
                    using PageBuffer<float> block = pipe.Rent<float>(samples);
                    fixed (float* start = block.Span)
                    {
                        float* end = start + samples;
                        for (float* at = start; at < end; at++)
                        {
                            *at = (float)Math.Sin(_phase);
                            _phase += _step;
                        }

                        pipe.Send(block);
                        *(end - 1) = 0f; //~VMS2001
                    }

                    SamplesSent += samples;
                }
            }
            """,
        ["RefReturnChecksum"] = """
            using System.Runtime.InteropServices;

            namespace Storage.Journal;

            public static class JournalBlock
            {
                public const int Words = 8 * 1024;

                // The last word of a block is its seal.
                public static ref ulong Seal(Span<ulong> words) => ref words[^1];

                public static ulong Mix(ReadOnlySpan<ulong> words)
                {
                    ulong hash = 14695981039346656037;
                    foreach (ulong word in words)
                    {
                        hash = (hash ^ word) * 1099511628211;
                    }

                    return hash;
                }
            }

            public sealed class JournalShipper(SpliceWriter replica)
            {
                private ulong _chain;

                public void Ship(ReadOnlySpan<byte> entries)
                {
                    using PageBuffer<ulong> block = replica.Rent<ulong>(JournalBlock.Words);
                    Span<byte> body = MemoryMarshal.AsBytes(block.Span[..^1]);
                    entries[..Math.Min(entries.Length, body.Length)].CopyTo(body);
                    ref ulong seal = ref JournalBlock.Seal(block.Span);
                    ulong mixed = JournalBlock.Mix(block.Span[..^1]) ^ _chain;
                    replica.Send(block);
                    seal = mixed; //~VMS2001
                    _chain = mixed;
                }
            }
            """,
        ["LeaseBody"] = """
            using System.Text;

            namespace Gateway.Messages;

            public readonly record struct Lease(PageBuffer<byte> Buffer, int BodyStart)
            {
                public int BodyLength => Buffer.Length - BodyStart;
            }

            public sealed class EnvelopeWriter(SpliceWriter pipe)
            {
                private const int Envelope = 32;

                public void Publish(string topic, ReadOnlySpan<byte> message)
                {
                    Lease lease = new(pipe.Rent<byte>(Envelope + message.Length), Envelope);
                    Memory<byte> head = lease.Buffer.Memory[..lease.BodyStart];
                    Memory<byte> body = lease.Buffer.Memory[lease.BodyStart..];

                    int written = Encoding.ASCII.GetBytes(topic.AsSpan(0, Math.Min(topic.Length, Envelope)), head.Span);
                    head.Span[written..].Fill((byte)' ');
                    pipe.Send(lease.Buffer);
                    message.CopyTo(body.Span); //~VMS2001
                }
            }
            """,
        ["StampInLocalFunction"] = """
            using System.Diagnostics;

            namespace Tracing.Spans;

            public sealed class TraceExporter(SpliceWriter pipe)
            {
                public TimeSpan Slowest { get; private set; }

                public void Export(IReadOnlyList<long> events)
                {
                    using PageBuffer<long> batch = pipe.Rent<long>(events.Count + 2);
                    Memory<long> slots = batch.Memory;

                    void Stamp(int slot)
                    {
                        slots.Span[slot] = Stopwatch.GetTimestamp(); //~VMS2001
                    }

                    Stamp(0);
                    for (int i = 0; i < events.Count; i++)
                    {
                        slots.Span[i + 2] = events[i];
                    }

                    long before = Stopwatch.GetTimestamp();
                    pipe.Send(batch);
                    Stamp(1);

                    TimeSpan took = Stopwatch.GetElapsedTime(before);
                    if (took > Slowest)
                    {
                        Slowest = took;
                    }
                }
            }
            """,
    };
}
