namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Record writers from factories and in fields, and questions that are not sent.</summary>
internal sealed class WritersNobodyCompletes : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Factory"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    RecordWriter<Tick> t = Open(w); //~VMS2013
                    t.Next().Price = 1;
                }
                static RecordWriter<Tick> Open(SpliceWriter w) => Tick.CreateWriter(w);
            }
            """,
        ["FactoryDisposed"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    using RecordWriter<Tick> t = Open(w);
                    t.Next().Price = 1;
                    t.Complete();
                }
                static RecordWriter<Tick> Open(SpliceWriter w)
                {
                    RecordWriter<Tick> made = new(w);
                    made.Next().Time = 1;
                    return made;
                }
                static void N(SpliceWriter w, Dictionary<int, RecordWriter<Tick>> known)
                {
                    RecordWriter<Tick> t = Of(w, known);
                    t.Next().Price = 1;
                }
                static RecordWriter<Tick> Of(SpliceWriter w, Dictionary<int, RecordWriter<Tick>> known)
                {
                    if (!known.TryGetValue(1, out RecordWriter<Tick>? t))
                    {
                        known[1] = t = Tick.CreateWriter(w);
                    }
                    return t;
                }
            }
            """,
        ["CachedInAField"] = """
            sealed class P(SpliceWriter w) : IDisposable
            {
                private RecordWriter<Tick>? _t;
                private RecordWriter<Tick> Open() => _t ??= Tick.CreateWriter(w);
                private RecordWriter<Tick> Ticks => _t ??= Tick.CreateWriter(w);
                public void M() { RecordWriter<Tick> t = Open(); t.Next().Price = 1; }
                public void N() { RecordWriter<Tick> t = Ticks; t.Next().Price = 1; }
                public void Dispose() { _t?.Complete(); _t?.Dispose(); }
            }
            """,
        ["FactoryTwoHelpersDeepOnSomePath"] = """
            static class P
            {
                static void M(SpliceWriter w, bool c)
                {
                    RecordWriter<Tick> t = First(w); //~VMS2013
                    if (c) { t.Complete(); }
                }
                static RecordWriter<Tick> First(SpliceWriter w) => Open(w);
                static RecordWriter<Tick> Open(SpliceWriter w) { return Tick.CreateWriter(w); }
            }
            """,
        ["FieldOfAClassWithoutDispose"] = """
            sealed class Feed
            {
                private readonly RecordWriter<Tick> _ticks; //~VMS2013
                public Feed(SpliceWriter w) { _ticks = Tick.CreateWriter(w); }
                public void Add(double p) => _ticks.Next().Price = p;
            }
            """,
        ["FieldWithInitializer"] = """
            sealed class Feed(SpliceWriter w)
            {
                private readonly RecordWriter<Tick> _ticks = Tick.CreateWriter(w); //~VMS2013
                public void Add(double p) { _ticks.Next().Price = p; _ticks.Flush(); }
            }
            """,
        ["FieldRight"] = """
            sealed class A(SpliceWriter w) : IDisposable
            {
                private readonly RecordWriter<Tick> _ticks = Tick.CreateWriter(w);
                public void Add(double p) => _ticks.Next().Price = p;
                public void Dispose() { _ticks.Complete(); _ticks.Dispose(); }
            }
            sealed class B(SpliceWriter w)
            {
                private readonly RecordWriter<Tick> _ticks = Tick.CreateWriter(w);
                public RecordWriter<Tick> Ticks => _ticks;
            }
            sealed class C(RecordWriter<Tick> given)
            {
                private readonly RecordWriter<Tick> _ticks = given;
                public void Add(double p) => _ticks.Next().Price = p;
            }
            sealed class D(SpliceWriter w)
            {
                private readonly RecordWriter<Tick> _ticks = Tick.CreateWriter(w);
                public void Add(double p) => _ticks.Next().Price = p;
                public ValueTask End() => _ticks.CompleteAsync();
            }
            partial class F(SpliceWriter w)
            {
                protected readonly RecordWriter<Tick> _ticks = Tick.CreateWriter(w);
                public void Add(double p) => _ticks.Next().Price = p;
            }
            """,
        ["QuestionWithoutFlush"] = """
            static class P
            {
                static double Ask(SpliceLink link, double q)
                {
                    using RecordWriter<Tick> asked = Tick.CreateWriter(link.Writer);
                    using RecordReader<Tick> answers = Tick.CreateReader(link.Reader);
                    asked.Next().Price = q;
                    double sum = 0;
                    foreach (Tick t in answers.ReadBatch()) //~VMS4009
                    {
                        sum += t.Price;
                    }
                    asked.Complete();
                    return sum;
                }
            }
            """,
        ["QuestionRight"] = """
            static class P
            {
                static double Ask(SpliceLink link, double q)
                {
                    using RecordWriter<Tick> asked = Tick.CreateWriter(link.Writer);
                    using RecordReader<Tick> answers = Tick.CreateReader(link.Reader);
                    double sum = 0;
                    for (int i = 0; i < 10; i++)
                    {
                        asked.Next().Price = q;
                        asked.Flush();
                        foreach (Tick t in answers.ReadBatch())
                        {
                            sum += t.Price;
                        }
                    }
                    asked.Complete();
                    return sum;
                }
                static void Two(SpliceLink one, SpliceLink other)
                {
                    using RecordWriter<Tick> asked = Tick.CreateWriter(one.Writer);
                    using RecordReader<Tick> answers = Tick.CreateReader(other.Reader);
                    asked.Next().Price = 1;
                    foreach (Tick t in answers) { asked.Next().Price = t.Price; }
                    asked.Complete();
                }
            }
            """,
    };
}
