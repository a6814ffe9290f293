namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Views that are put into records, tuples and objects, and taken out again, and right.</summary>
internal sealed class ViewsPutIntoRecordsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PartsOfAnotherBuffer"] = """
            public readonly record struct MessageParts(Memory<byte> Head, Memory<byte> Body)
            {
                public static MessageParts Of(Memory<byte> all) => new(all[..8], all[8..]);
            }

            public static class Call
            {
                public static void Run(SpliceWriter pipe, ReadOnlySpan<byte> arguments, byte[] own)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(32 * 1024);
                    (Memory<byte> head, Memory<byte> body) = MessageParts.Of(own);
                    arguments.CopyTo(buffer.Span);
                    pipe.Send(buffer);
                    head.Span[0] = body.Span[0];
                }
            }
            """,
        ["PartsMadeAnewInEachRound"] = """
            public readonly record struct MessageParts(Memory<byte> Head, Memory<byte> Body)
            {
                public static MessageParts Of(Memory<byte> all) => new(all[..8], all[8..]);
            }

            public static class Call
            {
                public static void Run(SpliceWriter pipe, IReadOnlyList<byte[]> messages)
                {
                    foreach (byte[] message in messages)
                    {
                        using PageBuffer<byte> buffer = pipe.Rent<byte>(32 * 1024);
                        (Memory<byte> head, Memory<byte> body) = MessageParts.Of(buffer.Memory);
                        message.CopyTo(body.Span);
                        head.Span[0] = 1;
                        pipe.Send(buffer);
                    }
                }
            }
            """,
        ["LengthOfAPartAfterwards"] = """
            public readonly record struct MessageParts(Memory<byte> Head, Memory<byte> Body)
            {
                public static MessageParts Of(Memory<byte> all) => new(all[..8], all[8..]);
            }

            public static class Call
            {
                public static int Run(SpliceWriter pipe, ReadOnlySpan<byte> arguments)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(32 * 1024);
                    (Memory<byte> head, Memory<byte> body) = MessageParts.Of(buffer.Memory);
                    arguments.CopyTo(body.Span);
                    head.Span.Clear();
                    pipe.Send(buffer);
                    return head.Length + body.Length;
                }
            }
            """,
        ["OneOfTwoBuffersInARecord"] = """
            public readonly record struct Pair(Memory<byte> First, Memory<byte> Second)
            {
                public static Pair Of(Memory<byte> first, Memory<byte> second) => new(first, second);
            }

            public static class Call
            {
                public static void Run(SpliceWriter pipe)
                {
                    using PageBuffer<byte> a = pipe.Rent<byte>(64);
                    using PageBuffer<byte> b = pipe.Rent<byte>(64);
                    Pair pair = Pair.Of(a.Memory, b.Memory);
                    pair.First.Span.Fill(1);
                    pipe.Send(a);
                    pair.Second.Span.Fill(2);
                    pipe.Send(b);
                }
            }
            """,
    };
}
