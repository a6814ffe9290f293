namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Handed over twice.</summary>
internal sealed class SentTwiceWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GatheredFrameSentOnItsOwn"] = """
            [Spliceable]
            public sealed partial class Radar
            {
                [Segment] public partial ref long Sweep { get; }
                [Segment(Length = 4096)] public partial Span<float> Echoes { get; }
            }

            public sealed class RadarFeed(SpliceWriter pipe, FrozenPages<byte> preamble)
            {
                public async ValueTask SweepAsync(long sweep, float[] echoes, bool withPreamble, CancellationToken cancellation)
                {
                    Radar radar = Radar.Rent(pipe);
                    radar.Sweep = sweep;
                    echoes.CopyTo(radar.Echoes);
                    using SpliceGather gather = pipe.CreateGather();
                    if (withPreamble)
                        gather.Add(preamble);
                    gather.Add(radar);
                    await gather.SendAsync(cancellation);
                    await pipe.SendAsync(radar, cancellation); //~VMS2008
                }
            }
            """,
        ["OneFrameToEverySubscriber"] = """
            public sealed class FanOut
            {
                private readonly List<SpliceWriter> _subscribers = [];

                public void Subscribe(SpliceWriter subscriber) => _subscribers.Add(subscriber);

                public void Publish([Consumes] PageBuffer<byte> frame)
                {
                    foreach (SpliceWriter subscriber in _subscribers)
                    {
                        subscriber.Send(frame); //~VMS2008
                    }

                    frame.Dispose();
                }
            }
            """,
        ["RetryLoopSendsSameBuffer"] = """
            public sealed class RetryPolicy(int attempts, TimeSpan pause)
            {
                public int Attempts => attempts;
                public void Pause() => Thread.Sleep(pause);
            }

            public sealed class AuditSink(Func<SpliceWriter> connect, RetryPolicy policy)
            {
                private SpliceWriter _pipe = connect();

                public void Append([Consumes] PageBuffer<byte> entry)
                {
                    for (int attempt = 1; ; attempt++)
                    {
                        try
                        {
                            _pipe.Send(entry); //~VMS2008
                            return;
                        }
                        catch (IOException) when (attempt < policy.Attempts)
                        {
                            policy.Pause();
                            _pipe.Dispose();
                            _pipe = connect();
                        }
                    }
                }
            }
            """,
        ["TrailerSentAgainBehindSendAll"] = """
            public static class UploadSender
            {
                private static PageBuffer<byte> Copy(SpliceWriter pipe, ReadOnlySpan<byte> bytes)
                {
                    PageBuffer<byte> copy = pipe.Rent<byte>(bytes.Length);
                    bytes.CopyTo(copy.Span);
                    return copy;
                }

                public static void Send(SpliceWriter pipe, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, ReadOnlySpan<byte> trailer)
                {
                    PageBuffer<byte> first = Copy(pipe, header);
                    PageBuffer<byte> second = Copy(pipe, body);
                    PageBuffer<byte> last = Copy(pipe, trailer);
                    Span<PageBuffer<byte>> parts = [first, second, last];
                    pipe.SendAll<byte>(parts);
                    pipe.Send(last); //~VMS2008
                }
            }
            """,
        ["FanOutOneBufferToEverySubscriber"] = """
            public sealed class Topic(string name)
            {
                private readonly List<SpliceWriter> _subscribers = [];

                public string Name => name;

                public void Subscribe(SpliceWriter subscriber) => _subscribers.Add(subscriber);

                public void Publish(PageBuffer<byte> message)
                {
                    foreach (SpliceWriter subscriber in _subscribers)
                    {
                        subscriber.Send(message); //~VMS2008
                    }
                }
            }
            """,
        ["OutboxPostedThenSentByCaller"] = """
            public interface IOutbox
            {
                void Post([Consumes] PageBuffer<byte> message);
            }

            public sealed class PipeOutbox(SpliceWriter pipe) : IOutbox
            {
                public int Posted { get; private set; }

                public void Post([Consumes] PageBuffer<byte> message)
                {
                    pipe.Send(message);
                    Posted++;
                }
            }

            public sealed class OrderService(IOutbox outbox, SpliceWriter audit)
            {
                public void Place(long id, ReadOnlySpan<byte> order)
                {
                    PageBuffer<byte> message = audit.Rent<byte>(order.Length + sizeof(long));
                    BitConverter.TryWriteBytes(message.Span, id);
                    order.CopyTo(message.Span[sizeof(long)..]);
                    outbox.Post(message);
                    audit.Send(message); //~VMS2008
                }
            }
            """,
        ["RetryPolicySendsOneBufferAgain"] = """
            public sealed record RetryPolicy(int Attempts, TimeSpan Pause);

            public sealed class ResilientSender(Func<SpliceWriter> connect, RetryPolicy policy)
            {
                private SpliceWriter _pipe = connect();

                public void Send(PageBuffer<byte> message)
                {
                    for (int attempt = 1; ; attempt++)
                    {
                        try
                        {
                            _pipe.Send(message); //~VMS2008
                            return;
                        }
                        catch (IOException) when (attempt < policy.Attempts)
                        {
                            Thread.Sleep(policy.Pause);
                            _pipe.Dispose();
                            _pipe = connect();
                        }
                    }
                }
            }
            """,
        ["StandbyGetsBufferOfFailedPrimary"] = """
            public enum Route { Primary, Standby }

            public sealed class FailoverSender(SpliceWriter primary, SpliceWriter standby)
            {
                private long _failures;

                public Route Send(PageBuffer<long> batch)
                {
                    try
                    {
                        primary.Send(batch);
                        return Route.Primary;
                    }
                    catch (BrokenPipeException)
                    {
                        _failures++;
                    }

                    standby.Send(batch); //~VMS2008
                    return Route.Standby;
                }
            }
            """,
    };
}
