namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Frames of segments, and right.</summary>
internal sealed class FramesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AudioBlocksWithEndMark"] = """
            [Spliceable]
            public sealed partial class AudioBlock
            {
                [Segment] public partial ref long Position { get; }
                [Segment(MaxLength = 48000)] public partial Span<float> Samples { get; }
            }

            public sealed class ToneGenerator : IDisposable
            {
                private readonly SpliceWriter _mixer;

                public ToneGenerator(SplicePipe pipe) => _mixer = pipe.OpenWriter(new() { Reader = PipeReaderKind.Copying });

                public void Play(int blocks)
                {
                    for (int i = 0; i < blocks; i++)
                    {
                        AudioBlock block = Tone(i);
                        _mixer.Send(block);
                        block.Dispose();
                    }
                }

                private AudioBlock Tone(int index)
                {
                    AudioBlock block = AudioBlock.Rent(_mixer);
                    block.Position = index * 4800L;
                    block.SamplesLength = 4800;
                    for (int s = 0; s < 4800; s++) block.Samples[s] = MathF.Sin(s * 0.0576f);
                    return block;
                }

                public void Stop() => _mixer.CompleteBuffers();

                public void Dispose() => _mixer.Dispose();
            }
            """,
        ["LogBlockTextLengthAfterSend"] = """
            [Spliceable]
            public sealed partial class LogBlock
            {
                [Segment] public partial ref long Sequence { get; }
                [Segment(MaxLength = 4096)] public partial TextSegment Lines { get; }
            }

            public sealed class Shipper(SpliceWriter pipe)
            {
                private LogBlock? _block;
                private long _next;

                public void Log(string line)
                {
                    LogBlock block = _block ??= LogBlock.Rent(pipe);
                    if (block.Lines.Length + 4 * line.Length + 1 > block.Lines.MaxLength)
                    {
                        Ship();
                        block = _block ??= LogBlock.Rent(pipe);
                    }

                    block.Lines.Append(line);
                    block.Lines.Append("\n");
                }

                public void Ship()
                {
                    if (_block is not { } block) return;
                    block.Sequence = _next++;
                    _block = null;
                    pipe.Send(block);
                }

                public void Close()
                {
                    Ship();
                    pipe.CompleteBuffers();
                }
            }
            """,
        ["OrderLegsFilledThenSent"] = """
            [Spliceable]
            public partial struct Leg { public long Instrument; public double Price; public int Quantity; public int Side; }

            [Spliceable]
            public sealed partial class BasketOrder
            {
                [Segment] public partial ref long Id { get; }
                [Segment(MaxLength = 256)] public partial ListSegment<Leg> Legs { get; }
            }

            public static class Gateway
            {
                public static int Submit(SpliceWriter exchange, long id, IReadOnlyList<Leg> legs)
                {
                    using BasketOrder order = BasketOrder.Rent(exchange);
                    order.Id = id;
                    ref Leg hedge = ref order.Legs.Add();
                    hedge.Instrument = 1;
                    foreach (Leg leg in legs)
                    {
                        if (order.Legs.Count == order.Legs.MaxLength) return 0;
                        order.Legs.Add(leg);
                        hedge.Quantity -= leg.Quantity;
                    }

                    ListSegment<Leg> sent = order.Legs;
                    exchange.Send(order);
                    return sent.Count;
                }
            }
            """,
        ["PictureNumberKeptBeforeSend"] = """
            [Spliceable]
            public sealed partial class Picture
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 640 * 480)] public partial Span<int> Pixels { get; }
            }

            public sealed class Camera(SpliceWriter viewer, Action<long> sent)
            {
                public async Task RunAsync(CancellationToken stop)
                {
                    for (long i = 0; !stop.IsCancellationRequested; i++)
                    {
                        Picture picture = Picture.Rent(viewer);
                        picture.Number = i;
                        picture.Pixels.Fill((int)i);
                        long number = picture.Number;
                        await viewer.SendAsync(picture, CancellationToken.None);
                        sent(number);
                    }

                    await viewer.CompleteBuffersAsync(CancellationToken.None);
                }
            }
            """,
        ["CameraCompletesBuffers"] = """
            [Spliceable]
            public sealed partial class Still
            {
                [Segment] public partial ref long Taken { get; }
                [Segment(Length = 320 * 240)] public partial Span<byte> Luma { get; }
            }

            public sealed class CameraService(string path, Func<byte[]?> grab)
            {
                public async Task RunAsync(CancellationToken ct)
                {
                    using SpliceWriter pipe = await SpliceWriter.OpenFifoAsync(path, cancellationToken: ct);
                    byte[]? image;
                    while ((image = grab()) is not null)
                    {
                        using Still still = Still.Rent(pipe);
                        if (image.Length < 320 * 240)
                        {
                            continue;
                        }

                        still.Taken = DateTime.UtcNow.Ticks;
                        image.AsSpan(0, 320 * 240).CopyTo(still.Luma);
                        await pipe.SendAsync(still, ct);
                    }

                    await pipe.CompleteBuffersAsync(ct);
                }
            }
            """,
        ["NoteLengthAskedBehindSend"] = """
            [Spliceable]
            public sealed partial class Ticket
            {
                [Segment] public partial ref long Number { get; }
                [Segment(MaxLength = 4096)] public partial TextSegment Note { get; }
            }

            public sealed class TicketPrinter(SpliceWriter printer)
            {
                public int Print(long number, string text, TimeSpan took)
                {
                    Ticket ticket = Ticket.Rent(printer);
                    ticket.Number = number;
                    TextSegment note = ticket.Note;
                    note.Set(text);
                    note.Append($" ({took.TotalMilliseconds} ms)");
                    printer.Send(ticket);
                    int length = note.Length;
                    ticket = Ticket.Rent(printer);
                    ticket.Number = number + 1;
                    ticket.Note.Set("copy");
                    printer.Send(ticket);
                    return length;
                }
            }
            """,
    };
}
