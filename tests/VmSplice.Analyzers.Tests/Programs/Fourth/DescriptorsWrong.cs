namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Descriptors that are no pipe, or its wrong end.</summary>
internal sealed class DescriptorsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ReaderOpenedOnWriteEnd"] = """
            public sealed class Loopback : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();

                public async Task<int> RoundTripAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
                {
                    SafeHandle end = _pipe.WriteHandle;
                    using SpliceWriter writer = _pipe.OpenWriter();
                    using SpliceReader reader = SpliceReader.Open(end); //~VMS4004
                    await writer.WriteAsync(message, cancellation);
                    var answer = new byte[message.Length];
                    return await reader.ReadAsync(answer.AsMemory(), cancellation);
                }

                public void Dispose() => _pipe.Dispose();
            }
            """,
        ["WriterOpenedOnNewDataFile"] = """
            public sealed class Export
            {
                private readonly string _path = Path.GetTempFileName();

                public long Write(IEnumerable<long[]> columns)
                {
                    using FileStream file = File.Open(_path, FileMode.Open, FileAccess.Write);
                    using SpliceWriter writer = SpliceWriter.Open(file.SafeFileHandle); //~VMS4003
                    long total = 0;
                    foreach (long[] column in columns)
                    {
                        PageBuffer<long> page = writer.Rent<long>(column.Length);
                        column.CopyTo(page.Span);
                        writer.Send(page);
                        total += column.Length;
                    }

                    return total;
                }
            }
            """,
        ["WriterOpenedOnReadHandle"] = """
            public static class Loopback
            {
                public static void Run(Action<SpliceReader> consume, ReadOnlySpan<byte> data)
                {
                    using SplicePipe pipe = SplicePipe.Create();
                    using SpliceReader reader = pipe.OpenReader();
                    using (SpliceWriter writer = SpliceWriter.Open(pipe.ReadHandle)) //~VMS4004
                    {
                        writer.Write(data);
                    }

                    consume(reader);
                }
            }
            """,
        ["WriterOverANewFile"] = """
            public sealed class Recorder : IDisposable
            {
                private readonly SpliceWriter _writer;

                public Recorder(string folder)
                {
                    FileStream file = new(Path.Combine(folder, $"{DateTime.UtcNow:yyyyMMdd}.rec"), FileMode.CreateNew, FileAccess.Write);
                    _writer = SpliceWriter.Open(file.SafeFileHandle); //~VMS4003
                }

                public void Append(ReadOnlySpan<byte> bytes) => _writer.Write(bytes);

                public void Dispose() => _writer.Dispose();
            }
            """,
    };
}
