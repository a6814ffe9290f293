namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Pages that are frozen and sent often.</summary>
internal sealed class FrozenRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CosineTable"] = """
            namespace Scientific.Tables;

            public static class CosineTable
            {
                public static double Distribute(IReadOnlyList<SpliceWriter> solvers, int steps)
                {
                    PageBuffer<double> values = PageBuffer<double>.Allocate(steps + 1);
                    Span<double> fill = values.Span;
                    for (int i = 0; i <= steps; i++)
                    {
                        fill[i] = Math.Cos(Math.PI * i / steps);
                    }

                    using FrozenPages<double> pages = values.Freeze();
                    ReadOnlySpan<double> table = pages.Span;
                    for (int solver = 0; solver < solvers.Count; solver++)
                    {
                        solvers[solver].Send(pages);
                    }

                    // Frozen pages stay readable while they are on their way.
                    double worst = 0;
                    for (int i = 0; i < steps; i++)
                    {
                        double between = (table[i] + fill[i + 1]) / 2;
                        worst = Math.Max(worst, Math.Abs(between - Math.Cos(Math.PI * (i + 0.5) / steps)));
                    }

                    return worst;
                }
            }
            """,
        ["TestLoop"] = """
            using System.Runtime.InteropServices;

            namespace Broadcast.TestCard;

            [Spliceable]
            public partial struct CardHeader
            {
                public long Sequence;
                public int Width;
                public int Height;
            }

            /// <summary>The picture is frozen; what changes from frame to frame is a header that is rented anew.</summary>
            public static class TestLoop
            {
                public static void Loop(SpliceWriter output, int width, int height, int repeats)
                {
                    PageBuffer<byte> card = output.Rent<byte>(width * height);
                    Span<byte> pixels = card.Span;
                    for (int y = 0; y < height; y++)
                    {
                        pixels.Slice(y * width, width).Fill((byte)(y * 255 / height));
                    }

                    using FrozenPages<byte> pages = card.Freeze();
                    ref readonly byte corner = ref MemoryMarshal.GetReference(pages.Span);
                    for (int i = 0; i < repeats; i++)
                    {
                        PageBuffer<CardHeader> header = output.Rent<CardHeader>(1);
                        ref CardHeader head = ref header.Span[0];
                        head.Sequence = i + corner;
                        head.Width = width;
                        head.Height = height;
                        using SpliceGather gather = output.CreateGather();
                        gather.Add(header);
                        gather.Add(pages);
                        gather.Send();
                    }
                }
            }
            """,
        ["VolumeEnds"] = """
            namespace Archive.Volumes;

            /// <summary>The index goes out twice, before and behind the parts; it is frozen for that.</summary>
            public static class VolumeEnds
            {
                public static long Write(SpliceWriter tape, IReadOnlyList<byte[]> parts)
                {
                    PageBuffer<long> offsets = tape.Rent<long>(parts.Count);
                    long offset = 0;
                    for (int i = 0; i < parts.Count; i++)
                    {
                        offsets[i] = offset;
                        offset += parts[i].Length;
                    }

                    using FrozenPages<long> index = offsets.Freeze();
                    using SpliceGather gather = tape.CreateGather();
                    gather.Add(index);
                    foreach (byte[] part in parts)
                    {
                        PageBuffer<byte> body = tape.Rent<byte>(part.Length);
                        part.CopyTo(body.Span);
                        gather.Add(body);
                    }

                    gather.Add(index);
                    gather.Send();
                    return index.Length == 0 ? 0 : index.Span[^1];
                }
            }
            """,
    };
}
