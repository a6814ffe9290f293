namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Used on some path after it was given away.</summary>
internal sealed class MorePathsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MergeOfTwoBatchesOfOneReader"] = """
            [Spliceable]
            public partial struct Trade { public long Time; public long Price; }

            public static class Merger
            {
                public static List<Trade> MergeTwo(RecordReader<Trade> reader)
                {
                    var left = reader.ReadBatch();
                    var right = reader.ReadBatch();
                    return Merge(left, right); //~VMS2004
                }

                private static List<Trade> Merge(ReadOnlySpan<Trade> left, ReadOnlySpan<Trade> right)
                {
                    var merged = new List<Trade>(left.Length + right.Length);
                    int i = 0, j = 0;
                    while (i < left.Length || j < right.Length)
                    {
                        bool takeLeft = j == right.Length || (i < left.Length && left[i].Time <= right[j].Time);
                        merged.Add(takeLeft ? left[i++] : right[j++]);
                    }

                    return merged;
                }
            }
            """,
        ["ReceivedPagesPassedOnBeforeAwait"] = """
            public static class Repeater
            {
                public static async Task RepeatOnceAsync(SpliceReader input, SpliceWriter output, CancellationToken ct)
                {
                    PageBuffer<byte> buffer = output.Rent<byte>(64 * 1024);
                    ValueTask<int> reading = input.ReadAsync(buffer, ct);
                    output.Send(buffer); //~VMS2004
                    int count = await reading;
                    Console.WriteLine(count);
                }
            }
            """,
        ["WatermarkDrawnAfterThreeDeepSend"] = """
            public sealed class FramePusher(SpliceWriter encoder)
            {
                private int _sent;

                public void Push(int luma)
                {
                    PageBuffer<byte> frame = encoder.Rent<byte>(640 * 480);
                    Span<byte> pixels = frame.Span;
                    pixels.Fill((byte)luma);
                    Deliver(frame);
                    Watermark(pixels[^64..]); //~VMS2004
                }

                private void Deliver(PageBuffer<byte> frame)
                {
                    _sent++;
                    Route(frame);
                }

                private void Route(PageBuffer<byte> frame) => encoder.Send(frame);

                private static void Watermark(Span<byte> corner)
                {
                    for (int i = 0; i < corner.Length; i += 2)
                    {
                        corner[i] = 255;
                    }
                }
            }
            """,
    };
}
