namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Buffers that are written, sent or disposed as they should be.</summary>
internal sealed class BuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["StereoBlock"] = """
            namespace Studio.Mixing;

            public readonly ref struct StereoView(Span<float> left, Span<float> right)
            {
                public Span<float> Left { get; } = left;
                public Span<float> Right { get; } = right;
            }

            public static class BlockSender
            {
                public static void Send(SpliceWriter pipe, ReadOnlySpan<float> mono, bool surround)
                {
                    using PageBuffer<float> buffer = pipe.Rent<float>(2 * mono.Length);
                    var stereo = new StereoView(buffer.Span[..mono.Length], buffer.Span[mono.Length..]);
                    mono.CopyTo(stereo.Left);
                    if (surround)
                    {
                        mono.CopyTo(stereo.Right);
                    }
                    else
                    {
                        stereo.Right.Clear();
                    }

                    pipe.Send(buffer);

                    // The next block: the name is used again, the memory is not.
                    using PageBuffer<float> tail = pipe.Rent<float>(2 * mono.Length);
                    stereo = new StereoView(tail.Span[..mono.Length], tail.Span[mono.Length..]);
                    stereo.Left.Fill(0.5f);
                    stereo.Right.Clear();
                    pipe.Send(tail);
                }
            }
            """,
        ["PacketStamp"] = """
            using System.Buffers.Binary;
            using System.Diagnostics;

            public static class PacketPublisher
            {
                private const int HeaderSize = 16;

                public static long Publish(SpliceWriter pipe, ReadOnlySpan<byte> body)
                {
                    using PageBuffer<byte> packet = pipe.Rent<byte>(HeaderSize + body.Length);
                    Memory<byte> header = packet.Memory[..HeaderSize];
                    long started = Stopwatch.GetTimestamp();
                    Stamp(0, started);
                    body.CopyTo(packet.Span[HeaderSize..]);
                    Stamp(8, Stopwatch.GetTimestamp());
                    pipe.Send(packet);
                    return Stopwatch.GetTimestamp() - started;

                    void Stamp(int at, long time)
                    {
                        BinaryPrimitives.WriteInt64LittleEndian(header.Span[at..], time);
                    }
                }
            }
            """,
        ["Peak"] = """
            namespace Seismic;

            public sealed class TraceSender(SpliceWriter pipe, TextWriter log)
            {
                public void Send(ReadOnlySpan<double> trace, bool removeMean)
                {
                    using PageBuffer<double> buffer = pipe.Rent<double>(trace.Length);
                    Span<double> samples = buffer.Span;
                    trace.CopyTo(samples);
                    if (!removeMean)
                    {
                        goto measured;
                    }

                    RemoveMean(samples);

                measured:
                    (double low, double high) = Range(samples);
                    pipe.Send(buffer);
                    log.WriteLine($"{trace.Length} samples sent, {low:F3} to {high:F3}");
                }

                private static (double Low, double High) Range(ReadOnlySpan<double> samples)
                {
                    double low = double.MaxValue, high = double.MinValue;
                    foreach (double sample in samples)
                    {
                        low = Math.Min(low, sample);
                        high = Math.Max(high, sample);
                    }

                    return (low, high);
                }

                private static void RemoveMean(Span<double> samples)
                {
                    double sum = 0;
                    foreach (double sample in samples) sum += sample;
                    double mean = samples.IsEmpty ? 0 : sum / samples.Length;
                    foreach (ref double sample in samples) sample -= mean;
                }
            }
            """,
        ["WholeBlocks"] = """
            namespace Agent;

            public static class CounterBlocks
            {
                private const int BlockLength = 2048;

                public static int Send(SpliceWriter pipe, IEnumerable<long> counters)
                {
                    PageBuffer<long> block = pipe.Rent<long>(BlockLength);
                    int used = 0;
                    int blocks = 0;
                    foreach (long counter in counters)
                    {
                        block.Span[used++] = counter;
                        if (used == BlockLength)
                        {
                            pipe.Send(block);
                            blocks++;
                            block = pipe.Rent<long>(BlockLength);
                            used = 0;
                        }
                    }

                    if (used == 0)
                    {
                        block.Dispose();
                        return blocks;
                    }

                    pipe.Send(block, used);
                    return blocks + 1;
                }

                public static int SendOne(SpliceWriter pipe, IEnumerator<long> counters, Func<bool> stopped)
                {
                    PageBuffer<long> block = pipe.Rent<long>(BlockLength);
                    try
                    {
                        int used = 0;
                        while (used < BlockLength && counters.MoveNext())
                        {
                            if (stopped()) return 0;
                            block.Span[used++] = counters.Current;
                        }

                        pipe.Send(block, used);
                        return used;
                    }
                    finally
                    {
                        if (block.State == PageBufferState.Owned) block.Dispose();
                    }
                }
            }
            """,
        ["Failover"] = """
            namespace Gateway;

            public sealed class FailoverSender(SpliceWriter primary, SpliceWriter standby, TextWriter log)
            {
                private int _failures;

                public void Send(ReadOnlySpan<byte> message)
                {
                    using PageBuffer<byte> buffer = primary.Rent<byte>(message.Length);
                    message.CopyTo(buffer.Span);
                    try
                    {
                        primary.Send(buffer);
                    }
                    catch (IOException e)
                    {
                        _failures++;
                        log.WriteLine($"primary failed ({_failures}): {e.Message}");
                        using PageBuffer<byte> again = standby.Rent<byte>(message.Length);
                        message.CopyTo(again.Span);
                        standby.Send(again);
                    }
                }
            }
            """,
    };
}
