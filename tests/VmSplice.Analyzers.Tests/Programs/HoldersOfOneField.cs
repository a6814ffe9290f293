namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>A field that a method of the same object sends and clears, or only sends, where the caller goes on with it.</summary>
internal sealed class HoldersOfOneField : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ClosedWhereItIsAnother"] = """
            sealed class Painter(SpliceWriter pipe) : IDisposable
            {
                private Frame? _open;

                public void Paint(int id, byte color)
                {
                    if (_open is { } other && other.Header != id)
                    {
                        Close();
                    }

                    _open ??= Start(id);
                    _open.Caption[0] = color;
                }

                public void Close()
                {
                    if (_open is { } frame)
                    {
                        _open = null;
                        pipe.Send(frame);
                    }
                }

                private Frame Start(int id)
                {
                    Frame frame = Frame.Rent(pipe);
                    frame.Header = id;
                    return frame;
                }

                public void Dispose()
                {
                    Close();
                    pipe.CompleteBuffers();
                }
            }
            """,
        ["ClosedWithoutAName"] = """
            sealed class Painter(SpliceWriter pipe)
            {
                private Frame? _open;

                public void Paint(int id, byte color)
                {
                    if (_open is not null && _open.Header != id)
                    {
                        Close();
                    }

                    if (_open is null)
                    {
                        _open = Frame.Rent(pipe);
                        _open.Header = id;
                    }

                    _open.Caption[0] = color;
                }

                private void Close()
                {
                    if (_open is not null)
                    {
                        pipe.Send(_open);
                        _open = null;
                    }
                }
            }
            """,
        ["PageClosedWhenFull"] = """
            sealed class Log(SpliceWriter pipe)
            {
                private PageBuffer<long>? _page;
                private int _used;

                public void Add(long value)
                {
                    if (_page is { } open && _used == open.Length)
                    {
                        Close();
                    }

                    PageBuffer<long> page = _page ??= pipe.Rent<long>(512);
                    page.Span[_used++] = value;
                }

                public void Close()
                {
                    if (_page is { } full)
                    {
                        _page = null;
                        pipe.Send(full, _used);
                        _used = 0;
                    }
                }
            }
            """,
        ["ExchangedAndSent"] = """
            sealed class Latest(SpliceWriter pipe)
            {
                private Frame? _latest;

                public void Show(int id)
                {
                    if (_latest is { Header: var shown } && shown != id)
                    {
                        Flush();
                    }

                    Frame now = _latest ?? Frame.Rent(pipe);
                    now.Header = id;
                    _latest = now;
                }

                public void Flush()
                {
                    if (Interlocked.Exchange(ref _latest, null) is { } frame)
                    {
                        pipe.Send(frame);
                    }
                }
            }
            """,
        ["ClosedAndNotCleared"] = """
            sealed class Painter(SpliceWriter pipe)
            {
                private Frame? _open;

                public void Paint(int id, byte color)
                {
                    _open ??= Frame.Rent(pipe);
                    if (_open.Header != id)
                    {
                        Close();
                    }

                    _open.Caption[0] = color; //~VMS2004
                }

                private void Close()
                {
                    if (_open is { } frame)
                    {
                        pipe.Send(frame);
                    }
                }
            }
            """,
        ["NameOfBeforeUsedAfterClose"] = """
            sealed class Painter(SpliceWriter pipe)
            {
                private Frame? _open;

                public int Next(int id)
                {
                    if (_open is { } old)
                    {
                        Close();
                        return old.Header; //~VMS2004
                    }

                    _open = Frame.Rent(pipe);
                    _open.Header = id;
                    return id;
                }

                public void Close()
                {
                    if (_open is { } frame)
                    {
                        _open = null;
                        pipe.Send(frame);
                    }
                }
            }
            """,
    };
}
