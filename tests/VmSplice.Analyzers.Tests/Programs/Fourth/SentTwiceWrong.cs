namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Buffers that are sent twice.</summary>
internal sealed class SentTwiceWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BroadcastSameBufferToSubscribers"] = """
            public sealed class Hub
            {
                private readonly List<SpliceWriter> _subscribers = [];

                public void Subscribe(SpliceWriter pipe) => _subscribers.Add(pipe);

                public void Publish(SpliceWriter pool, ReadOnlySpan<double> values)
                {
                    using PageBuffer<double> buffer = pool.Rent<double>(values.Length);
                    values.CopyTo(buffer.Span);
                    foreach (SpliceWriter subscriber in _subscribers)
                    {
                        subscriber.Send(buffer); //~VMS2008
                    }
                }
            }
            """,
        ["GatherTookBodyAndSentAgain"] = """
            using System.Text;

            public sealed class MessageSender(SpliceWriter pipe)
            {
                private static void AddAll(SpliceGather gather, FrozenPages<byte> preamble, PageBuffer<byte> body)
                {
                    gather.Add(preamble);
                    gather.Add(body);
                }

                public void Send(FrozenPages<byte> preamble, string text, bool twice)
                {
                    PageBuffer<byte> body = pipe.Rent<byte>(Encoding.UTF8.GetByteCount(text));
                    Encoding.UTF8.GetBytes(text, body.Span);
                    using SpliceGather gather = pipe.CreateGather();
                    AddAll(gather, preamble, body);
                    gather.Send();
                    if (twice)
                    {
                        pipe.Send(body); //~VMS2008
                    }
                }
            }
            """,
        ["InterfaceConsumesThenLocalGift"] = """
            public interface IOutbox
            {
                ValueTask PostAsync([Consumes] PageBuffer<byte> page, CancellationToken cancellation);
            }

            public sealed class Publisher(IOutbox outbox, SpliceWriter archive)
            {
                public async Task PublishAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation)
                {
                    PageBuffer<byte> page = archive.Rent<byte>(2 * Environment.SystemPageSize);
                    content.Span.CopyTo(page.Span);
                    await outbox.PostAsync(page, cancellation);
                    await archive.GiftAsync(page, cancellation); //~VMS2008
                }
            }
            """,
        ["SendAgainAfterCancellation"] = """
            public sealed class PatientSender(SpliceWriter pipe)
            {
                public async Task SendAsync(PageBuffer<byte> buffer, TimeSpan patience)
                {
                    using CancellationTokenSource late = new(patience);
                    try
                    {
                        await pipe.SendAsync(buffer, late.Token);
                    }
                    catch (OperationCanceledException)
                    {
                        Console.Error.WriteLine("the reader is slow");
                        await pipe.SendAsync(buffer); //~VMS2008
                    }
                }
            }
            """,
        ["SendAsyncSameBufferUnderWhenAll"] = """
            public sealed class Mirror(SpliceWriter primary, SpliceWriter replica)
            {
                public async Task ReplicateAsync(Stream source, CancellationToken cancellation)
                {
                    PageBuffer<byte> block = primary.Rent<byte>(1 << 20);
                    await source.ReadExactlyAsync(block.Memory, cancellation);
                    await Task.WhenAll(
                        primary.SendAsync(block, cancellation).AsTask(),
                        replica.SendAsync(block, cancellation).AsTask()); //~VMS2008
                }
            }
            """,
        ["FailoverSendsConsumedBuffer"] = """
            public sealed class Failover(SpliceWriter primary, SpliceWriter standby)
            {
                public bool Degraded { get; private set; }

                public void Deliver(ReadOnlySpan<byte> message)
                {
                    PageBuffer<byte> buffer = primary.Rent<byte>(message.Length);
                    message.CopyTo(buffer.Span);
                    try
                    {
                        primary.Send(buffer);
                    }
                    catch (IOException)
                    {
                        Degraded = true;
                        standby.Send(buffer); //~VMS2008
                    }
                }
            }
            """,
        ["OneBufferForEverySubscriber"] = """
            public sealed class Topic
            {
                private readonly List<SpliceWriter> _subscribers = [];

                public void Subscribe(SpliceWriter writer) => _subscribers.Add(writer);

                public void Publish(ReadOnlySpan<byte> message)
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(message.Length);
                    message.CopyTo(buffer.Span);
                    foreach (SpliceWriter subscriber in _subscribers)
                    {
                        subscriber.Send(buffer); //~VMS2008
                    }
                }
            }
            """,
    };
}
