namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>A record writer in a field, by each syntax that makes it and that ends it.</summary>
internal sealed class WritersInFieldsOnlyDisposed : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ConstructorIsOneExpression"] = """
            sealed class Exporter : IDisposable
            {
                private readonly RecordWriter<Tick> _ticks;
                public Exporter(string fifo) => _ticks = Tick.CreateWriter(SpliceWriter.OpenFifo(fifo)); //~VMS2014
                public void Export(double price) => _ticks.Next().Price = price;
                public void Dispose() => _ticks.Dispose();
            }
            """,
        ["InitializerOfPrimaryConstructor"] = """
            sealed class Exporter(SpliceWriter pipe) : IDisposable
            {
                private readonly RecordWriter<Tick> _ticks = Tick.CreateWriter(pipe); //~VMS2014
                public void Export(double price) => _ticks.Next().Price = price;
                public void Dispose() => _ticks.Dispose();
            }
            """,
        ["MadeOnFirstUse"] = """
            sealed class Exporter(SpliceWriter pipe) : IDisposable
            {
                private RecordWriter<Tick>? _ticks;

                public void Export(double price)
                {
                    _ticks ??= Tick.CreateWriter(pipe); //~VMS2014
                    _ticks.Next().Price = price;
                }

                public void Dispose() => _ticks?.Dispose();
            }
            """,
        ["OpenedByMethodOfOneExpression"] = """
            sealed class Exporter : IAsyncDisposable
            {
                private RecordWriter<Tick>? _ticks;
                public void Open(SpliceWriter pipe) => _ticks = new RecordWriter<Tick>(pipe, new RecordWriterOptions()); //~VMS2014
                public void Export(double price) => _ticks!.Next().Price = price;

                public async ValueTask DisposeAsync()
                {
                    if (_ticks is not null)
                    {
                        await _ticks.DisposeAsync();
                    }
                }
            }
            """,
        ["FlushedAndDisposed"] = """
            sealed class Exporter : IDisposable
            {
                private readonly RecordWriter<Tick> _ticks;
                public Exporter(SpliceWriter pipe) => this._ticks = Tick.CreateWriter(pipe); //~VMS2014

                public void Export(double price)
                {
                    _ticks.Next().Price = price;
                    _ticks.Flush();
                }

                public void Dispose() => _ticks.Dispose();
            }
            """,
        ["NobodyEndsIt"] = """
            sealed class Exporter
            {
                private readonly RecordWriter<Tick> _ticks; //~VMS2013
                public Exporter(SpliceWriter pipe) => _ticks = Tick.CreateWriter(pipe);
                public void Export(double price) => _ticks.Next().Price = price;
            }
            """,
        ["CompletedByMethodOfOneExpression"] = """
            sealed class Exporter : IDisposable
            {
                private readonly RecordWriter<Tick> _ticks;
                public Exporter(string fifo) => _ticks = Tick.CreateWriter(SpliceWriter.OpenFifo(fifo));
                public void Export(double price) => _ticks.Next().Price = price;
                public void Stop() => _ticks.Complete();
                public void Dispose() => _ticks.Dispose();
            }
            """,
        ["GivenByTheCaller"] = """
            sealed class Exporter : IDisposable
            {
                private readonly RecordWriter<Tick> _ticks;
                public Exporter(RecordWriter<Tick> ticks) => _ticks = ticks;
                public void Export(double price) => _ticks.Next().Price = price;
                public void Dispose() => _ticks.Dispose();
            }
            """,
        ["CompletedConditionally"] = """
            sealed class Exporter(SpliceWriter pipe) : IDisposable
            {
                private RecordWriter<Tick>? _ticks;
                public void Export(double price) => (_ticks ??= Tick.CreateWriter(pipe)).Next().Price = price;
                public void Stop() => _ticks?.Complete();
                public void Dispose() => _ticks?.Dispose();
            }
            """,
        ["HandedOut"] = """
            sealed class Exporter : IDisposable
            {
                private readonly RecordWriter<Tick> _ticks;
                public Exporter(SpliceWriter pipe) => _ticks = Tick.CreateWriter(pipe);
                public RecordWriter<Tick> Ticks => _ticks;
                public void Dispose() => _ticks.Dispose();
            }
            """,
    };
}
