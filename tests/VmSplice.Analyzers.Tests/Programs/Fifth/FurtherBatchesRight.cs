namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Batches of readers, and right.</summary>
internal sealed class FurtherBatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["StoreOverlapsNextReadWithACopy"] = """
            [Spliceable]
            public partial struct Row { public long Account; public long Cents; }

            public sealed class LedgerLoader(RecordReader<Row> rows)
            {
                private readonly SemaphoreSlim _gate = new(1);
                private readonly Dictionary<long, long> _balances = [];

                public async Task LoadAsync(CancellationToken cancellation)
                {
                    Task storing = Task.CompletedTask;
                    await foreach (ReadOnlyMemory<Row> batch in rows.WithCancellation(cancellation))
                    {
                        Row[] copy = batch.ToArray();
                        await storing;
                        storing = StoreAsync(copy, cancellation);
                    }

                    await storing;
                }

                private async Task StoreAsync(ReadOnlyMemory<Row> batch, CancellationToken cancellation)
                {
                    await _gate.WaitAsync(cancellation);
                    try
                    {
                        foreach (Row row in batch.Span)
                        {
                            _balances[row.Account] = _balances.GetValueOrDefault(row.Account) + row.Cents;
                        }
                    }
                    finally
                    {
                        _gate.Release();
                    }
                }
            }
            """,
        ["TestHarnessGathersLengthsAndCopies"] = """
            [Spliceable]
            public partial struct Probe { public long Index; public long Hash; }

            public static class StreamAssert
            {
                public static async Task IsCountedUpAsync(SplicePipe pipe, int expected, CancellationToken cancellation)
                {
                    using RecordReader<Probe> reader = Probe.CreateReader(pipe.OpenReader());
                    Probe[][] batches = await reader.Select(batch => batch.ToArray()).ToArrayAsync(cancellation);
                    Probe[] probes = batches.SelectMany(batch => batch).ToArray();
                    if (probes.Length != expected || probes.Where((probe, index) => probe.Index != index).Any())
                    {
                        throw new InvalidOperationException($"{probes.Length} probes in {batches.Length} batches");
                    }
                }

                public static async Task<int> LongestAsync(RecordReader<Probe> reader, CancellationToken cancellation)
                    => await reader.Select(batch => batch.Length).MaxAsync(cancellationToken: cancellation);
            }
            """,
        ["WorkerReturnsAnswerByValue"] = """
            [Spliceable]
            public partial struct Question { public long Number; }

            [Spliceable]
            public partial struct Answer { public long Low; public long High; }

            public sealed class RangeWorker : IDisposable
            {
                private readonly SpliceLink _link;
                private readonly RecordWriter<Question> _questions;
                private readonly RecordReader<Answer> _answers;
                private readonly Dictionary<long, Answer> _known = [];

                public RangeWorker(ProcessStartInfo start)
                {
                    _link = SpliceLink.Start(start);
                    _questions = Question.CreateWriter(_link.Writer);
                    _answers = Answer.CreateReader(_link.Reader);
                }

                public long Spread(long first, long second)
                {
                    Answer left = Ask(first);
                    Answer right = Ask(second);
                    return right.High - left.Low;
                }

                private Answer Ask(long number)
                {
                    if (_known.TryGetValue(number, out Answer known))
                    {
                        return known;
                    }

                    _questions.Next().Number = number;
                    _questions.Flush();
                    ReadOnlySpan<Answer> answers = _answers.ReadBatch();
                    return _known[number] = answers.IsEmpty ? throw new EndOfStreamException() : answers[0];
                }

                public void Dispose()
                {
                    _questions.Complete();
                    _questions.Dispose();
                    _answers.Dispose();
                    _link.Dispose();
                }
            }
            """,
    };
}
