namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Frozen pages, and right.</summary>
internal sealed class FrozenRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FailoverResendsFrozenPages"] = """
            public static class Failover
            {
                public static int Deliver(IReadOnlyList<SpliceWriter> replicas, [Consumes] PageBuffer<byte> update)
                {
                    using FrozenPages<byte> pages = update.Freeze();
                    for (int i = 0; i < replicas.Count; i++)
                    {
                        try
                        {
                            replicas[i].Send(pages);
                            return i;
                        }
                        catch (BrokenPipeException) when (i + 1 < replicas.Count)
                        {
                        }
                    }

                    return -1;
                }
            }
            """,
        ["FrozenBeatAndItsNumberApart"] = """
            public static class KeepAlive
            {
                public static void Run(SpliceWriter pipe, int rounds)
                {
                    PageBuffer<long> draft = PageBuffer<long>.Allocate(2);
                    Span<long> words = draft.Span;
                    words[0] = 0x4B454550414C4956;
                    using FrozenPages<long> beat = draft.Freeze();
                    for (int i = 0; i < rounds; i++)
                    {
                        pipe.Send(beat);
                        PageBuffer<long> number = pipe.Rent<long>(1);
                        words = number.Span;
                        words[0] = i;
                        pipe.Send(number);
                    }
                }
            }
            """,
        ["FrozenFrameToEverySubscriber"] = """
            public sealed class AsyncFanOut(IReadOnlyCollection<SpliceWriter> subscribers)
            {
                public async Task PublishAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
                {
                    PageBuffer<byte> draft = PageBuffer<byte>.Allocate(frame.Length);
                    frame.Span.CopyTo(draft.Span);
                    using FrozenPages<byte> pages = draft.Freeze();
                    await Task.WhenAll(subscribers.Select(one => one.SendAsync(pages, cancellation).AsTask()));
                }
            }
            """,
        ["GatherWithFrozenPreambleEveryRound"] = """
            public sealed class VolumeWriter : IDisposable
            {
                private readonly SpliceWriter _pipe;
                private readonly SpliceGather _gather;
                private readonly FrozenPages<byte> _preamble;

                public VolumeWriter(SpliceWriter pipe)
                {
                    _pipe = pipe;
                    _gather = pipe.CreateGather();
                    PageBuffer<byte> draft = PageBuffer<byte>.Allocate(8);
                    "VOLUME01"u8.CopyTo(draft.Span);
                    _preamble = draft.Freeze();
                }

                public void Write(byte[][] members)
                {
                    PageBuffer<int> table = _pipe.Rent<int>(members.Length);
                    int offset = 0;
                    for (int i = 0; i < members.Length; i++)
                    {
                        table[i] = offset;
                        offset += members[i].Length;
                    }

                    _gather.Add(_preamble);
                    _gather.Add(table);
                    foreach (byte[] member in members)
                    {
                        PageBuffer<byte> body = _pipe.Rent<byte>(member.Length);
                        member.CopyTo(body.Span);
                        _gather.Add(body);
                    }

                    _gather.Send();
                }

                public void Dispose()
                {
                    _gather.Dispose();
                    _preamble.Dispose();
                }
            }
            """,
        ["SpanOfFrozenBufferIsRead"] = """
            using System.Security.Cryptography;

            public sealed class PageTemplate : IDisposable
            {
                private readonly FrozenPages<byte> _pages;

                public string Digest { get; }

                public PageTemplate(ReadOnlySpan<byte> html)
                {
                    PageBuffer<byte> draft = PageBuffer<byte>.Allocate(html.Length);
                    html.CopyTo(draft.Span);
                    ReadOnlySpan<byte> view = draft.Span;
                    _pages = draft.Freeze();
                    Digest = Convert.ToHexString(SHA256.HashData(view));
                }

                public void Answer(SpliceWriter client) => client.Send(_pages);

                public void Dispose() => _pages.Dispose();
            }
            """,
        ["AssetTagOfFrozenPages"] = """
            public sealed record Asset(FrozenPages<byte> Pages, int Tag);

            public sealed class AssetCache(SpliceWriter pipe) : IDisposable
            {
                private readonly Dictionary<string, Asset> _assets = [];

                public void Add(string name, ReadOnlySpan<byte> content)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(content.Length);
                    Span<byte> filled = buffer.Span;
                    content.CopyTo(filled);
                    FrozenPages<byte> pages = buffer.Freeze();
                    HashCode tag = default;
                    tag.AddBytes(pages.Span);
                    int first = filled.IsEmpty ? 0 : filled[0];
                    _assets[name] = new Asset(pages, tag.ToHashCode() ^ first);
                }

                public void Serve(string name, IEnumerable<SpliceWriter> clients)
                {
                    Asset asset = _assets[name];
                    foreach (SpliceWriter client in clients)
                    {
                        client.Send(asset.Pages);
                    }
                }

                public void Dispose()
                {
                    foreach (Asset asset in _assets.Values)
                    {
                        asset.Pages.Dispose();
                    }

                    _assets.Clear();
                }
            }
            """,
        ["StandbyGetsFrozenPages"] = """
            public enum Route { Primary, Standby }

            public sealed class FailoverSender(SpliceWriter primary, SpliceWriter standby)
            {
                public Route Send([Consumes] PageBuffer<long> batch)
                {
                    using FrozenPages<long> pages = batch.Freeze();
                    try
                    {
                        primary.Send(pages);
                        return Route.Primary;
                    }
                    catch (BrokenPipeException)
                    {
                        standby.Send(pages);
                        return Route.Standby;
                    }
                }
            }
            """,
    };
}
