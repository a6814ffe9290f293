namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Memory that is written after it was given away.</summary>
internal sealed class WritesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BurstForwarder"] = """
            // Seismology: bursts of samples come as an async stream, each goes out as one block.
            public interface IBurstSource
            {
                IAsyncEnumerable<ReadOnlyMemory<float>> ReadBurstsAsync(CancellationToken cancellation);
            }

            public sealed class BurstForwarder(IBurstSource source, SpliceWriter output)
            {
                private const int MostSamples = 16 * 1024;

                public async Task<int> RunAsync(CancellationToken cancellation)
                {
                    int bursts = 0;
                    using PageBuffer<float> block = output.Rent<float>(MostSamples);
                    await foreach (ReadOnlyMemory<float> burst in source.ReadBurstsAsync(cancellation))
                    {
                        burst.Span[..Math.Min(burst.Length, MostSamples)].CopyTo(block.Span); //~VMS2001
                        await output.SendAsync(block);
                        bursts++;
                    }

                    return bursts;
                }
            }
            """,
        ["FrozenFlagPatch"] = """
            // Broadcasting: a programme table is frozen for all receivers; behind the first one its flag says "repeat".
            public sealed class ProgrammeTable(IEnumerable<SpliceWriter> receivers)
            {
                public int Announce(ReadOnlySpan<byte> table)
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(table.Length);
                    table.CopyTo(buffer.Span);
                    using FrozenPages<byte> pages = buffer.Freeze();
                    ref byte flags = ref MemoryMarshal.GetReference(pages.Span);
                    int sent = 0;
                    foreach (SpliceWriter receiver in receivers)
                    {
                        receiver.Send(pages);
                        sent++;
                    }

                    flags |= 0x80; //~VMS2012
                    return sent;
                }
            }
            """,
        ["SegmentedMessage"] = """
            using System.Buffers.Binary;

            // RPC framing: a message is a head with the length, and a body.
            public readonly record struct MessageParts(Memory<byte> Head, Memory<byte> Body)
            {
                public static MessageParts Of(Memory<byte> all) => new(all[..8], all[8..]);
            }

            public sealed class RpcChannel(SpliceWriter pipe)
            {
                private int _calls;

                public int Call(ReadOnlySpan<byte> arguments)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(32 * 1024);
                    (Memory<byte> head, Memory<byte> body) = MessageParts.Of(buffer.Memory);
                    arguments.CopyTo(body.Span);
                    BinaryPrimitives.WriteInt32LittleEndian(head.Span, arguments.Length);
                    pipe.Send(buffer);
                    BinaryPrimitives.WriteInt32LittleEndian(head.Span[4..], ++_calls); //~VMS2001
                    return _calls;
                }
            }
            """,
        ["TapeHeaderView"] = """
            // Trading: a block of the tape has eight words of header before its prices.
            public readonly ref struct TapeView(Span<long> all)
            {
                private readonly Span<long> _all = all;

                public Span<long> Header => _all[..8];

                public Span<long> Prices => _all[8..];
            }

            public sealed class TapePublisher(SpliceWriter pipe, TimeProvider clock)
            {
                private const int BlockLength = 4096;
                private long _sequence;

                public long Publish(ReadOnlySpan<long> prices)
                {
                    using PageBuffer<long> block = pipe.Rent<long>(BlockLength);
                    var view = new TapeView(block.Span);
                    view.Header[0] = ++_sequence;
                    view.Header[1] = prices.Length;
                    prices[..Math.Min(prices.Length, view.Prices.Length)].CopyTo(view.Prices);
                    pipe.Send(block);
                    view.Header[2] = clock.GetTimestamp(); //~VMS2001
                    return _sequence;
                }
            }
            """,
        ["WatermarkAfterSend"] = """
            // Video: every hundredth frame gets a watermark, drawn by a local function.
            [Spliceable]
            public sealed partial class Still
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 640 * 360)] public partial Span<int> Pixels { get; }
            }

            public sealed class StillCamera(SpliceWriter pipe)
            {
                private const int Width = 640;

                public void Shoot(long number, int background, int mark)
                {
                    Still still = Still.Rent(pipe);
                    still.Number = number;
                    still.Pixels.Fill(background);
                    pipe.Send(still);
                    DrawMark(x: 16, y: 16);

                    void DrawMark(int x, int y)
                    {
                        int corner = (y * Width) + x;
                        still.Pixels[corner] = mark; //~VMS2001
                    }
                }
            }
            """,
    };
}
