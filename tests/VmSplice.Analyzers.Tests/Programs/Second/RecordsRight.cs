namespace VmSplice.Analyzers.Tests.Programs.Second;

/// <summary>Streams of records, and records and envelopes that are copied by with.</summary>
internal sealed class RecordsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AsyncEnumerableOfTicks"] = """
            static class P
            {
                static async IAsyncEnumerable<Tick> TicksAsync(SpliceReader pipe, [EnumeratorCancellation] CancellationToken end = default)
                {
                    using RecordReader<Tick> reader = Tick.CreateReader(pipe);
                    await foreach (ReadOnlyMemory<Tick> batch in reader.WithCancellation(end))
                    {
                        for (int i = 0; i < batch.Length; i++)
                        {
                            yield return batch.Span[i];
                        }
                    }
                }

                static async Task<double> M(SpliceReader pipe)
                    => await TicksAsync(pipe).Where(tick => tick.Price > 0).Take(100).Select(tick => tick.Price).SumAsync();
            }
            """,
        ["BatchInFieldUntilUsedUp"] = """
            sealed class Cursor(RecordReader<Tick> reader)
            {
                private ReadOnlyMemory<Tick> _batch;
                private int _at;

                public async ValueTask<Tick?> NextAsync(CancellationToken end = default)
                {
                    if (_at == _batch.Length)
                    {
                        _batch = await reader.ReadBatchAsync(end);
                        _at = 0;
                        if (_batch.IsEmpty)
                        {
                            return null;
                        }
                    }

                    return _batch.Span[_at++];
                }
            }
            """,
        ["WithRecordOfNumbers"] = """
            sealed record Settings(int Size, string Name);
            static class P
            {
                static void M(SpliceWriter w, Settings settings)
                {
                    Settings larger = settings with { Size = settings.Size * 2 };
                    PageBuffer<byte> b = w.Rent<byte>(larger.Size);
                    b.Span.Fill((byte)larger.Name.Length);
                    w.Send(b);
                    Console.WriteLine(larger with { Name = "done" });
                }
            }
            """,
        ["EnvelopeWithNewBody"] = """
            sealed record Envelope(int Id, PageBuffer<byte> Body);
            static class P
            {
                static void M(SpliceWriter w, Envelope first)
                {
                    w.Send(first.Body);
                    Envelope second = first with { Id = 2, Body = w.Rent<byte>(10) };
                    second.Body[0] = 1;
                    w.Send(second.Body);
                }
            }
            """,
        ["CopiedOnPurpose"] = """
            static class P
            {
                static Tick Newest(RecordReader<Tick> r)
                {
                    Tick newest = default;
                    foreach (ref readonly Tick tick in r)
                    {
                        newest = tick.Time > newest.Time ? tick : newest;
                    }

                    return newest with { Price = Math.Round(newest.Price, 2) };
                }
            }
            """,
    };
}
