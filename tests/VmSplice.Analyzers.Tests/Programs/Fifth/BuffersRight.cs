namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Buffers, and right.</summary>
internal sealed class BuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AcquiredPageHandedToTheCaller"] = """
            public sealed class PagePermit(SpliceWriter pipe, int most)
            {
                private int _out;

                public bool TryAcquire(int length, out PageBuffer<byte> page)
                {
                    if (_out >= most)
                    {
                        page = default;
                        return false;
                    }

                    _out++;
                    page = pipe.Rent<byte>(length);
                    return true;
                }

                public void Commit([Consumes] PageBuffer<byte> page)
                {
                    _out--;
                    pipe.Send(page);
                }
            }

            public static class PermitUser
            {
                public static bool Send(PagePermit permit, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
                {
                    if (!permit.TryAcquire(first.Length, out PageBuffer<byte> page))
                        return false;

                    first.CopyTo(page.Span);
                    permit.Commit(page);
                    if (!permit.TryAcquire(second.Length, out page))
                        return false;

                    second.CopyTo(page.Span);
                    permit.Commit(page);
                    return true;
                }
            }
            """,
        ["BackPageRentedAtEachSwap"] = """
            public sealed class DoubleBufferedScope(SpliceWriter display)
            {
                public void Run(Func<int, int> sample, int frames)
                {
                    PageBuffer<int> front = display.Rent<int>(4800);
                    PageBuffer<int> back = display.Rent<int>(4800);
                    for (int frame = 0; frame < frames; frame++)
                    {
                        back[0] = sample(frame);
                        display.Send(front);
                        (front, back) = (back, display.Rent<int>(4800));
                    }

                    front.Dispose();
                    back.Dispose();
                }
            }
            """,
        ["BatcherRentsAgainInFlush"] = """
            public sealed class ByteBatcher(SpliceWriter pipe) : IDisposable
            {
                private const int PageBytes = 64 * 1024;
                private PageBuffer<byte> _page = pipe.Rent<byte>(PageBytes);
                private int _used;

                public void Append(ReadOnlySpan<byte> bytes)
                {
                    while (!bytes.IsEmpty)
                    {
                        if (_used == PageBytes)
                            Flush();

                        int count = Math.Min(bytes.Length, PageBytes - _used);
                        bytes[..count].CopyTo(_page.Span[_used..]);
                        _used += count;
                        bytes = bytes[count..];
                    }
                }

                public void Flush()
                {
                    if (_used == 0)
                        return;

                    pipe.Send(_page, _used);
                    _page = pipe.Rent<byte>(PageBytes);
                    _used = 0;
                }

                public void Dispose() => _page.Dispose();
            }
            """,
        ["BatcherWithLazyPageAndFlag"] = """
            public sealed class LazyBatcher(SpliceWriter pipe) : IDisposable
            {
                private PageBuffer<long> _page;
                private bool _hasPage;
                private int _used;

                public void Add(long value)
                {
                    if (!_hasPage)
                    {
                        _page = pipe.Rent<long>(4096);
                        _hasPage = true;
                        _used = 0;
                    }

                    _page[_used++] = value;
                    if (_used == _page.Length)
                        Flush();
                }

                public void Flush()
                {
                    if (!_hasPage)
                        return;

                    PageBuffer<long> full = _page;
                    _page = default;
                    _hasPage = false;
                    pipe.Send(full, _used);
                }

                public void Dispose()
                {
                    if (_hasPage)
                        _page.Dispose();
                }
            }
            """,
        ["DoubleDisposeAroundSend"] = """
            public static class CarefulSender
            {
                public static PageBufferState Send(SpliceWriter pipe, ReadOnlySpan<byte> bytes)
                {
                    using PageBuffer<byte> page = pipe.Rent<byte>(bytes.Length);
                    try
                    {
                        bytes.CopyTo(page.Span);
                        pipe.Send(page);
                    }
                    finally
                    {
                        page.Dispose();
                    }

                    return page.State;
                }
            }
            """,
        ["EachPriorityEndsTheBuffer"] = """
            public enum Priority { Low, Normal, Urgent }

            public sealed class AlarmRouter(SpliceWriter pager, SpliceWriter bulk, Stream archive)
            {
                public bool Route([Consumes] PageBuffer<byte> alarm, Priority priority)
                {
                    archive.Write(alarm.Span);
                    switch (priority)
                    {
                        case Priority.Urgent:
                            pager.Send(alarm);
                            return true;
                        case Priority.Normal when bulk.BytesUnread == 0:
                            bulk.Send(alarm);
                            return true;
                        case Priority.Normal:
                            bulk.Write<byte>(alarm.Span);
                            break;
                        default:
                            archive.Flush();
                            break;
                    }

                    alarm.Dispose();
                    return false;
                }
            }
            """,
        ["ExistingFifoOpenedByHandle"] = """
            public sealed class FifoSink(string folder)
            {
                private static SafeFileHandle Existing(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.Write);

                public void Post(string queue, ReadOnlySpan<byte> bytes)
                {
                    string path = Path.Combine(folder, queue + ".fifo");
                    if (!File.Exists(path))
                        SplicePipe.CreateFifo(path);

                    using SpliceWriter fifo = SpliceWriter.Open(Existing(path));
                    fifo.Write(bytes);
                }
            }
            """,
    };
}
