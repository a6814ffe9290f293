namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Buffers, and right.</summary>
internal sealed class MoreBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FlushHelperReplacesByRef"] = """
            public sealed class RowPacker(SpliceWriter pipe)
            {
                private const int Cells = 4096;

                public void Pack(IEnumerable<double[]> rows)
                {
                    PageBuffer<double> page = pipe.Rent<double>(Cells);
                    int used = 0;
                    foreach (double[] row in rows)
                    {
                        if (used + row.Length > Cells)
                            Turn(ref page, ref used);

                        row.CopyTo(page.Span[used..]);
                        used += row.Length;
                    }

                    pipe.Send(page, used);
                }

                private void Turn(ref PageBuffer<double> page, ref int used)
                {
                    pipe.Send(page, used);
                    page = pipe.Rent<double>(Cells);
                    used = 0;
                }
            }
            """,
        ["HarnessWithBothDirections"] = """
            public static class ChildHarness
            {
                public static int Ask(string program, byte[] question, byte[] answer)
                {
                    using AnonymousPipeServerStream requests = new(PipeDirection.Out, HandleInheritability.Inheritable);
                    using AnonymousPipeServerStream responses = new(PipeDirection.In, HandleInheritability.Inheritable);
                    using Process child = Process.Start(program, [requests.GetClientHandleAsString(), responses.GetClientHandleAsString()]);
                    requests.DisposeLocalCopyOfClientHandle();
                    responses.DisposeLocalCopyOfClientHandle();
                    using (SpliceWriter writer = SpliceWriter.Open(requests))
                    {
                        writer.Write(question);
                    }

                    using SpliceReader reader = SpliceReader.Open(responses);
                    int filled = 0;
                    while (filled < answer.Length && reader.Read(answer.AsSpan(filled)) is > 0 and var count)
                        filled += count;

                    child.WaitForExit();
                    return filled;
                }
            }
            """,
        ["LengthAskedBehindGenericDelivery"] = """
            [Spliceable]
            public partial struct Quote { public long Time; public long Bid; public long Ask; }

            static class Delivery
            {
                public static bool Deliver<T>(this SpliceWriter pipe, PageBuffer<T> batch) where T : unmanaged
                {
                    if (batch.Length == 0)
                    {
                        batch.Dispose();
                        return false;
                    }

                    pipe.Send(batch);
                    return true;
                }
            }

            public sealed class QuoteGateway(SpliceWriter downstream)
            {
                public long Published { get; private set; }

                public void Publish(ReadOnlySpan<Quote> quotes, long now)
                {
                    PageBuffer<Quote> batch = downstream.Rent<Quote>(quotes.Length);
                    quotes.CopyTo(batch.Span);
                    Span<long> words = MemoryMarshal.Cast<Quote, long>(batch.Span);
                    for (int i = 0; i < words.Length; i += 3)
                        words[i] = now;

                    if (downstream.Deliver(batch))
                        Published += batch.Length;
                }
            }
            """,
        ["LineAppenderRenewedWithEachPage"] = """
            using System.Buffers.Binary;
            using System.Text;

            ref struct LineAppender(Span<byte> room)
            {
                private readonly Span<byte> _room = room;

                public int Used { get; private set; } = 4;
                public int Lines { get; private set; }

                public bool TryAppend(ReadOnlySpan<char> line)
                {
                    if (!Encoding.UTF8.TryGetBytes(line, _room[Used..^1], out int written))
                        return false;

                    Used += written;
                    _room[Used++] = (byte)'\n';
                    Lines++;
                    BinaryPrimitives.WriteInt32LittleEndian(_room, Lines);
                    return true;
                }
            }

            public sealed class LogShipper(SpliceWriter pipe)
            {
                private const int PageBytes = 64 * 1024;

                public void Ship(string[] lines)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(PageBytes);
                    LineAppender appender = new(page.Span);
                    foreach (string line in lines)
                    {
                        if (!appender.TryAppend(line))
                        {
                            pipe.Send(page, appender.Used);
                            page = pipe.Rent<byte>(PageBytes);
                            appender = new(page.Span);
                            if (!appender.TryAppend(line))
                                throw new ArgumentException("a line is longer than a page", nameof(lines));
                        }
                    }

                    pipe.Send(page, appender.Used);
                }
            }
            """,
        ["NullablePendingPageCleared"] = """
            public sealed class CoalescingWriter(SpliceWriter pipe) : IDisposable
            {
                private PageBuffer<byte>? _pending;
                private int _used;

                public void Write(ReadOnlySpan<byte> bytes)
                {
                    if (_pending is { } page && page.Length - _used < bytes.Length)
                    {
                        pipe.Send(page, _used);
                        _pending = null;
                    }

                    if (_pending is null)
                    {
                        _pending = pipe.Rent<byte>(Math.Max(bytes.Length, 32 * 1024));
                        _used = 0;
                    }

                    bytes.CopyTo(_pending.Value.Span[_used..]);
                    _used += bytes.Length;
                }

                public void Dispose()
                {
                    if (_pending is { } page)
                    {
                        pipe.Send(page, _used);
                        _pending = null;
                    }
                }
            }
            """,
        ["OutcomeTakenBeforeTheSend"] = """
            public readonly record struct SendOutcome(bool Ok, int Elements, long Sequence, PageBufferState State);

            public sealed class OrderGateway(SpliceWriter exchange)
            {
                private long _sequence;

                public SendOutcome Submit(ReadOnlySpan<long> legs)
                {
                    using PageBuffer<long> order = exchange.Rent<long>(legs.Length + 1);
                    order[0] = ++_sequence;
                    legs.CopyTo(order.Span[1..]);
                    long sequence = order[0];
                    exchange.Send(order);
                    return new SendOutcome(true, order.Length, sequence, order.State);
                }
            }
            """,
        ["PartsArrayFilledAnewEachRound"] = """
            public sealed class StripeSender(SpliceWriter pipe, int stripes)
            {
                public void Send(ReadOnlySpan<byte> data, int rounds)
                {
                    var parts = new PageBuffer<byte>[stripes];
                    int size = data.Length / (rounds * stripes);
                    for (int round = 0; round < rounds; round++)
                    {
                        for (int i = 0; i < parts.Length; i++)
                        {
                            parts[i] = pipe.Rent<byte>(size);
                            data.Slice((round * stripes + i) * size, size).CopyTo(parts[i].Span);
                        }

                        pipe.SendAll<byte>(parts);
                        Array.Clear(parts);
                    }
                }
            }
            """,
    };
}
