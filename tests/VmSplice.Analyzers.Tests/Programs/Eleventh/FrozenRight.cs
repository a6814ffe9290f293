namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Pages that are frozen and sent often.</summary>
internal sealed class FrozenRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Banner"] = """
            using System.Text;

            public static class BannerTool
            {
                public static string SendBanner(SpliceWriter output, string text, int copies)
                {
                    PageBuffer<byte> page = output.Rent<byte>(4096);
                    Span<byte> draft = page.Span;
                    int length = Encoding.UTF8.GetBytes(text.AsSpan(0, Math.Min(text.Length, 1000)), draft);
                    using FrozenPages<byte> banner = page.Freeze();
                    for (int i = 0; i < copies; i++)
                    {
                        output.Send(banner);
                    }

                    // Frozen pages stay readable, also through a span that was taken before.
                    ReadOnlySpan<byte> shown = draft[..length];
                    return Encoding.UTF8.GetString(shown);
                }
            }
            """,
        ["FanOut"] = """
            namespace Chat;

            public sealed class Room
            {
                private readonly List<SpliceWriter> _members = [];

                public void Join(SpliceWriter member) => _members.Add(member);

                public int Say(SpliceWriter origin, ReadOnlySpan<byte> message)
                {
                    PageBuffer<byte> buffer = origin.Rent<byte>(message.Length);
                    message.CopyTo(buffer.Span);
                    using FrozenPages<byte> pages = buffer.Freeze();
                    int told = 0;
                    foreach (SpliceWriter member in _members)
                    {
                        if (ReferenceEquals(member, origin))
                        {
                            continue;
                        }

                        member.Send(pages);
                        told++;
                    }

                    return told;
                }

                public void Whisper(SpliceWriter origin, string name, Func<string, SpliceWriter?> find, ReadOnlySpan<byte> message)
                {
                    using PageBuffer<byte> buffer = origin.Rent<byte>(message.Length);
                    message.CopyTo(buffer.Span);
                    foreach (string alias in name.Split('|'))
                    {
                        if (find(alias) is { } member)
                        {
                            member.Send(buffer);
                            break;                      // to the first that is there, and to nobody else
                        }
                    }
                }
            }
            """,
        ["GatherAndArchive"] = """
            namespace Pacs;

            public sealed class StudySender(SpliceWriter viewer, SpliceWriter archive)
            {
                public void Send(ReadOnlySpan<long> offsets, ReadOnlySpan<byte> image)
                {
                    PageBuffer<long> index = viewer.Rent<long>(offsets.Length);
                    offsets.CopyTo(index.Span);
                    PageBuffer<byte> body = viewer.Rent<byte>(image.Length);
                    image.CopyTo(body.Span);
                    archive.Write<byte>(body.Span);             // a copy goes to the archive first

                    using (SpliceGather study = viewer.CreateGather())
                    {
                        study.Add(index);
                        study.Add(body);
                        study.Send();
                    }
                }

                public void SendPages(SpliceWriter third, PageBuffer<byte> body)
                {
                    using FrozenPages<byte> pages = body.Freeze();
                    using SpliceGather study = viewer.CreateGather();
                    study.Add(pages);
                    study.Send();
                    archive.Send(pages);
                    third.Send(pages);
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
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(update.Length);
                    update.CopyTo(buffer.Span);
                    using FrozenPages<byte> pages = buffer.Freeze();
                    Span<byte> sequence = stackalloc byte[4];
                    for (int i = 0; i < clients.Count; i++)
                    {
                        BinaryPrimitives.WriteInt32LittleEndian(sequence, i);
                        clients[i].Write(sequence);
                        clients[i].Send(pages);
                    }
                }

                public void SendPatched(SpliceWriter client, FrozenPages<byte> pages, int number)
                {
                    using PageBuffer<byte> own = client.Rent<byte>(pages.Length);
                    pages.Span.CopyTo(own.Span);
                    BinaryPrimitives.WriteInt32LittleEndian(own.Span, number);
                    client.Send(own);
                }
            }
            """,
    };
}
