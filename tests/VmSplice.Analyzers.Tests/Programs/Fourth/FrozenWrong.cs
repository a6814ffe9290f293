namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Frozen pages, by mistake.</summary>
internal sealed class FrozenWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FrozenPagesOpenedByMemorymarshal"] = """
            public static class Patcher
            {
                private static Memory<byte> Writable(FrozenPages<byte> pages) => MemoryMarshal.AsMemory(pages.Memory);

                public static void SendTwice(SpliceWriter pipe, FrozenPages<byte> page)
                {
                    pipe.Send(page);
                    Span<byte> open = Writable(page).Span;
                    open[0] = (byte)'2'; //~VMS2012
                    pipe.Send(page);
                }
            }
            """,
        ["SequenceNumberPatchedIntoFrozenTemplate"] = """
            using System.Buffers.Binary;

            public sealed class KeepAlive(SpliceWriter pipe)
            {
                public void Run(CancellationToken stopping)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(16384);
                    buffer.Span.Fill(0x20);
                    Span<byte> number = buffer.Span[..8];
                    using FrozenPages<byte> template = buffer.Freeze();
                    for (long i = 0; !stopping.IsCancellationRequested; i++)
                    {
                        BinaryPrimitives.WriteInt64LittleEndian(number, i); //~VMS2012
                        pipe.Send(template);
                        stopping.WaitHandle.WaitOne(1000);
                    }
                }
            }
            """,
        ["FrozenTemplatePatchedThroughEarlierSpan"] = """
            public sealed class Template : IDisposable
            {
                private readonly FrozenPages<byte> _pages;

                public Template(ReadOnlySpan<byte> text, int year)
                {
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(text.Length + 4);
                    Span<byte> end = buffer.Span[text.Length..];
                    text.CopyTo(buffer.Span);
                    _pages = buffer.Freeze();
                    if (!year.TryFormat(end, out _)) //~VMS2012
                    {
                        throw new ArgumentException("four digits", nameof(year));
                    }
                }

                public void SendTo(SpliceWriter pipe) => pipe.Send(_pages);

                public void Dispose() => _pages.Dispose();
            }
            """,
    };
}
