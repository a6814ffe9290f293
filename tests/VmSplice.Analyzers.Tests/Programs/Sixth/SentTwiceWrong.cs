namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Handed over twice.</summary>
internal sealed class SentTwiceWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ReplicaGetsTheSameBuffer"] = """
            public sealed class ReplicatedJournal(SpliceWriter primary, SpliceWriter? replica)
            {
                public long Entries { get; private set; }

                public void Append(ReadOnlySpan<byte> entry)
                {
                    using PageBuffer<byte> page = primary.Rent<byte>(Math.Max(entry.Length, 8192));
                    entry.CopyTo(page.Span);
                    primary.Send(page, entry.Length);
                    replica?.Send(page, entry.Length); //~VMS2008
                    Entries++;
                }
            }
            """,
        ["SameBufferSentOnFallback"] = """
            public sealed class FailoverSink(SpliceWriter main, SpliceWriter spare)
            {
                public bool OnSpare { get; private set; }

                public void Deliver([Consumes] PageBuffer<byte> payload)
                {
                    try
                    {
                        main.Send(payload);
                    }
                    catch (BrokenPipeException)
                    {
                        OnSpare = true;
                        spare.Send(payload); //~VMS2008
                    }
                }
            }
            """,
        ["TrailerSentWithAllAndAlone"] = """
            public static class Bundle
            {
                public static void Write(SpliceWriter pipe, byte[] head, byte[] body)
                {
                    PageBuffer<byte> first = Fill(pipe, head);
                    PageBuffer<byte> second = Fill(pipe, body);
                    pipe.SendAll([first, second]);
                    if (body.Length % 2 == 1)
                    {
                        pipe.Write("\0"u8);
                    }

                    pipe.Send(second); //~VMS2008
                }

                private static PageBuffer<byte> Fill(SpliceWriter pipe, byte[] data)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(data.Length);
                    data.CopyTo(buffer.Span);
                    return buffer;
                }
            }
            """,
        ["FailoverSendsTakenBufferAgain"] = """
            public sealed class FailoverSender(SpliceWriter primary, SpliceWriter backup)
            {
                public void Ship(PageBuffer<byte> payload)
                {
                    try
                    {
                        primary.Send(payload);
                    }
                    catch (BrokenPipeException)
                    {
                        backup.Send(payload); //~VMS2008
                    }
                }
            }
            """,
    };
}
