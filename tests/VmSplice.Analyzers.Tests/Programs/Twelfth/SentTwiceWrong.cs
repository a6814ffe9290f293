namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Buffers that are sent twice.</summary>
internal sealed class SentTwiceWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FallbackInCatch"] = """
            namespace Delivery.Failover;

            public sealed class FailoverSender(SpliceWriter main, SpliceWriter standby, Action<string> log)
            {
                private bool _onStandby;

                public void Send(PageBuffer<byte> message)
                {
                    if (_onStandby)
                    {
                        standby.Send(message);
                        return;
                    }

                    try
                    {
                        main.Send(message);
                    }
                    catch (IOException e)
                    {
                        _onStandby = true;
                        log($"main is gone, going on with the standby: {e.Message}");
                        standby.Send(message); //~VMS2008
                    }
                }
            }
            """,
        ["GatheredAndSent"] = """
            namespace Rpc.Responses;

            public sealed class ResponseWriter(SpliceWriter pipe, SpliceWriter? audit)
            {
                private long _elements;

                private static PageBuffer<T> Copy<T>(SpliceWriter writer, ReadOnlySpan<T> content)
                    where T : unmanaged
                {
                    PageBuffer<T> buffer = writer.Rent<T>(content.Length);
                    content.CopyTo(buffer.Span);
                    return buffer;
                }

                private void Collect<T>(SpliceGather gather, PageBuffer<T> part)
                    where T : unmanaged
                {
                    _elements += part.Length;
                    gather.Add(part);
                }

                public long Respond(ReadOnlySpan<byte> headers, ReadOnlySpan<double> body)
                {
                    PageBuffer<byte> first = Copy(pipe, headers);
                    PageBuffer<double> second = Copy(pipe, body);
                    using SpliceGather gather = pipe.CreateGather();
                    Collect(gather, first);
                    Collect(gather, second);
                    gather.Send();
                    if (audit is { } log)
                    {
                        log.Send(first); //~VMS2008
                    }

                    return _elements;
                }
            }
            """,
    };
}
