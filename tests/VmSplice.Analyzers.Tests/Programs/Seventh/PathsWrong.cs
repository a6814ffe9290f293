namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Memory that may have been given away, on some path or by another name.</summary>
internal sealed class PathsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ClearWhileReceiving"] = """
            // Radio: one block of samples is received while the header of the last one is prepared.
            public sealed class IqReceiver(SpliceReader radio)
            {
                private readonly float[] _window = new float[1024];

                public async Task<double> PowerAsync()
                {
                    using PageBuffer<float> block = PageBuffer<float>.Allocate(64 * 1024);
                    ValueTask<int> receiving = radio.ReadAsync(block);
                    PrepareWindow(_window);
                    block.Span.Clear(); //~VMS2004
                    int count = await receiving;
                    double power = 0;
                    for (int i = 0; i < count; i++)
                    {
                        power += block[i] * block[i] * _window[i % _window.Length];
                    }

                    return count == 0 ? 0 : power / count;
                }

                private static void PrepareWindow(Span<float> window)
                {
                    for (int i = 0; i < window.Length; i++)
                    {
                        window[i] = 0.5f - (0.5f * MathF.Cos(2 * MathF.PI * i / window.Length));
                    }
                }
            }
            """,
        ["FallbackToDisk"] = """
            // Log shipping: where the pipe fails, the block goes to a spool file.
            public sealed class SpoolingShipper(SpliceWriter pipe, Stream spool)
            {
                public long Spooled { get; private set; }

                public void Ship(IReadOnlyList<string> lines)
                {
                    using PageBuffer<byte> block = pipe.Rent<byte>(64 * 1024);
                    int length = 0;
                    try
                    {
                        length = Encode(lines, block.Span);
                        pipe.Send(block, length);
                    }
                    catch (Exception e) when (e is IOException or ArgumentException)
                    {
                        spool.Write(block.Span[..length]); //~VMS2004
                        Spooled += length;
                    }
                }

                private static int Encode(IReadOnlyList<string> lines, Span<byte> target)
                {
                    int at = 0;
                    foreach (string line in lines)
                    {
                        at += System.Text.Encoding.UTF8.GetBytes(line, target[at..]);
                        target[at++] = (byte)'\n';
                    }

                    return at;
                }
            }
            """,
        ["PingPongRenderer"] = """
            // Game streaming: two pages change places, as a swap chain does it.
            public sealed class SwapChain(SpliceWriter viewer, int width, int height)
            {
                public int Frames { get; private set; }

                public void Present(PageBuffer<int> front, PageBuffer<int> back, int frames)
                {
                    for (int i = 0; i < frames; i++)
                    {
                        Paint(back.Span, i); //~VMS2004
                        viewer.Send(back);
                        (front, back) = (back, front);
                        Frames++;
                    }
                }

                private void Paint(Span<int> pixels, int frame)
                {
                    for (int y = 0; y < height; y++)
                    {
                        pixels.Slice(y * width, width).Fill((y + frame) & 0xFF);
                    }
                }
            }
            """,
        ["PreviousCandle"] = """
            // Trading: an overnight gap is the difference between the last close of a batch and the first open of the next.
            [Spliceable]
            public partial struct Candle { public long Day; public double Open; public double Close; }

            public static class GapScan
            {
                public static IReadOnlyList<long> Scan(RecordReader<Candle> candles, double threshold)
                {
                    List<long> days = [];
                    ReadOnlySpan<Candle> last = default;
                    while (candles.ReadBatch() is { IsEmpty: false } batch)
                    {
                        double close = last.IsEmpty ? batch[0].Open : last[^1].Close; //~VMS2004
                        foreach (ref readonly Candle candle in batch)
                        {
                            if (Math.Abs(candle.Open - close) > threshold)
                            {
                                days.Add(candle.Day);
                            }

                            close = candle.Close;
                        }

                        last = batch;
                    }

                    return days;
                }
            }
            """,
    };
}
