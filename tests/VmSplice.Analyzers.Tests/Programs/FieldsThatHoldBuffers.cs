namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Fields whose buffer is taken, replaced, or guarded by a flag.</summary>
internal sealed class FieldsThatHoldBuffers : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FlagBesideAReadOnlyField"] = """
            sealed class S : IDisposable
            {
                private readonly PageBuffer<int> _b = PageBuffer<int>.Allocate(4);
                private bool _sent;
                public void Flush(SpliceWriter w)
                {
                    if (_sent)
                    {
                        return;
                    }
                    _sent = true;
                    w.Send(_b);
                }
                public void Dispose()
                {
                    if (!_sent)
                    {
                        _b.Dispose();
                    }
                }
            }
            """,
        ["FlagBesideAField"] = """
            sealed class S : IDisposable
            {
                private PageBuffer<int> _b = PageBuffer<int>.Allocate(4);
                private bool _sent;
                public void Flush(SpliceWriter w)
                {
                    if (!_sent)
                    {
                        w.Send(_b);
                        _sent = true;
                    }
                }
                public void Dispose()
                {
                    if (!_sent)
                    {
                        _b.Dispose();
                    }
                }
            }
            """,
        ["FieldWithoutAFlag"] = """
            sealed class S : IDisposable
            {
                private PageBuffer<int> _b = PageBuffer<int>.Allocate(4);
                public void Flush(SpliceWriter w)
                {
                    w.Send(_b); //~VMS2009
                }
                public void Dispose()
                {
                    _b.Dispose();
                }
            }
            """,
        ["TakeThatRentsAnother"] = """
            class S
            {
                PageBuffer<int> _b;
                SpliceWriter _w = null !;
                PageBuffer<int> Take()
                {
                    var b = _b;
                    _b = _w.Rent<int>(4);
                    return b;
                }
                public void Flush()
                {
                    var b = Take();
                    _w.Send(b);
                }
            }
            """,
        ["TakeThatLeavesNone"] = """
            class S
            {
                PageBuffer<int> _b;
                PageBuffer<int> Take()
                {
                    var b = _b;
                    _b = default;
                    return b;
                }
                public void Flush(SpliceWriter w)
                {
                    w.Send(Take());
                }
            }
            """,
        ["TakenByATuple"] = """
            class S
            {
                PageBuffer<int> _b;
                public void Flush(SpliceWriter w)
                {
                    (var b, _b) = (_b, default);
                    w.Send(b);
                }
            }
            """,
        ["TakenByAPattern"] = """
            class S
            {
                PageBuffer<int>? _b;
                public void Flush(SpliceWriter w)
                {
                    if (_b is { } b)
                    {
                        _b = null;
                        w.Send(b);
                    }
                }
            }
            """,
        ["TakenByAnExchange"] = """
            class S
            {
                Frame? _f;
                public void Flush(SpliceWriter w)
                {
                    if (Interlocked.Exchange(ref _f, null)is { } f)
                    {
                        w.Send(f);
                    }
                }
            }
            """,
    };
}
