namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Buffers and transfers that are awaited.</summary>
internal sealed class AsynchronousRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Capture"] = """
            namespace Radio;

            public sealed class CaptureLoop(SpliceWriter pipe, Func<Memory<short>, ValueTask<bool>> capture)
            {
                private const int BlockLength = 8192;
                private long _samples;

                public long Samples => _samples;

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

                        Fade(pcm.Span[^256..]);
                        ValueTask sending = pipe.SendAsync(block);
                        _samples += block.Length;       // a length may be asked at any time
                        await sending;
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
        ["Prefetch"] = """
            namespace Integrity;

            public static class Checksummer
            {
                public static async Task<long> RunAsync(SpliceReader reader, int blocks)
                {
                    using PageBuffer<byte> first = PageBuffer<byte>.Allocate(256 * 1024);
                    using PageBuffer<byte> second = PageBuffer<byte>.Allocate(256 * 1024);
                    long sum = 0;
                    int length = await reader.ReadAsync(first);
                    for (int i = 0; i < blocks && length > 0; i++)
                    {
                        // The next block comes into the other buffer while this one is summed.
                        ValueTask<int> next = reader.ReadAsync(second);
                        sum = Add(sum, first.Span[..length]);
                        length = await next;
                        if (length == 0)
                        {
                            break;
                        }

                        next = reader.ReadAsync(first);
                        sum = Add(sum, second.Span[..length]);
                        length = await next;
                    }

                    return sum;
                }

                private static long Add(long sum, ReadOnlySpan<byte> data)
                {
                    foreach (byte value in data)
                    {
                        sum = sum * 31 + value;
                    }

                    return sum;
                }
            }
            """,
    };
}
