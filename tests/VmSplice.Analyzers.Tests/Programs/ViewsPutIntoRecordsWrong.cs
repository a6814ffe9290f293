namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Views that are put into records, tuples and objects, and taken out again.</summary>
internal sealed class ViewsPutIntoRecordsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DeconstructedRecordStructure"] = """
            public readonly record struct MessageParts(Memory<byte> Head, Memory<byte> Body)
            {
                public static MessageParts Of(Memory<byte> all) => new(all[..8], all[8..]);
            }

            public static class Call
            {
                public static void Run(SpliceWriter pipe, ReadOnlySpan<byte> arguments)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(32 * 1024);
                    (Memory<byte> head, Memory<byte> body) = MessageParts.Of(buffer.Memory);
                    arguments.CopyTo(body.Span);
                    pipe.Send(buffer);
                    head.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["PropertyOfARecordStructure"] = """
            public readonly record struct MessageParts(Memory<byte> Head, Memory<byte> Body)
            {
                public static MessageParts Of(Memory<byte> all) => new(all[..8], all[8..]);
            }

            public static class Call
            {
                public static void Run(SpliceWriter pipe, ReadOnlySpan<byte> arguments)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(32 * 1024);
                    MessageParts parts = MessageParts.Of(buffer.Memory);
                    arguments.CopyTo(parts.Body.Span);
                    pipe.Send(buffer);
                    parts.Head.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["RecordClassWithParts"] = """
            public sealed record MessageParts(Memory<byte> Head, Memory<byte> Body)
            {
                public static MessageParts Of(Memory<byte> all) => new(all[..8], all[8..]);
            }

            public static class Call
            {
                public static void Run(SpliceWriter pipe, ReadOnlySpan<byte> arguments)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(32 * 1024);
                    MessageParts parts = MessageParts.Of(buffer.Memory);
                    arguments.CopyTo(parts.Body.Span);
                    pipe.Send(buffer);
                    parts.Head.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["DeconstructedRecordMadeHere"] = """
            public readonly record struct MessageParts(Memory<byte> Head, Memory<byte> Body);

            public static class Call
            {
                public static void Run(SpliceWriter pipe, ReadOnlySpan<byte> arguments)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(32 * 1024);
                    var parts = new MessageParts(buffer.Memory[..8], buffer.Memory[8..]);
                    (Memory<byte> head, Memory<byte> body) = parts;
                    arguments.CopyTo(body.Span);
                    pipe.Send(buffer);
                    head.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["TupleOfAHelper"] = """
            public static class Call
            {
                public static void Run(SpliceWriter pipe, ReadOnlySpan<byte> arguments)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(32 * 1024);
                    (Memory<byte> head, Memory<byte> body) = Split(buffer.Memory);
                    arguments.CopyTo(body.Span);
                    pipe.Send(buffer);
                    head.Span[0] = 1; //~VMS2001
                }

                private static (Memory<byte> Head, Memory<byte> Body) Split(Memory<byte> all) => (all[..8], all[8..]);
            }
            """,
        ["ClassWithAPrimaryConstructor"] = """
            public sealed class Parts(Memory<byte> head, Memory<byte> body)
            {
                public Memory<byte> Head { get; } = head;

                public Memory<byte> Body { get; } = body;

                public static Parts Of(Memory<byte> all) => new(all[..8], all[8..]);
            }

            public static class Call
            {
                public static void Run(SpliceWriter pipe, ReadOnlySpan<byte> arguments)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(32 * 1024);
                    Parts parts = Parts.Of(buffer.Memory);
                    arguments.CopyTo(parts.Body.Span);
                    pipe.Send(buffer);
                    parts.Head.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["CopyByWith"] = """
            public readonly record struct MessageParts(Memory<byte> Head, Memory<byte> Body, int Number)
            {
                public static MessageParts Of(Memory<byte> all, int number) => new(all[..8], all[8..], number);
            }

            public static class Call
            {
                public static void Run(SpliceWriter pipe, ReadOnlySpan<byte> arguments)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(32 * 1024);
                    MessageParts parts = MessageParts.Of(buffer.Memory, 1) with { Number = 2 };
                    arguments.CopyTo(parts.Body.Span);
                    pipe.Send(buffer);
                    parts.Head.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["NestedRecords"] = """
            public readonly record struct Head(Memory<byte> Length, Memory<byte> Kind);

            public readonly record struct MessageParts(Head Head, Memory<byte> Body)
            {
                public static MessageParts Of(Memory<byte> all) => new(new Head(all[..4], all[4..8]), all[8..]);
            }

            public static class Call
            {
                public static void Run(SpliceWriter pipe, ReadOnlySpan<byte> arguments)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(32 * 1024);
                    MessageParts parts = MessageParts.Of(buffer.Memory);
                    arguments.CopyTo(parts.Body.Span);
                    pipe.Send(buffer);
                    parts.Head.Kind.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["NestedRecordsDeconstructed"] = """
            public readonly record struct Head(Memory<byte> Length, Memory<byte> Kind);

            public readonly record struct MessageParts(Head Head, Memory<byte> Body)
            {
                public static MessageParts Of(Memory<byte> all) => new(new Head(all[..4], all[4..8]), all[8..]);
            }

            public static class Call
            {
                public static void Run(SpliceWriter pipe, ReadOnlySpan<byte> arguments)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(32 * 1024);
                    ((Memory<byte> length, Memory<byte> kind), Memory<byte> body) = MessageParts.Of(buffer.Memory);
                    arguments.CopyTo(body.Span);
                    pipe.Send(buffer);
                    kind.Span[0] = 1; //~VMS2001
                }
            }
            """,
    };
}
