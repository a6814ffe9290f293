namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Buffers that were given away on some path, or by one of several names.</summary>
internal sealed class PathsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Capture"] = """
            namespace Radio;

            public sealed class CaptureLoop(SpliceWriter pipe, Func<Memory<short>, ValueTask<bool>> capture)
            {
                private const int BlockLength = 8192;
                private long _blocks;

                public async Task RunAsync(CancellationToken stop)
                {
                    while (!stop.IsCancellationRequested)
                    {
                        using PageBuffer<short> block = pipe.Rent<short>(BlockLength);
                        Memory<short> pcm = block.Memory;
                        if (!await capture(pcm))
                        {
                            return;
                        }

                        // Start the send early: the fade runs while the pipe takes the block.
                        ValueTask sending = pipe.SendAsync(block);
                        Fade(pcm.Span[^256..]); //~VMS2004
                        await sending;
                        _blocks++;
                    }
                }

                private static void Fade(Span<short> tail)
                {
                    for (int i = 0; i < tail.Length; i++)
                    {
                        tail[i] = (short)(tail[i] * (tail.Length - i) / tail.Length);
                    }
                }
            }
            """,
        ["Peak"] = """
            namespace Seismic;

            public sealed class TraceSender(SpliceWriter pipe, TextWriter log)
            {
                public void Send(ReadOnlySpan<double> trace)
                {
                    using PageBuffer<double> buffer = pipe.Rent<double>(trace.Length);
                    Span<double> samples = buffer.Span;
                    trace.CopyTo(samples);
                    RemoveMean(samples);
                    pipe.Send(buffer);
                    Report(samples); //~VMS2004
                }

                private void Report(ReadOnlySpan<double> samples)
                {
                    log.WriteLine($"{samples.Length} samples sent, peak {Peak(samples):F3}");
                }

                private static double Peak(ReadOnlySpan<double> samples)
                {
                    double peak = 0;
                    foreach (double sample in samples)
                    {
                        peak = Math.Max(peak, Math.Abs(sample));
                    }

                    return peak;
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

            /// <summary>Sends counters in whole blocks; what does not fill a block is dropped.</summary>
            public static class CounterBlocks
            {
                private const int BlockLength = 2048;

                public static int Send(SpliceWriter pipe, IEnumerable<long> counters)
                {
                    using PageBuffer<long> block = pipe.Rent<long>(BlockLength);
                    int used = 0;
                    int blocks = 0;
                    foreach (long counter in counters)
                    {
                        block.Span[used++] = counter; //~VMS2004
                        if (used == BlockLength)
                        {
                            pipe.Send(block);
                            blocks++;
                            used = 0;
                        }
                    }

                    return blocks;
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
                    catch (Exception e)
                    {
                        _failures++;
                        log.WriteLine($"primary failed ({_failures}): {e.Message}");
                        standby.Send(buffer); //~VMS2004
                    }
                }
            }
            """,
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
                        Draw(back.Span, frame); //~VMS2004
                        (front, back) = (back, front);
                        display.Send(front); //~VMS2004
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
        ["Prefetch"] = """
            namespace Integrity;

            public static class Adler
            {
                public static uint Add(uint sum, ReadOnlySpan<byte> data)
                {
                    uint a = sum & 0xFFFF, b = sum >> 16;
                    foreach (byte value in data)
                    {
                        a = (a + value) % 65521;
                        b = (b + a) % 65521;
                    }

                    return (b << 16) | a;
                }
            }

            public static class Checksummer
            {
                public static async Task<uint> RunAsync(SpliceReader reader, int blocks)
                {
                    using PageBuffer<byte> block = PageBuffer<byte>.Allocate(256 * 1024);
                    uint sum = 0;
                    int length = await reader.ReadAsync(block);
                    for (int i = 0; i < blocks && length > 0; i++)
                    {
                        // Fetch the next block while this one is summed.
                        ValueTask<int> next = reader.ReadAsync(block);
                        sum = Adler.Add(sum, block.Span[..length]); //~VMS2004
                        length = await next;
                    }

                    return sum;
                }
            }
            """,
    };
}
