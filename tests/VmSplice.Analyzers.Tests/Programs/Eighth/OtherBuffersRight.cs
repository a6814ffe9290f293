namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Buffers, and right.</summary>
internal sealed class OtherBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SealedSegment"] = """
            // Log shipping: the checksum is computed first; length and state may be asked afterwards.
            public sealed class SealedSegment(SpliceWriter archive)
            {
                private readonly List<(uint Checksum, int Length)> _index = [];

                public bool Ship(ReadOnlySpan<byte> lines)
                {
                    using PageBuffer<byte> segment = archive.Rent<byte>(Math.Max(lines.Length, 1));
                    lines.CopyTo(segment.Span);
                    uint checksum = Adler(segment.Span);
                    archive.Send(segment);
                    _index.Add((checksum, segment.Length));
                    return segment.State != PageBufferState.Owned;
                }

                private static uint Adler(ReadOnlySpan<byte> bytes)
                {
                    uint a = 1, b = 0;
                    foreach (byte one in bytes)
                    {
                        a = (a + one) % 65521;
                        b = (b + a) % 65521;
                    }

                    return (b << 16) | a;
                }
            }
            """,
        ["SecondOfSound"] = """
            // Audio: rounded up to whole pages for a gift, cut to its length for a send.
            public static class SecondOfSound
            {
                private const int Rate = 44_100;

                public static void Play(SpliceWriter player, double frequency, bool give)
                {
                    int page = Environment.SystemPageSize;
                    int samples = Rate * 2;
                    int bytes = samples * sizeof(short);
                    int rounded = (bytes + page - 1) & ~(page - 1);
                    using PageBuffer<short> second = player.Rent<short>(rounded / sizeof(short));
                    for (int i = 0; i < samples; i += 2)
                    {
                        short value = (short)(Math.Sin(i / 2 * frequency * Math.Tau / Rate) * short.MaxValue);
                        second.Span[i] = value;
                        second.Span[i + 1] = value;
                    }

                    if (give)
                    {
                        player.Gift(second);
                    }
                    else
                    {
                        player.Send(second, samples);
                    }
                }
            }
            """,
        ["TraceStatistics"] = """
            // Oscilloscopes: looks at a trace through helpers and keeps numbers alone.
            public sealed class TraceStatistics
            {
                private (short Low, short High, double Mean) _last;
                private short[] _best = [];

                public (short Low, short High, double Mean) Last => _last;

                public bool Watch([Borrows] PageBuffer<short> trace, short threshold)
                {
                    ReadOnlySpan<short> samples = trace.Span;
                    (short low, short high) = Range(samples);
                    _last = (low, high, Mean(trace));
                    if (high < threshold)
                    {
                        return false;
                    }

                    _best = samples[..Math.Min(samples.Length, 100)].ToArray();
                    return _best.Length > 0;
                }

                private static (short Low, short High) Range(ReadOnlySpan<short> samples)
                {
                    short low = short.MaxValue, high = short.MinValue;
                    foreach (short sample in samples)
                    {
                        low = Math.Min(low, sample);
                        high = Math.Max(high, sample);
                    }

                    return (low, high);
                }

                private static double Mean([Borrows] PageBuffer<short> trace)
                {
                    long sum = 0;
                    for (int i = 0; i < trace.Length; i++)
                    {
                        sum += trace[i];
                    }

                    return trace.Length == 0 ? 0 : (double)sum / trace.Length;
                }
            }
            """,
        ["ZoneHeader"] = """
            // Storage: stack, pooled, pinned and native memory, all of it copied by Write.
            public static unsafe class ZoneHeader
            {
                public static void Write(SpliceWriter pipe, ReadOnlySpan<int> zones, string name)
                {
                    Span<int> header = stackalloc int[16];
                    header[0] = zones.Length;
                    pipe.Write<int>(header);
                    header.Clear();

                    int[] sorted = ArrayPool<int>.Shared.Rent(zones.Length);
                    try
                    {
                        zones.CopyTo(sorted);
                        Array.Sort(sorted, 0, zones.Length);
                        pipe.Write<int>(sorted.AsSpan(0, zones.Length));
                    }
                    finally
                    {
                        ArrayPool<int>.Shared.Return(sorted);
                    }

                    byte* padding = (byte*)NativeMemory.AllocZeroed(512);
                    pipe.Write<byte>(new ReadOnlySpan<byte>(padding, 512));
                    NativeMemory.Free(padding);

                    fixed (char* text = name)
                    {
                        pipe.Write<char>(new ReadOnlySpan<char>(text, name.Length));
                    }
                }
            }
            """,
    };
}
