namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Buffers, and right.</summary>
internal sealed class BuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BorrowedBufferCopiedByTap"] = """
            public interface IInspector
            {
                void Inspect([Borrows] PageBuffer<byte> packet);
            }

            public sealed class Mirror(SpliceWriter tap) : IInspector
            {
                public int Seen { get; private set; }

                public void Inspect([Borrows] PageBuffer<byte> packet)
                {
                    Seen += packet.Length;
                    using PageBuffer<byte> copy = tap.Rent<byte>(packet.Length);
                    packet.Span.CopyTo(copy.Span);
                    tap.Send(copy);
                }
            }

            public sealed class Proxy(IInspector inspector, SpliceWriter target)
            {
                public void Pass([Consumes] PageBuffer<byte> packet)
                {
                    inspector.Inspect(packet);
                    packet[0] |= 0x80;
                    target.Send(packet);
                }
            }
            """,
        ["BothHalvesSentWhicheverIsLarger"] = """
            public static class Partitioner
            {
                public static void Split(SpliceWriter writer, ReadOnlySpan<int> keys, int pivot)
                {
                    using PageBuffer<int> left = writer.Rent<int>(keys.Length + 1);
                    using PageBuffer<int> right = writer.Rent<int>(keys.Length + 1);
                    int l = 0, r = 0;
                    foreach (int key in keys)
                    {
                        if (key < pivot) left[l++] = key;
                        else right[r++] = key;
                    }

                    left[l] = int.MinValue;
                    right[r] = int.MaxValue;
                    if (l > r)
                    {
                        writer.Send(left, l + 1);
                        writer.Send(right, r + 1);
                    }
                    else
                    {
                        writer.Send(right, r + 1);
                        writer.Send(left, l + 1);
                    }
                }
            }
            """,
        ["ChunkRentedInEachRound"] = """
            public static class FileFeeder
            {
                public static long Feed(Stream file, SpliceWriter pipe)
                {
                    long total = 0;
                    PageBuffer<byte> chunk = pipe.Rent<byte>(128 * 1024);
                    try
                    {
                        int read;
                        while ((read = file.Read(chunk.Span)) > 0)
                        {
                            pipe.Send(chunk, read);
                            total += read;
                            chunk = pipe.Rent<byte>(128 * 1024);
                        }

                        return total;
                    }
                    finally
                    {
                        chunk.Dispose();
                    }
                }
            }
            """,
        ["ConsumerDisposesOnEveryOtherPath"] = """
            public sealed class RateLimiter(SpliceWriter target, int perSecond)
            {
                private int _left = perSecond;

                public bool Closed { get; set; }

                public ValueTask PassAsync([Consumes] PageBuffer<byte> packet, CancellationToken cancellation)
                {
                    if (Closed || Interlocked.Decrement(ref _left) < 0)
                    {
                        packet.Dispose();
                        return ValueTask.CompletedTask;
                    }

                    if (packet.Length == 0)
                    {
                        packet.Dispose();
                        return ValueTask.FromException(new ArgumentException("empty", nameof(packet)));
                    }

                    return target.SendAsync(packet, cancellation);
                }

                public void Refill() => Interlocked.Exchange(ref _left, perSecond);
            }
            """,
        ["CurrentPageReplacedByFlush"] = """
            public sealed class PagedTrace : IDisposable
            {
                private readonly SpliceWriter _collector;
                private PageBuffer<long> _page;
                private int _used;

                public PagedTrace(SpliceWriter collector)
                {
                    _collector = collector;
                    _page = collector.Rent<long>(4096);
                }

                public void Trace(long value)
                {
                    if (_used == _page.Length) Flush();
                    _page[_used++] = value;
                }

                public void Flush()
                {
                    PageBuffer<long> full = _page;
                    int used = _used;
                    _page = _collector.Rent<long>(4096);
                    _used = 0;
                    _collector.Send(full, used);
                }

                public void Dispose()
                {
                    if (_used > 0) Flush();
                    _page.Dispose();
                    _page = default;
                }
            }
            """,
        ["EmptyBlockDisposedByContinue"] = """
            public static class Compactor
            {
                public static int Compact(SpliceWriter output, IEnumerable<byte[]> blocks)
                {
                    int sent = 0;
                    foreach (byte[] block in blocks)
                    {
                        PageBuffer<byte> target = output.Rent<byte>(Math.Max(block.Length, 1));
                        int length = 0;
                        foreach (byte b in block)
                        {
                            if (b != 0) target[length++] = b;
                        }

                        if (length == 0)
                        {
                            target.Dispose();
                            continue;
                        }

                        output.Send(target, length);
                        sent++;
                    }

                    return sent;
                }
            }
            """,
        ["GatherFilledBeforeAdd"] = """
            public static class ObjectFileWriter
            {
                public static int Emit(SpliceWriter linker, byte[] code, int[] relocations)
                {
                    using PageBuffer<int> index = linker.Rent<int>(relocations.Length + 1);
                    using PageBuffer<byte> text = linker.Rent<byte>(code.Length);
                    using SpliceGather gather = linker.CreateGather();
                    index[0] = relocations.Length;
                    gather.Add(index);
                    code.CopyTo(text.Span);
                    gather.Add(text);
                    int parts = gather.Count;
                    gather.Send();
                    return parts + index.Length + text.Length;
                }
            }
            """,
    };
}
