namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Pipes, links and processes, and right.</summary>
internal sealed class ProcessesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BothDirections"] = """
            // Compression: a child compresses; both directions run at once, each with memory of its own.
            public static class Compressor
            {
                public static int Compress(IReadOnlyList<byte[]> chunks, Stream compressed)
                {
                    using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("zstd", "-c"));
                    return link.Exchange(
                        writer =>
                        {
                            foreach (byte[] chunk in chunks)
                            {
                                using PageBuffer<byte> page = writer.Rent<byte>(chunk.Length);
                                chunk.CopyTo(page.Span);
                                writer.Send(page);
                            }
                        },
                        reader =>
                        {
                            using PageBuffer<byte> page = PageBuffer<byte>.Allocate(128 * 1024);
                            while (reader.Read(page) is > 0 and var count)
                            {
                                compressed.Write(page.Span[..count]);
                                page.Span[..count].Clear();
                            }
                        });
                }
            }
            """,
        ["CopyingAndForwarded"] = """
            // Broadcast monitoring: the reader itself tees and forwards, which copies where the writer reuses its pages.
            public sealed class MonitoredFeed : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;
                private readonly SpliceReader _reader;

                public MonitoredFeed()
                {
                    _writer = _pipe.OpenWriter(new() { Reader = PipeReaderKind.Copying });
                    _reader = _pipe.OpenReader();
                }

                public void Play(ReadOnlySpan<byte> samples)
                {
                    using PageBuffer<byte> block = _writer.Rent<byte>(samples.Length);
                    samples.CopyTo(block.Span);
                    _writer.Send(block);
                }

                public long Record(SpliceWriter player, FileStream recorder)
                {
                    long bytes = _reader.Tee(player, _pipe.Capacity);
                    return bytes == 0 ? 0 : _reader.Forward(recorder, bytes);
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _reader.Dispose();
                    _pipe.Dispose();
                }
            }
            """,
    };
}
