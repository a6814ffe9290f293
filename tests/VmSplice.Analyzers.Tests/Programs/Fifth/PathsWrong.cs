namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Used on some path after it was given away.</summary>
internal sealed class PathsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FailureHandlerDumpsBuffer"] = """
            public sealed class EtlWorker(SpliceWriter sink, TextWriter errors)
            {
                public bool Load(ReadOnlySpan<double> column, double scale)
                {
                    using PageBuffer<double> block = sink.Rent<double>(column.Length);
                    try
                    {
                        for (int i = 0; i < column.Length; i++)
                            block[i] = checked((long)column[i]) * scale;
                        sink.Send(block);
                        return true;
                    }
                    catch (Exception e)
                    {
                        errors.WriteLine($"{e.Message}: the block began with {block[0]}"); //~VMS2004
                        return false;
                    }
                }
            }
            """,
        ["FrontAndBackSwappedForever"] = """
            public sealed class DoubleBufferedScope(SpliceWriter display)
            {
                public void Run(Func<int, int> sample, int frames)
                {
                    PageBuffer<int> front = display.Rent<int>(4800);
                    PageBuffer<int> back = display.Rent<int>(4800);
                    for (int frame = 0; frame < frames; frame++)
                    {
                        back[0] = sample(frame); //~VMS2004
                        (front, back) = (back, front);
                        display.Send(front); //~VMS2004
                    }

                    front.Dispose();
                    back.Dispose();
                }
            }
            """,
        ["LargerOfTwoSentSmallerCleared"] = """
            public sealed class DeltaEncoder(SpliceWriter pipe)
            {
                public void Emit(PageBuffer<byte> whole, int wholeLength, PageBuffer<byte> delta, int deltaLength)
                {
                    PageBuffer<byte> best = deltaLength < wholeLength ? delta : whole;
                    int length = Math.Min(deltaLength, wholeLength);
                    pipe.Send(best, length);
                    delta.Span.Clear(); //~VMS2004
                    delta.Dispose();
                    whole.Dispose();
                }
            }
            """,
        ["NextChunkReadOverPendingWrite"] = """
            public sealed class FileFeeder(SpliceWriter pipe)
            {
                // Overlaps reading the next chunk with writing the last one, over the same memory.
                public async Task FeedAsync(FileStream file, CancellationToken cancellation)
                {
                    using PageBuffer<byte> chunk = PageBuffer<byte>.Allocate(256 * 1024);
                    int count = file.Read(chunk.Span);
                    while (count > 0)
                    {
                        ValueTask writing = pipe.WriteAsync(chunk.Memory[..count], cancellation);
                        count = file.Read(chunk.Span); //~VMS2004
                        await writing;
                    }
                }
            }
            """,
        ["PassedOnBeforeTheReadWasAwaited"] = """
            public sealed class Repeater(SpliceReader upstream, SpliceWriter downstream)
            {
                public async Task<long> RepeatAsync(int blocks)
                {
                    long elements = 0;
                    while (blocks-- > 0)
                    {
                        PageBuffer<long> block = downstream.Rent<long>(8192);
                        ValueTask<int> filling = upstream.ReadAsync(block);
                        downstream.Send(block); //~VMS2004
                        elements += await filling;
                    }

                    return elements;
                }
            }
            """,
        ["ReceivedSpanOutlivesItsBlock"] = """
            public static class ChecksumHarness
            {
                public static uint Verify(SpliceReader source, int length)
                {
                    ReadOnlySpan<uint> words;
                    using (PageBuffer<uint> received = PageBuffer<uint>.Allocate(length))
                    {
                        int count = source.Read(received);
                        words = received.Span[..count];
                    }

                    return Sum(words); //~VMS2004
                }

                private static uint Sum(ReadOnlySpan<uint> words)
                {
                    uint sum = 0;
                    foreach (uint word in words)
                        sum = unchecked((sum << 1 | sum >> 31) + word);
                    return sum;
                }
            }
            """,
        ["TestPatternPageRefilledEachRound"] = """
            unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            public sealed unsafe class TestPatternSource
            {
                private const int Bytes = 64 * 1024;
                private readonly byte* _page = (byte*)NativeMemory.AlignedAlloc(Bytes, Bytes);

                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

                public void Run(int pipe, int blocks)
                {
                    for (int i = 0; i < blocks; i++)
                    {
                        for (int j = 0; j < Bytes; j++)
                            _page[j] = (byte)(i + j); //~VMS2004

                        iovec segment = new() { iov_base = _page, iov_len = Bytes };
                        if (vmsplice(pipe, &segment, 1, 0) != Bytes)
                            throw new IOException("the pattern did not go out whole");
                    }
                }
            }
            """,
        ["TrySendAnswerIgnored"] = """
            public sealed class BackpressureQueue(SpliceWriter pipe, int mostUnread, System.IO.Stream overflow)
            {
                public long Dropped { get; private set; }

                private bool TrySend(PageBuffer<byte> page)
                {
                    if (pipe.BytesUnread > mostUnread)
                        return false;

                    pipe.Send(page);
                    return true;
                }

                public void Push(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
                {
                    using PageBuffer<byte> page = pipe.Rent<byte>(16 * 1024);
                    first.CopyTo(page.Span);
                    TrySend(page);
                    if (second.IsEmpty)
                        return;

                    Dropped++;
                    second.CopyTo(page.Span); //~VMS2004
                    overflow.Write(page.Span);
                }
            }
            """,
        ["UrgentCaseFallsToArchive"] = """
            public enum Priority { Low, Normal, Urgent }

            public sealed class AlarmRouter(SpliceWriter pager, SpliceWriter bulk, Stream archive)
            {
                public void Route(PageBuffer<byte> alarm, Priority priority)
                {
                    switch (priority)
                    {
                        case Priority.Urgent:
                            pager.Send(alarm);
                            break;
                        case Priority.Normal:
                            bulk.Write<byte>(alarm.Span);
                            break;
                        default:
                            break;
                    }

                    archive.Write(alarm.Span); //~VMS2004
                    alarm.Dispose();
                }
            }
            """,
        ["BestTradeByRefAcrossBatches"] = """
            [Spliceable]
            public partial struct Trade { public long Id; public double Price; public int Size; public int Venue; }

            public static class BestTrade
            {
                public static int CountImprovements(RecordReader<Trade> trades)
                {
                    int improvements = 0;
                    ReadOnlySpan<Trade> batch = trades.ReadBatch();
                    if (batch.IsEmpty)
                    {
                        return 0;
                    }

                    ref readonly Trade best = ref batch[0];
                    do
                    {
                        foreach (ref readonly Trade trade in batch)
                        {
                            if (trade.Price > best.Price) //~VMS2004
                            {
                                best = ref trade;
                                improvements++;
                            }
                        }

                        batch = trades.ReadBatch();
                    }
                    while (!batch.IsEmpty);

                    return improvements;
                }
            }
            """,
    };
}
