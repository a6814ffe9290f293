namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Views that a method returns out of the life of their memory, when a loop or a condition chose which.</summary>
internal sealed class ReturnedOutOfUsing : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatchOfALoop"] = Batches("""
            using RecordReader<Tick> ticks = Tick.CreateReader(connect());
            ReadOnlySpan<Tick> batch = ticks.ReadBatch();
            while (!batch.IsEmpty && batch[^1].Time < from)
            {
                batch = ticks.ReadBatch();
            }

            return batch; //~VMS2003
            """),
        ["BatchOfADoLoop"] = Batches("""
            using RecordReader<Tick> ticks = Tick.CreateReader(connect());
            ReadOnlySpan<Tick> batch;
            do
            {
                batch = ticks.ReadBatch();
            }
            while (!batch.IsEmpty && batch[^1].Time < from);
            return batch[..1]; //~VMS2003
            """),
        ["DisposedInAFinally"] = Batches("""
            RecordReader<Tick> ticks = Tick.CreateReader(connect());
            try
            {
                ReadOnlySpan<Tick> batch = ticks.ReadBatch();
                while (!batch.IsEmpty && batch[0].Time < from)
                {
                    batch = ticks.ReadBatch();
                }

                return batch; //~VMS2003
            }
            finally
            {
                ticks.Dispose();
            }
            """),
        ["OneOfTwoReaders"] = Batches("""
            using RecordReader<Tick> first = Tick.CreateReader(connect());
            using RecordReader<Tick> second = Tick.CreateReader(connect());
            return from > 0 ? first.ReadBatch() : second.ReadBatch(); //~VMS2003
            """),
        ["BatchThatIsCopied"] = Batches("""
            using RecordReader<Tick> ticks = Tick.CreateReader(connect());
            ReadOnlySpan<Tick> batch = ticks.ReadBatch();
            while (!batch.IsEmpty && batch[^1].Time < from)
            {
                batch = ticks.ReadBatch();
            }

            return batch.ToArray();
            """),
        ["ReaderOfTheCaller"] = Batches("""
            ReadOnlySpan<Tick> batch = given.ReadBatch();
            while (!batch.IsEmpty && batch[^1].Time < from)
            {
                batch = given.ReadBatch();
            }

            return batch;
            """),
        ["AwaitedBatches"] = """
            public sealed class History(Func<SpliceReader> connect)
            {
                public async Task<ReadOnlyMemory<Tick>> FromAsync(long from)
                {
                    using RecordReader<Tick> ticks = Tick.CreateReader(connect());
                    ReadOnlyMemory<Tick> batch = await ticks.ReadBatchAsync();
                    while (!batch.IsEmpty && batch.Span[^1].Time < from)
                    {
                        batch = await ticks.ReadBatchAsync();
                    }

                    return batch; //~VMS2003
                }
            }
            """,
        ["SlotOfAWriter"] = """
            public static class Slots
            {
                public static ref Tick Next(SpliceWriter sink, int skip)
                {
                    using RecordWriter<Tick> ticks = Tick.CreateWriter(sink); //~VMS2014
                    ref Tick slot = ref ticks.Next();
                    slot = default;
                    return ref slot; //~VMS2003
                }
            }
            """,
        ["PagesOfOneOrTheOther"] = Pages("""
            using PageBuffer<int> one = sink.Rent<int>(count);
            using PageBuffer<int> other = sink.Rent<int>(count);
            Span<int> view = count > 8 ? one.Span : other.Span;
            view.Clear();
            return view; //~VMS2002
            """),
        ["PagesOfALoop"] = Pages("""
            using PageBuffer<int> one = sink.Rent<int>(count);
            Span<int> view = one.Span;
            while (view.Length > 8)
            {
                view = view[1..];
            }

            return view; //~VMS2002
            """),
        ["PagesOrAnArray"] = Pages("""
            using PageBuffer<int> one = sink.Rent<int>(count);
            Span<int> view = given;
            if (count > 8)
            {
                view = one.Span;
            }

            view.Clear();
            return view; //~VMS2004
            """),
        ["PagesThatAreReturnedAlive"] = Pages("""
            if (count > 8)
            {
                using PageBuffer<int> one = sink.Rent<int>(count);
                one.Span.Clear();
                given = given[..one.Length];
            }

            return given;
            """),
    };

    private static string Batches(string body) => $$"""
        public sealed class History(Func<SpliceReader> connect)
        {
            public ReadOnlySpan<Tick> From(RecordReader<Tick> given, long from)
            {
                {{body}}
            }
        }
        """;

    private static string Pages(string body) => $$"""
        public static class Pages
        {
            public static Span<int> Take(SpliceWriter sink, Span<int> given, int count)
            {
                {{body}}
            }
        }
        """;
}
