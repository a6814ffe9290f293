namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Buffers in fields, and right.</summary>
internal sealed class FieldsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BufferReassignedRightAfterSend"] = """
            public sealed class Batcher(SpliceWriter pipe) : IDisposable
            {
                private PageBuffer<int> _page = pipe.Rent<int>(4096);
                private int _count;

                public void Add(int value)
                {
                    _page.Span[_count++] = value;
                    if (_count < _page.Length)
                    {
                        return;
                    }

                    pipe.Send(_page);
                    _page = pipe.Rent<int>(4096);
                    _count = 0;
                }

                public void Dispose()
                {
                    if (_count > 0)
                    {
                        pipe.Send(_page, _count);
                        _count = 0;
                    }

                    _page.Dispose();
                }
            }
            """,
        ["RefillThroughRefParameter"] = """
            public sealed class LineWriter(SpliceWriter pipe) : IDisposable
            {
                private PageBuffer<byte> _page = pipe.Rent<byte>(64 * 1024);
                private int _used;

                public void Write(ReadOnlySpan<byte> line)
                {
                    while (!line.IsEmpty)
                    {
                        int count = Math.Min(line.Length, _page.Length - _used);
                        line[..count].CopyTo(_page.Span[_used..]);
                        line = line[count..];
                        _used += count;
                        if (_used == _page.Length)
                        {
                            Ship(ref _page);
                        }
                    }
                }

                private void Ship(ref PageBuffer<byte> page)
                {
                    pipe.Send(page, _used);
                    _used = 0;
                    page = pipe.Rent<byte>(64 * 1024);
                }

                public void Dispose()
                {
                    if (_used > 0)
                    {
                        pipe.Send(_page, _used);
                        _used = 0;
                        _page = default;
                    }

                    _page.Dispose();
                }
            }
            """,
    };
}
