namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Slots and batches used after the next.</summary>
internal sealed class SlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PipeWriterMemoryBehindFlush"] = """
            using System.Buffers.Binary;

            public sealed class BlockFramer(SpliceWriter pipe)
            {
                public async Task FrameAsync(Stream source, CancellationToken cancellation)
                {
                    PipeWriter writer = pipe.AsPipeWriter(leaveOpen: true);
                    Memory<byte> prefix = writer.GetMemory(4)[..4];
                    writer.Advance(4);
                    byte[] body = new byte[16 * 1024];
                    int total = await source.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation);
                    await writer.WriteAsync(body.AsMemory(0, total), cancellation);
                    BinaryPrimitives.WriteInt32LittleEndian(prefix.Span, total); //~VMS2003
                    await writer.FlushAsync(cancellation);
                    await writer.CompleteAsync();
                }
            }
            """,
        ["AsyncIteratorNullableBatchBefore"] = """
            [Spliceable]
            public partial struct Sample { public long Time; public double Value; }

            public sealed class Silence(RecordReader<Sample> source, long threshold)
            {
                public async IAsyncEnumerable<long> PausesAsync([EnumeratorCancellation] CancellationToken cancellation = default)
                {
                    ReadOnlyMemory<Sample>? before = null;
                    await foreach (ReadOnlyMemory<Sample> batch in source.WithCancellation(cancellation))
                    {
                        if (before is { } old)
                        {
                            long pause = batch.Span[0].Time - old.Span[^1].Time; //~VMS2003
                            if (pause > threshold)
                            {
                                yield return pause;
                            }
                        }

                        before = batch;
                    }
                }
            }
            """,
        ["BrokerMessageEncodedAfterLookAhead"] = """
            [Spliceable]
            public partial struct Event { public long Id; public long Time; }

            public interface IBroker
            {
                void Publish(ReadOnlyMemory<byte> message, bool last);
            }

            public sealed class BrokerBridge(RecordReader<Event> events, IBroker broker)
            {
                public long Run()
                {
                    long messages = 0;
                    ReadOnlySpan<Event> ready = events.ReadBatch();
                    while (!ready.IsEmpty)
                    {
                        // The last message says so, hence the look ahead.
                        ReadOnlySpan<Event> next = events.ReadBatch();
                        ArrayBufferWriter<byte> message = new();
                        RecordCodec.Encode(ready, message); //~VMS2003
                        broker.Publish(message.WrittenMemory, next.IsEmpty);
                        ready = next;
                        messages++;
                    }

                    return messages;
                }
            }
            """,
        ["FillsRoomBySwitchMarkedAfterFlush"] = """
            public enum Burst { Single, Small, Large }

            [Spliceable]
            public partial struct Execution { public long Order; public int Quantity; public int Flags; }

            public sealed class ExecutionWriter(RecordWriter<Execution> executions)
            {
                private const int Sent = 4;

                public void Publish(Burst burst, ReadOnlySpan<long> orders)
                {
                    Span<Execution> room = burst switch
                    {
                        Burst.Single => executions.GetSpan(1),
                        Burst.Small => executions.GetSpan(16),
                        _ => executions.GetSpan(256),
                    };

                    int count = Math.Min(orders.Length, room.Length);
                    room = room[..count];
                    for (int i = 0; i < count; i++)
                    {
                        room[i] = new Execution { Order = orders[i], Quantity = 1 };
                    }

                    executions.Advance(count);
                    executions.Flush();
                    foreach (ref Execution execution in room)
                    {
                        execution.Flags |= Sent; //~VMS2003
                    }
                }
            }
            """,
        ["GapDetectorPreviousSpan"] = """
            [Spliceable]
            public partial struct Packet { public long Sequence; public long ReceivedAt; }

            public readonly record struct GapReport(int Gaps, long Packets);

            public static class GapDetector
            {
                public static GapReport Run(RecordReader<Packet> feed)
                {
                    int gaps = 0;
                    ReadOnlySpan<Packet> previous = default;
                    for (; ; )
                    {
                        ReadOnlySpan<Packet> current = feed.ReadBatch();
                        if (current.IsEmpty)
                        {
                            return new GapReport(gaps, feed.RecordsRead);
                        }

                        if (previous.Length > 0)
                        {
                            long expected = previous[^1].Sequence + 1; //~VMS2003
                            gaps += current[0].Sequence == expected ? 0 : 1;
                        }

                        for (int i = 1; i < current.Length; i++)
                        {
                            gaps += current[i].Sequence == current[i - 1].Sequence + 1 ? 0 : 1;
                        }

                        previous = current;
                    }
                }
            }
            """,
        ["GenericSinkBaseReserveParentAndChild"] = """
            [Spliceable]
            public partial struct Fill { public long Id; public long Parent; public int Quantity; public int Left; }

            public abstract class Sink<T>(RecordWriter<T> writer) where T : unmanaged, ISpliceable<T>
            {
                protected long Reserved { get; private set; }

                protected ref T Reserve()
                {
                    Reserved++;
                    return ref writer.Next();
                }

                public void Close()
                {
                    writer.Complete();
                    writer.Dispose();
                }
            }

            public sealed class FillSink(RecordWriter<Fill> writer) : Sink<Fill>(writer)
            {
                public void Split(long id, int quantity, int firstPart)
                {
                    ref Fill parent = ref Reserve();
                    parent.Id = id;
                    parent.Quantity = quantity;

                    ref Fill child = ref Reserve();
                    child.Id = id + 1;
                    child.Parent = id;
                    child.Quantity = firstPart;

                    parent.Left = quantity - firstPart; //~VMS2003
                }
            }
            """,
        ["LengthPrefixIntoFlushedPipeWriterMemory"] = """
            using System.Buffers.Binary;

            public sealed class MessageGateway(SpliceWriter pipe)
            {
                public async Task RunAsync(IAsyncEnumerable<byte[]> messages, CancellationToken cancellation)
                {
                    PipeWriter writer = pipe.AsPipeWriter();
                    await foreach (byte[] message in messages.WithCancellation(cancellation))
                    {
                        Memory<byte> frame = writer.GetMemory(4 + message.Length);
                        message.CopyTo(frame[4..]);
                        writer.Advance(4 + message.Length);
                        FlushResult flushed = await writer.FlushAsync(cancellation);
                        BinaryPrimitives.WriteInt32LittleEndian(frame.Span, message.Length); //~VMS2003
                        if (flushed.IsCompleted)
                        {
                            break;
                        }
                    }

                    await writer.CompleteAsync();
                }
            }
            """,
    };
}
