namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>
/// Two variables that change places in a loop which sends: where nothing new is rented, the third round has one that was sent. Where each is
/// rented anew, all is well.
/// </summary>
internal sealed class BuffersInTurn : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SwappedByTuple"] = """
            static class P
            {
                static void Stream(SpliceWriter pipe, Func<Memory<short>, int> fill)
                {
                    using PageBuffer<short> first = pipe.Rent<short>(16384);
                    using PageBuffer<short> second = pipe.Rent<short>(16384);
                    PageBuffer<short> front = first;
                    PageBuffer<short> back = second;
                    while (true)
                    {
                        int samples = fill(back.Memory); //~VMS2004
                        if (samples == 0)
                        {
                            break;
                        }

                        pipe.Send(back, samples);
                        (front, back) = (back, front);
                    }
                }
            }
            """,
        ["SwappedByHand"] = """
            static class P
            {
                static void Stream(SpliceWriter pipe, IEnumerable<int> values)
                {
                    PageBuffer<int> front = pipe.Rent<int>(1);
                    PageBuffer<int> back = pipe.Rent<int>(1);
                    foreach (int value in values)
                    {
                        back.Span[0] = value; //~VMS2004
                        pipe.Send(back);
                        PageBuffer<int> sent = back;
                        back = front;
                        front = sent;
                    }

                    front.Dispose();
                    back.Dispose();
                }
            }
            """,
        ["WrittenBehindTheSwap"] = """
            static class P
            {
                static void Stream(SpliceWriter pipe, int rounds)
                {
                    using PageBuffer<int> first = pipe.Rent<int>(1);
                    using PageBuffer<int> second = pipe.Rent<int>(1);
                    PageBuffer<int> front = first, back = second;
                    for (int i = 0; i < rounds; i++)
                    {
                        pipe.Send(front); //~VMS2004
                        (front, back) = (back, front);
                        front.Span[0] = i;
                    }
                }
            }
            """,
        ["ThreeInTurn"] = """
            static class P
            {
                static async Task Stream(SpliceWriter pipe, Stream source)
                {
                    using PageBuffer<byte> a = pipe.Rent<byte>(4096);
                    using PageBuffer<byte> b = pipe.Rent<byte>(4096);
                    using PageBuffer<byte> c = pipe.Rent<byte>(4096);
                    PageBuffer<byte> now = a, next = b, last = c;
                    int read;
                    while ((read = await source.ReadAsync(now.Memory)) > 0) //~VMS2004
                    {
                        await pipe.SendAsync(now, read);
                        (now, next, last) = (next, last, now);
                    }
                }
            }
            """,
        ["FramesInTurn"] = """
            sealed class Painter(SpliceWriter pipe)
            {
                public void Run(CancellationToken stop)
                {
                    using Frame one = Frame.Rent(pipe);
                    using Frame two = Frame.Rent(pipe);
                    Frame shown = one, drawn = two;
                    int number = 0;
                    do
                    {
                        drawn.Header = number++; //~VMS2004
                        pipe.Send(drawn);
                        Frame free = shown;
                        shown = drawn;
                        drawn = free;
                    }
                    while (!stop.IsCancellationRequested);
                    pipe.CompleteBuffers();
                }
            }
            """,
        ["RentedAnewBeforeTheSwap"] = """
            static class P
            {
                static void Stream(SpliceWriter pipe, Func<Memory<short>, int> fill)
                {
                    PageBuffer<short> front = pipe.Rent<short>(16384);
                    PageBuffer<short> back = pipe.Rent<short>(16384);
                    while (fill(back.Memory) is > 0 and var samples)
                    {
                        pipe.Send(back, samples);
                        back = pipe.Rent<short>(16384);
                        (front, back) = (back, front);
                    }

                    front.Dispose();
                    back.Dispose();
                }
            }
            """,
        ["MovesUp"] = """
            static class P
            {
                static void Stream(SpliceWriter pipe, IEnumerable<int> values)
                {
                    PageBuffer<int> now = pipe.Rent<int>(1);
                    PageBuffer<int> next = pipe.Rent<int>(1);
                    foreach (int value in values)
                    {
                        now.Span[0] = value;
                        pipe.Send(now);
                        now = next;
                        next = pipe.Rent<int>(1);
                    }

                    now.Dispose();
                    next.Dispose();
                }
            }
            """,
        ["EachOnceByLoopOverBoth"] = """
            static class P
            {
                static void Send(SpliceWriter pipe)
                {
                    PageBuffer<int> first = pipe.Rent<int>(1);
                    PageBuffer<int> second = pipe.Rent<int>(1);
                    foreach (PageBuffer<int> one in new[] { first, second })
                    {
                        one.Span[0] = 1;
                        pipe.Send(one);
                    }
                }
            }
            """,
        ["SwappedInOrderThenSentOnce"] = """
            static class P
            {
                static void Send(SpliceWriter pipe, int a, int b)
                {
                    PageBuffer<int> low = pipe.Rent<int>(1), high = pipe.Rent<int>(1);
                    low.Span[0] = a;
                    high.Span[0] = b;
                    if (a > b)
                    {
                        (low, high) = (high, low);
                    }

                    pipe.Send(low);
                    pipe.Send(high);
                }
            }
            """,
        ["SwappedAndReadOnly"] = """
            static class P
            {
                static int Compare(SpliceWriter pipe, SpliceReader reader)
                {
                    using PageBuffer<int> first = PageBuffer<int>.Allocate(1024);
                    using PageBuffer<int> second = PageBuffer<int>.Allocate(1024);
                    PageBuffer<int> before = first, now = second;
                    int changes = 0;
                    while (reader.Read(now) > 0)
                    {
                        changes += now.Span.SequenceEqual(before.Span) ? 0 : 1;
                        (before, now) = (now, before);
                    }

                    return changes;
                }
            }
            """,
        ["CopyOfAChosenOne"] = """
            static class P
            {
                static void Send(SpliceWriter pipe, bool large)
                {
                    using PageBuffer<int> small = pipe.Rent<int>(16), big = pipe.Rent<int>(1024);
                    PageBuffer<int> chosen = large ? big : small;
                    PageBuffer<int> same = chosen;
                    pipe.Send(chosen);
                    same.Span[0] = 1; //~VMS2004
                }
            }
            """,
        ["RentedInTheSwap"] = """
            static class P
            {
                static void Run(SpliceWriter display, Func<int, int> sample, int frames)
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
        ["RentedInTheSwapAndForgotten"] = """
            static class P
            {
                static void Run(SpliceWriter display, int frames)
                {
                    PageBuffer<int> front = display.Rent<int>(4800);
                    PageBuffer<int> back = display.Rent<int>(4800);
                    while (frames-- > 0)
                    {
                        display.Send(front);
                        (front, back) = (back, display.Rent<int>(4800));
                        front.Span[0] = frames;
                        back.Span[0] = frames;
                    }

                    display.Send(front);
                    back.Dispose();
                    Console.WriteLine(front[0]); //~VMS2004
                }
            }
            """,
    };
}
