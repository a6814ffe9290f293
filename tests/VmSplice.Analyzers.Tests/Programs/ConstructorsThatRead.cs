namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Objects of the base library that are made from a span: who is no view himself has read it.</summary>
internal sealed class ConstructorsThatRead : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["KeyOfASentPage"] = """
            public sealed class Keys(SpliceWriter sink)
            {
                public Guid Last { get; private set; }

                public bool Forward(ReadOnlySpan<byte> request, HashSet<Guid> seen)
                {
                    using PageBuffer<byte> page = sink.Rent<byte>(request.Length);
                    request.CopyTo(page.Span);
                    ReadOnlySpan<byte> key = page.Span[..16];
                    if (seen.Contains(new Guid(key)))
                    {
                        return false;
                    }

                    sink.Send(page);
                    Last = new Guid(key); //~VMS2002
                    return true;
                }
            }
            """,
        ["TextOfASentPage"] = """
            public static class Texts
            {
                public static string Push(SpliceWriter sink, string text)
                {
                    using PageBuffer<char> page = sink.Rent<char>(text.Length);
                    text.CopyTo(page.Span);
                    Span<char> sent = page.Span;
                    sink.Send(page);
                    return new string(sent); //~VMS2002
                }
            }
            """,
        ["NumbersOfASentPage"] = """
            using System.Numerics;

            public static class Numbers
            {
                public static BigInteger Push(SpliceWriter sink, BigInteger number)
                {
                    PageBuffer<byte> page = sink.Rent<byte>(64);
                    number.TryWriteBytes(page.Span, out int written);
                    sink.Send(page, written);
                    return new BigInteger(page.Span[..written], isUnsigned: true); //~VMS2002
                }
            }
            """,
        ["AddressAndSum"] = """
            using System.Net;

            public static class Addresses
            {
                public static decimal Push(SpliceWriter sink, bool isUrgent)
                {
                    PageBuffer<int> page = sink.Rent<int>(4);
                    page.Span.Clear();
                    Span<int> parts = page.Span;
                    if (isUrgent)
                    {
                        sink.Send(page);
                    }

                    var sum = new decimal(parts); //~VMS2004
                    page.Dispose();
                    return sum;
                }

                public static IPAddress Peer(SpliceWriter sink, IPAddress peer)
                {
                    PageBuffer<byte> page = sink.Rent<byte>(16);
                    peer.TryWriteBytes(page.Span, out int length);
                    ReadOnlySpan<byte> bytes = page.Span[..length];
                    sink.Send(page, length);
                    return new IPAddress(bytes); //~VMS2002
                }
            }
            """,
        ["SetOfASentPage"] = """
            public static class Sets
            {
                public static HashSet<int> Push(SpliceWriter sink, ReadOnlySpan<int> numbers)
                {
                    PageBuffer<int> page = sink.Rent<int>(numbers.Length);
                    numbers.CopyTo(page.Span);
                    Span<int> sent = page.Span;
                    sink.Send(page);
                    return new HashSet<int>(sent.ToArray()); //~VMS2002
                }
            }
            """,
        ["TextOfABatchBefore"] = """
            public static class Batches
            {
                public static string Join(RecordReader<Tick> ticks)
                {
                    ReadOnlySpan<char> first = MemoryMarshal.Cast<Tick, char>(ticks.ReadBatch());
                    ReadOnlySpan<Tick> second = ticks.ReadBatch();
                    return second.IsEmpty ? "" : new string(first); //~VMS2003
                }
            }
            """,
        ["ReadBeforeTheSend"] = """
            using System.Numerics;

            public static class InTime
            {
                public static (Guid, string, BigInteger) Push(SpliceWriter sink, ReadOnlySpan<byte> request)
                {
                    using PageBuffer<byte> page = sink.Rent<byte>(request.Length);
                    request.CopyTo(page.Span);
                    ReadOnlySpan<byte> key = page.Span[..16];
                    var id = new Guid(key);
                    var number = new BigInteger(key);
                    var text = new string(MemoryMarshal.Cast<byte, char>(key));
                    sink.Send(page);
                    return (id, text, number);
                }
            }
            """,
        ["ViewThatIsNotReadAfter"] = """
            public static class Views
            {
                public static int Push(SpliceWriter sink, ReadOnlySpan<byte> request)
                {
                    using PageBuffer<byte> page = sink.Rent<byte>(request.Length);
                    request.CopyTo(page.Span);
                    Memory<byte> all = page.Memory;
                    sink.Send(page);
                    var rest = new ReadOnlySequence<byte>(all);
                    return (int)rest.Length;
                }
            }
            """,
    };
}
