namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Frozen pages, and right.</summary>
internal sealed class FrozenRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FrozenCacheSendsSamePageForYears"] = """
            public sealed class IconServer(SpliceWriter pool) : IDisposable
            {
                private readonly ConcurrentDictionary<string, FrozenPages<byte>> _icons = new();

                public void Serve(SpliceWriter client, string path)
                {
                    FrozenPages<byte> icon = _icons.GetOrAdd(path, Load);
                    client.Send(icon);
                    Console.Error.WriteLine($"{path}: {icon.Length} bytes, {icon.Span.Count((byte)0)} of them zero");
                    client.Send(icon);
                }

                private FrozenPages<byte> Load(string path)
                {
                    using FileStream file = File.OpenRead(path);
                    PageBuffer<byte> page = pool.Rent<byte>((int)file.Length);
                    file.ReadExactly(page.Span);
                    return page.Freeze();
                }

                public void Dispose()
                {
                    foreach (FrozenPages<byte> icon in _icons.Values)
                    {
                        icon.Dispose();
                    }

                    _icons.Clear();
                }
            }
            """,
        ["FrozenOnceSentToAllSubscribers"] = """
            public sealed class Hub
            {
                private readonly List<SpliceWriter> _subscribers = [];

                public void Subscribe(SpliceWriter pipe) => _subscribers.Add(pipe);

                public double Publish(SpliceWriter pool, ReadOnlySpan<double> values)
                {
                    PageBuffer<double> buffer = pool.Rent<double>(values.Length);
                    values.CopyTo(buffer.Span);
                    ReadOnlySpan<double> before = buffer.Span;
                    using FrozenPages<double> pages = buffer.Freeze();
                    foreach (SpliceWriter subscriber in _subscribers)
                    {
                        subscriber.Send(pages);
                    }

                    return before.IsEmpty ? 0 : before[0] + pages.Span[^1];
                }
            }
            """,
        ["GatherFilledAndSentEachRound"] = """
            using System.Text;

            public sealed class MessageSender(SpliceWriter pipe)
            {
                private static void AddBody(SpliceGather gather, PageBuffer<byte> body) => gather.Add(body);

                public void SendAll(FrozenPages<byte> preamble, IEnumerable<string> texts)
                {
                    using SpliceGather gather = pipe.CreateGather();
                    foreach (string text in texts)
                    {
                        PageBuffer<byte> body = pipe.Rent<byte>(Encoding.UTF8.GetByteCount(text));
                        Encoding.UTF8.GetBytes(text, body.Span);
                        gather.Add(preamble);
                        AddBody(gather, body);
                        gather.Send();
                    }
                }
            }
            """,
        ["NewFrozenTemplateForEachNumber"] = """
            using System.Buffers.Binary;

            public sealed class KeepAlive(SpliceWriter pipe)
            {
                public void Run(CancellationToken stopping)
                {
                    PageBuffer<byte> filler = pipe.Rent<byte>(16384);
                    filler.Span.Fill(0x20);
                    using FrozenPages<byte> template = filler.Freeze();
                    Span<byte> number = stackalloc byte[8];
                    for (long i = 0; !stopping.IsCancellationRequested; i++)
                    {
                        BinaryPrimitives.WriteInt64LittleEndian(number, i);
                        pipe.Write<byte>(number);
                        pipe.Send(template);
                        stopping.WaitHandle.WaitOne(1000);
                    }
                }
            }
            """,
        ["EverySwitchArmEndsTheBuffer"] = """
            public enum Verdict { Keep, Drop, Archive }

            public static class Filter
            {
                public static void Handle(SpliceWriter pipe, SpliceWriter archive, Func<ReadOnlySpan<byte>, Verdict> judge, ReadOnlySpan<byte> packet)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(packet.Length);
                    packet.CopyTo(buffer.Span);
                    switch (judge(buffer.Span))
                    {
                        case Verdict.Keep:
                            pipe.Send(buffer);
                            break;
                        case Verdict.Archive:
                            using (FrozenPages<byte> pages = buffer.Freeze())
                            {
                                pipe.Send(pages);
                                archive.Send(pages);
                            }

                            break;
                        default:
                            buffer.Dispose();
                            break;
                    }
                }
            }
            """,
        ["FailoverSendsFrozenPagesAgain"] = """
            public sealed class Failover(SpliceWriter primary, SpliceWriter standby)
            {
                public bool Degraded { get; private set; }

                public void Deliver(ReadOnlySpan<byte> message)
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(message.Length);
                    message.CopyTo(buffer.Span);
                    using FrozenPages<byte> pages = buffer.Freeze();
                    try
                    {
                        primary.Send(pages);
                    }
                    catch (IOException)
                    {
                        Degraded = true;
                        standby.Send(pages);
                    }
                }
            }
            """,
        ["FrozenTemplateReadThroughOldSpan"] = """
            public sealed class Template : IDisposable
            {
                private readonly FrozenPages<byte> _pages;

                public Template(ReadOnlySpan<byte> text, int year)
                {
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(text.Length + 4);
                    Span<byte> all = buffer.Span;
                    text.CopyTo(all);
                    if (!year.TryFormat(all[text.Length..], out int digits) || digits != 4)
                    {
                        buffer.Dispose();
                        throw new ArgumentException("four digits", nameof(year));
                    }

                    _pages = buffer.Freeze();
                    Checksum = 0;
                    foreach (byte b in all)
                    {
                        Checksum += b;
                    }
                }

                public int Checksum { get; }

                public void SendTo(SpliceWriter pipe) => pipe.Send(_pages);

                public void Dispose() => _pages.Dispose();
            }
            """,
    };
}
