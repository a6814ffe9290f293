namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Pages that are frozen and sent often.</summary>
internal sealed class FrozenRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PreviewWhileFrozen"] = """
            namespace Cdn.Edge;

            public sealed class AssetFanout(IReadOnlyList<SpliceWriter> edges)
            {
                private readonly Dictionary<string, string> _previews = [];

                public int Push(string name, byte[] content)
                {
                    if (content.Length == 0)
                    {
                        return 0;
                    }

                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(content.Length);
                    Span<byte> all = buffer.Span;
                    content.CopyTo(all);
                    ReadOnlySpan<byte> before = all[..Math.Min(all.Length, 12)];
                    int sent = 0;
                    using (FrozenPages<byte> pages = buffer.Freeze())
                    {
                        foreach (SpliceWriter edge in edges)
                        {
                            edge.Send(pages);
                            sent++;
                        }

                        // Frozen pages stay readable, also by a span that was taken before.
                        _previews[name] = Convert.ToHexString(before) + ":" + Convert.ToHexString(pages.Span[^1..]);
                    }

                    return sent;
                }
            }
            """,
        ["FrozenFailover"] = """
            namespace Delivery.Failover;

            public sealed class FailoverSender(SpliceWriter main, SpliceWriter standby, Action<string> log)
            {
                private bool _onStandby;

                public void Send([Consumes] PageBuffer<byte> message)
                {
                    if (_onStandby)
                    {
                        standby.Send(message);
                        return;
                    }

                    using FrozenPages<byte> pages = message.Freeze();
                    try
                    {
                        main.Send(pages);
                    }
                    catch (BrokenPipeException e)
                    {
                        _onStandby = true;
                        log($"main is gone, {pages.Length} bytes go to the standby: {e.Message}");
                        standby.Send(pages);
                    }
                }
            }
            """,
        ["GatherWithFrozenBody"] = """
            namespace Rpc.Responses;

            public sealed class ResponseWriter(SpliceWriter pipe, SpliceWriter? audit)
            {
                private long _bytes;

                private static PageBuffer<byte> Copy(SpliceWriter writer, ReadOnlySpan<byte> content)
                {
                    PageBuffer<byte> buffer = writer.Rent<byte>(content.Length);
                    content.CopyTo(buffer.Span);
                    return buffer;
                }

                private void Collect(SpliceGather gather, [Consumes] PageBuffer<byte> part)
                {
                    _bytes += part.Length;
                    gather.Add(part);
                }

                public long Respond(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> body)
                {
                    using FrozenPages<byte> frozen = Copy(pipe, body).Freeze();
                    using SpliceGather gather = pipe.CreateGather();
                    Collect(gather, Copy(pipe, headers));
                    gather.Add(frozen);
                    gather.Send();
                    if (audit is { } log)
                    {
                        log.Send(frozen);
                    }

                    return _bytes + frozen.Length;
                }
            }
            """,
        ["PreambleBeforeFreeze"] = """
            using System.Runtime.InteropServices;

            namespace Broadcast.Preamble;

            public sealed class PreambleSender : IDisposable
            {
                private readonly FrozenPages<int> _preamble;
                private readonly int _sum;

                public PreambleSender(int channels)
                {
                    PageBuffer<int> buffer = PageBuffer<int>.Allocate(1024);
                    Span<int> words = buffer.Span;
                    words[0] = 0x50524531;
                    for (int i = 0; i < channels; i++)
                    {
                        words[i + 8] = i;
                    }

                    WriteLength(words, channels);
                    _preamble = buffer.Freeze();
                    foreach (int word in words)
                    {
                        _sum += word;
                    }
                }

                public int Sum => _sum;

                private static void WriteLength(Span<int> words, int channels)
                {
                    ref int length = ref MemoryMarshal.GetReference(words[1..]);
                    length = channels * sizeof(int);
                }

                public void SendTo(SpliceWriter listener) => listener.Send(_preamble);

                public void Dispose() => _preamble.Dispose();
            }
            """,
    };
}
