namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>The buffer of an object that a field or its collection still has (VMS2009), and objects that are taken out or given another buffer.</summary>
internal sealed class ObjectsThatHoldBuffers : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ElementOfADictionary"] = """
            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public bool IsDone;
            }

            public sealed class Sessions(SpliceWriter store)
            {
                private readonly Dictionary<int, Session> _open = [];
                private readonly Queue<Session> _queue = new();
                private readonly Session _first = new();
                private Session? _current;

                public void Begin(int id)
                {
                    _open.Add(id, new Session { Body = store.Rent<byte>(4096) });
                    _queue.Enqueue(_open[id]);
                    _current = _open[id];
                }

                public void Commit(int id)
                {
                    Session session = _open[id];
                    store.Send(session.Body); //~VMS2009
                }

                private void End(int id) => _open.Remove(id);
            }
            """,
        ["ObjectOfAField"] = """
            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public bool IsDone;
            }

            public sealed class Sessions(SpliceWriter store)
            {
                private readonly Dictionary<int, Session> _open = [];
                private readonly Queue<Session> _queue = new();
                private readonly Session _first = new();
                private Session? _current;

                public void Begin(int id)
                {
                    _open.Add(id, new Session { Body = store.Rent<byte>(4096) });
                    _queue.Enqueue(_open[id]);
                    _current = _open[id];
                }

                public void Commit(int id)
                {
                    Session session = _first;
                    store.Send(session.Body); //~VMS2009
                }

                private void End(int id) => _open.Remove(id);
            }
            """,
        ["FrontOfAQueue"] = """
            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public bool IsDone;
            }

            public sealed class Sessions(SpliceWriter store)
            {
                private readonly Dictionary<int, Session> _open = [];
                private readonly Queue<Session> _queue = new();
                private readonly Session _first = new();
                private Session? _current;

                public void Begin(int id)
                {
                    _open.Add(id, new Session { Body = store.Rent<byte>(4096) });
                    _queue.Enqueue(_open[id]);
                    _current = _open[id];
                }

                public void Commit(int id)
                {
                    Session session = _queue.Peek();
                    store.Send(session.Body); //~VMS2009
                }

                private void End(int id) => _open.Remove(id);
            }
            """,
        ["FieldThatMayBeNull"] = """
            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public bool IsDone;
            }

            public sealed class Sessions(SpliceWriter store)
            {
                private readonly Dictionary<int, Session> _open = [];
                private readonly Queue<Session> _queue = new();
                private readonly Session _first = new();
                private Session? _current;

                public void Begin(int id)
                {
                    _open.Add(id, new Session { Body = store.Rent<byte>(4096) });
                    _queue.Enqueue(_open[id]);
                    _current = _open[id];
                }

                public void Commit(int id)
                {
                    Session session = _current ?? throw new InvalidOperationException();
                    store.Send(session.Body); //~VMS2009
                }

                private void End(int id) => _open.Remove(id);
            }
            """,
        ["MarkThatNobodyAsksFor"] = """
            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public bool IsDone;
            }

            public sealed class Sessions(SpliceWriter store)
            {
                private readonly Dictionary<int, Session> _open = [];
                private readonly Queue<Session> _queue = new();
                private readonly Session _first = new();
                private Session? _current;

                public void Begin(int id)
                {
                    _open.Add(id, new Session { Body = store.Rent<byte>(4096) });
                    _queue.Enqueue(_open[id]);
                    _current = _open[id];
                }

                public void Commit(int id)
                {
                    Session session = _open[id];
                    store.Send(session.Body); //~VMS2009
                    session.IsDone = true;
                }

                private void End(int id) => _open.Remove(id);
            }
            """,
        ["RemovedAfterwards"] = """
            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public bool IsDone;
            }

            public sealed class Sessions(SpliceWriter store)
            {
                private readonly Dictionary<int, Session> _open = [];
                private readonly Queue<Session> _queue = new();
                private readonly Session _first = new();
                private Session? _current;

                public void Begin(int id)
                {
                    _open.Add(id, new Session { Body = store.Rent<byte>(4096) });
                    _queue.Enqueue(_open[id]);
                    _current = _open[id];
                }

                public void Commit(int id)
                {
                    Session session = _open[id];
                    store.Send(session.Body);
                    _open.Remove(id);
                }

                private void End(int id) => _open.Remove(id);
            }
            """,
        ["RemovedByAHelper"] = """
            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public bool IsDone;
            }

            public sealed class Sessions(SpliceWriter store)
            {
                private readonly Dictionary<int, Session> _open = [];
                private readonly Queue<Session> _queue = new();
                private readonly Session _first = new();
                private Session? _current;

                public void Begin(int id)
                {
                    _open.Add(id, new Session { Body = store.Rent<byte>(4096) });
                    _queue.Enqueue(_open[id]);
                    _current = _open[id];
                }

                public void Commit(int id)
                {
                    Session session = _open[id];
                    store.Send(session.Body);
                    End(id);
                }

                private void End(int id) => _open.Remove(id);
            }
            """,
        ["RemovedBefore"] = """
            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public bool IsDone;
            }

            public sealed class Sessions(SpliceWriter store)
            {
                private readonly Dictionary<int, Session> _open = [];
                private readonly Queue<Session> _queue = new();
                private readonly Session _first = new();
                private Session? _current;

                public void Begin(int id)
                {
                    _open.Add(id, new Session { Body = store.Rent<byte>(4096) });
                    _queue.Enqueue(_open[id]);
                    _current = _open[id];
                }

                public void Commit(int id)
                {
                    if (_open.Remove(id, out Session? session))
                    {
                        store.Send(session.Body);
                    }
                }

                private void End(int id) => _open.Remove(id);
            }
            """,
        ["TakenOutOfAQueue"] = """
            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public bool IsDone;
            }

            public sealed class Sessions(SpliceWriter store)
            {
                private readonly Dictionary<int, Session> _open = [];
                private readonly Queue<Session> _queue = new();
                private readonly Session _first = new();
                private Session? _current;

                public void Begin(int id)
                {
                    _open.Add(id, new Session { Body = store.Rent<byte>(4096) });
                    _queue.Enqueue(_open[id]);
                    _current = _open[id];
                }

                public void Commit(int id)
                {
                    Session session = _queue.Dequeue();
                    store.Send(session.Body);
                }

                private void End(int id) => _open.Remove(id);
            }
            """,
        ["FieldIsCleared"] = """
            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public bool IsDone;
            }

            public sealed class Sessions(SpliceWriter store)
            {
                private readonly Dictionary<int, Session> _open = [];
                private readonly Queue<Session> _queue = new();
                private readonly Session _first = new();
                private Session? _current;

                public void Begin(int id)
                {
                    _open.Add(id, new Session { Body = store.Rent<byte>(4096) });
                    _queue.Enqueue(_open[id]);
                    _current = _open[id];
                }

                public void Commit(int id)
                {
                    Session session = _current!;
                    store.Send(session.Body);
                    _current = null;
                }

                private void End(int id) => _open.Remove(id);
            }
            """,
        ["BufferIsReplaced"] = """
            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public bool IsDone;
            }

            public sealed class Sessions(SpliceWriter store)
            {
                private readonly Dictionary<int, Session> _open = [];
                private readonly Queue<Session> _queue = new();
                private readonly Session _first = new();
                private Session? _current;

                public void Begin(int id)
                {
                    _open.Add(id, new Session { Body = store.Rent<byte>(4096) });
                    _queue.Enqueue(_open[id]);
                    _current = _open[id];
                }

                public void Commit(int id)
                {
                    Session session = _open[id];
                    store.Send(session.Body);
                    session.Body = store.Rent<byte>(4096);
                }

                private void End(int id) => _open.Remove(id);
            }
            """,
        ["BufferIsCleared"] = """
            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public bool IsDone;
            }

            public sealed class Sessions(SpliceWriter store)
            {
                private readonly Dictionary<int, Session> _open = [];
                private readonly Queue<Session> _queue = new();
                private readonly Session _first = new();
                private Session? _current;

                public void Begin(int id)
                {
                    _open.Add(id, new Session { Body = store.Rent<byte>(4096) });
                    _queue.Enqueue(_open[id]);
                    _current = _open[id];
                }

                public void Commit(int id)
                {
                    Session session = _open[id];
                    store.Send(session.Body);
                    session.Body = default;
                }

                private void End(int id) => _open.Remove(id);
            }
            """,
        ["MarkThatIsAskedFor"] = """
            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public bool IsDone;
            }

            public sealed class Sessions(SpliceWriter store)
            {
                private readonly Dictionary<int, Session> _open = [];
                private readonly Queue<Session> _queue = new();
                private readonly Session _first = new();
                private Session? _current;

                public void Begin(int id)
                {
                    _open.Add(id, new Session { Body = store.Rent<byte>(4096) });
                    _queue.Enqueue(_open[id]);
                    _current = _open[id];
                }

                public void Commit(int id)
                {
                    Session session = _open[id];
                    if (!session.IsDone)
                    {
                        store.Send(session.Body);
                        session.IsDone = true;
                    }
                }

                private void End(int id) => _open.Remove(id);
            }
            """,
        ["ObjectOfTheMethod"] = """
            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public bool IsDone;
            }

            public sealed class Sessions(SpliceWriter store)
            {
                private readonly Dictionary<int, Session> _open = [];
                private readonly Queue<Session> _queue = new();
                private readonly Session _first = new();
                private Session? _current;

                public void Begin(int id)
                {
                    _open.Add(id, new Session { Body = store.Rent<byte>(4096) });
                    _queue.Enqueue(_open[id]);
                    _current = _open[id];
                }

                public void Commit(int id)
                {
                    Session session = new() { Body = store.Rent<byte>(id) };
                    store.Send(session.Body);
                }

                private void End(int id) => _open.Remove(id);
            }
            """,
    };
}
