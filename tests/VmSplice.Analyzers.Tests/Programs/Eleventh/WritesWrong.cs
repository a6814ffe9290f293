namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Writes to buffers that were sent, gifted or frozen.</summary>
internal sealed class WritesWrong : IPrograms
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
                /// <summary>Sends one mono block as two planar channels.</summary>
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

                    // Leave the channel silent for the next block.
                    stereo.Right.Clear(); //~VMS2001
                }
            }
            """,
        ["PacketStamp"] = """
            using System.Buffers.Binary;
            using System.Diagnostics;

            public static class PacketPublisher
            {
                private const int HeaderSize = 16;

                public static void Publish(SpliceWriter pipe, ReadOnlySpan<byte> body)
                {
                    using PageBuffer<byte> packet = pipe.Rent<byte>(HeaderSize + body.Length);
                    Memory<byte> header = packet.Memory[..HeaderSize];
                    body.CopyTo(packet.Span[HeaderSize..]);
                    Stamp(0);
                    pipe.Send(packet);
                    Stamp(8);

                    void Stamp(int at)
                    {
                        BinaryPrimitives.WriteInt64LittleEndian(header.Span[at..], Stopwatch.GetTimestamp()); //~VMS2001
                    }
                }
            }
            """,
        ["Sequence"] = """
            using System.Buffers.Binary;

            namespace Updates;

            public sealed class Distributor(IReadOnlyList<SpliceWriter> clients)
            {
                public void Send(ReadOnlySpan<byte> update)
                {
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(4 + update.Length);
                    Span<byte> sequence = buffer.Span[..4];
                    update.CopyTo(buffer.Span[4..]);
                    using FrozenPages<byte> pages = buffer.Freeze();
                    for (int i = 0; i < clients.Count; i++)
                    {
                        BinaryPrimitives.WriteInt32LittleEndian(sequence, i); //~VMS2012
                        clients[i].Send(pages);
                    }
                }
            }
            """,
    };
}
