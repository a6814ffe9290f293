namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Buffers that nobody sends or disposes, streams that nobody completes, transfers that nobody waits for.</summary>
internal sealed class EndsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BackupChunks"] = """
            // Backup: chunks that the store has already are not sent again.
            public static class BackupChunks
            {
                public static (int Sent, int Known) Run(SpliceWriter store, Stream file, ISet<int> known, int chunkLength)
                {
                    int sent = 0, skipped = 0;
                    while (true)
                    {
                        PageBuffer<byte> chunk = store.Rent<byte>(chunkLength); //~VMS2013
                        int got = file.ReadAtLeast(chunk.Span, chunkLength, throwOnEndOfStream: false);
                        if (got == 0)
                        {
                            chunk.Dispose();
                            return (sent, skipped);
                        }

                        HashCode hash = new();
                        hash.AddBytes(chunk.Span[..got]);
                        if (!known.Add(hash.ToHashCode()))
                        {
                            skipped++;
                            continue;
                        }

                        store.Send(chunk, got);
                        sent++;
                    }
                }
            }
            """,
        ["PriceJournal"] = """
            // Trading: a journal that is kept open for a day.
            [Spliceable]
            public partial struct JournalLine { public long Time; public double Price; public long Quantity; }

            public sealed class PriceJournal : IDisposable
            {
                private readonly RecordWriter<JournalLine> _lines;
                private long _count;

                public PriceJournal(string path)
                {
                    SpliceWriter pipe = SpliceWriter.OpenFifo(path, new() { Reader = PipeReaderKind.Copying });
                    _lines = JournalLine.CreateWriter(pipe); //~VMS2014
                }

                public void Add(double price, long quantity)
                {
                    ref JournalLine line = ref _lines.Next();
                    line.Time = DateTime.UtcNow.Ticks;
                    line.Price = price;
                    line.Quantity = quantity;
                    if (++_count % 100 == 0)
                    {
                        _lines.Flush();
                    }
                }

                public void Dispose()
                {
                    Console.Error.WriteLine($"{_count} lines");
                    _lines.Dispose();
                }
            }
            """,
    };
}
