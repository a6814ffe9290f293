namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Written after it was given away.</summary>
internal sealed class MoreWritesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GiftedPageTrailerThroughPointer"] = """
            public static unsafe class PageDonor
            {
                public static long Donate(SpliceWriter pipe, ReadOnlySpan<long> values)
                {
                    PageBuffer<long> page = pipe.Rent<long>(Environment.SystemPageSize / sizeof(long));
                    long* cursor = (long*)page.Address;
                    long* trailer = cursor + page.Length - 1;
                    long sum = 0;
                    foreach (long value in values[..Math.Min(values.Length, page.Length - 1)])
                    {
                        *cursor++ = value;
                        sum += value;
                    }

                    pipe.Gift(page);
                    *trailer = sum; //~VMS2001
                    return sum;
                }
            }
            """,
        ["OverlayDrawnIntoFrameInFlight"] = """
            namespace D044;

            [Spliceable]
            public sealed partial class Frame
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 640 * 480)] public partial Span<int> Pixels { get; }
            }

            public abstract class Renderer(SpliceWriter pipe)
            {
                private long _number;

                protected abstract void Draw(Span<int> pixels);

                protected virtual void DrawOverlay(Span<int> pixels) => pixels[..640].Fill(-1);

                public void RenderOne()
                {
                    Frame frame = Frame.Rent(pipe);
                    frame.Number = _number++;
                    Span<int> canvas = frame.Pixels;
                    Draw(canvas);
                    pipe.Send(frame);
                    canvas[^640..].Clear(); //~VMS2001
                }
            }
            """,
        ["PacketCrcIntoCastHeaderAfterTransmit"] = """
            public sealed class PacketSender(SpliceWriter pipe)
            {
                private const int HeaderSize = 8;
                private int _urgent;

                public void Send(ReadOnlySpan<byte> payload)
                {
                    PageBuffer<byte> packet = pipe.Rent<byte>(HeaderSize + payload.Length);
                    payload.CopyTo(packet.Span[HeaderSize..]);
                    Span<uint> header = MemoryMarshal.Cast<byte, uint>(packet.Span[..HeaderSize]);
                    header[0] = (uint)payload.Length;
                    Transmit(packet);
                    header[1] = Sum(payload); //~VMS2001
                }

                private void Transmit(PageBuffer<byte> packet) => Deliver(packet, packet.Length < 64);

                private void Deliver(PageBuffer<byte> packet, bool urgent)
                {
                    if (urgent)
                    {
                        _urgent++;
                    }

                    pipe.Send(packet);
                }

                private static uint Sum(ReadOnlySpan<byte> bytes)
                {
                    uint sum = 0;
                    foreach (byte one in bytes)
                    {
                        sum = (sum << 1) ^ one;
                    }

                    return sum;
                }
            }
            """,
        ["RtpSequenceAfterAsyncSendStarted"] = """
            public sealed class RtpSender(SpliceWriter pipe)
            {
                private ushort _sequence;

                public async Task SendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation)
                {
                    using PageBuffer<byte> packet = pipe.Rent<byte>(payload.Length + 2);
                    Memory<byte> header = packet.Memory[..2];
                    payload.CopyTo(packet.Memory[2..]);
                    ValueTask sending = pipe.SendAsync(packet, cancellation);
                    _sequence++;
                    header.Span[0] = (byte)(_sequence >> 8); //~VMS2001
                    await sending;
                }
            }
            """,
    };
}
