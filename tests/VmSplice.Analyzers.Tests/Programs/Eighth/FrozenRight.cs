namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Pages that are frozen, and right.</summary>
internal sealed class FrozenRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["EnvelopePool"] = """
            // RPC: a frozen envelope around each body, in one piece.
            public static class EnvelopePool
            {
                public static void SendAll(SpliceWriter pipe, int method, IEnumerable<byte[]> bodies)
                {
                    PageBuffer<int> draft = PageBuffer<int>.Allocate(4);
                    draft[0] = method;
                    draft[1] = Environment.ProcessId;
                    using FrozenPages<int> envelope = draft.Freeze();
                    using SpliceGather gather = pipe.CreateGather();
                    foreach (byte[] argument in bodies)
                    {
                        if (argument.Length == 0)
                        {
                            continue;
                        }

                        PageBuffer<byte> body = pipe.Rent<byte>(argument.Length);
                        argument.CopyTo(body.Span);
                        gather.Add(envelope);
                        gather.Add(body);
                        gather.Send();
                    }
                }
            }
            """,
        ["FrozenHeader"] = """
            // Devices: frozen pages stay readable, also through a span that was taken before.
            public static class FrozenHeader
            {
                public static string Flash(IReadOnlyList<SpliceWriter> programmers, byte[] image)
                {
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(Math.Max(image.Length, 64));
                    image.CopyTo(buffer.Span);
                    ReadOnlySpan<byte> header = buffer.Span[..64];
                    using FrozenPages<byte> pages = buffer.Freeze();
                    int copies = 0;
                    foreach (SpliceWriter programmer in programmers)
                    {
                        programmer.Send(pages);
                        copies += header[0] == pages.Span[0] ? 1 : 0;
                    }

                    return $"{copies} times {Convert.ToHexString(header)}";
                }
            }
            """,
        ["GammaTables"] = """
            // Image processing: each worker's number goes in front of the one frozen table.
            public static class GammaTables
            {
                public static void Send(IReadOnlyList<SpliceWriter> workers, double gamma)
                {
                    PageBuffer<ushort> table = PageBuffer<ushort>.Allocate(65_536);
                    Span<ushort> values = table.Span;
                    for (int i = 0; i < values.Length; i++)
                    {
                        values[i] = (ushort)(Math.Pow(i / 65_535.0, gamma) * 65_535);
                    }

                    using FrozenPages<ushort> pages = table.Freeze();
                    Span<byte> number = stackalloc byte[1];
                    for (int worker = 0; worker < workers.Count; worker++)
                    {
                        number[0] = (byte)worker;
                        workers[worker].Write<byte>(number);
                        workers[worker].Send(pages);
                    }
                }
            }
            """,
        ["MirrorFrozen"] = """
            // Storage: a block for two pipes is frozen; one for a single pipe moves. Each condition is asked twice.
            public sealed record MirrorBlock(long Lba, bool Mirror);

            public sealed class MirrorFrozen(SpliceWriter primary, SpliceWriter? mirror)
            {
                public void Run(MirrorBlock job, ReadOnlySpan<byte> content)
                {
                    bool both = job.Mirror && mirror is not null;
                    PageBuffer<byte> body = primary.Rent<byte>(content.Length);
                    content.CopyTo(body.Span);
                    if (!both)
                    {
                        primary.Send(body);
                    }

                    if (both)
                    {
                        body.Span[0] |= 1;
                        using FrozenPages<byte> pages = body.Freeze();
                        primary.Send(pages);
                        mirror!.Send(pages);
                    }
                }
            }
            """,
    };
}
