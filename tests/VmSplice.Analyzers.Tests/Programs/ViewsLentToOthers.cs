namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>
/// A view is given to code that nobody sees, and the buffer is left behind: whoever has a span can neither send nor dispose what it is of. Who has
/// the buffer itself can.
/// </summary>
internal sealed class ViewsLentToOthers : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AbstractMethodFillsNothing"] = """
            abstract class Sensor
            {
                protected abstract bool TryGrab(Span<byte> caption);

                public bool SendNext(SpliceWriter pipe)
                {
                    Frame frame = Frame.Rent(pipe); //~VMS2013
                    if (!TryGrab(frame.Caption))
                    {
                        return false;
                    }

                    pipe.Send(frame);
                    return true;
                }
            }
            """,
        ["DelegateJudgesOneArmForgets"] = """
            enum Verdict { Keep, Drop, Log }

            static class Filter
            {
                public static void Handle(SpliceWriter pipe, Func<ReadOnlySpan<byte>, Verdict> judge, ReadOnlySpan<byte> packet)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(packet.Length); //~VMS2013
                    packet.CopyTo(page.Span);
                    switch (judge(page.Span))
                    {
                        case Verdict.Keep:
                            pipe.Send(page);
                            break;
                        case Verdict.Log:
                            Console.WriteLine(packet.Length);
                            break;
                        case Verdict.Drop:
                            page.Dispose();
                            break;
                    }
                }
            }
            """,
        ["InterfaceFillsMemory"] = """
            interface IFiller { ValueTask<int> FillAsync(Memory<int> target, CancellationToken cancellation); }

            sealed class Pump(IFiller filler, SpliceWriter pipe)
            {
                public async Task<int> OnceAsync(CancellationToken cancellation)
                {
                    PageBuffer<int> page = pipe.Rent<int>(4096); //~VMS2013
                    int filled = await filler.FillAsync(page.Memory, cancellation);
                    if (filled > 0)
                    {
                        await pipe.SendAsync(page, filled, cancellation);
                    }

                    return filled;
                }
            }
            """,
        ["SliceInLocal"] = """
            delegate int Fill(Span<short> target);

            static class Recorder
            {
                public static void Record(SpliceWriter pipe, Fill fill, int rounds)
                {
                    for (int i = 0; i < rounds; i++)
                    {
                        PageBuffer<short> page = pipe.Rent<short>(1024); //~VMS2013
                        Span<short> body = page.Span[16..];
                        if (fill(body) == 0)
                        {
                            continue;
                        }

                        pipe.Send(page);
                    }
                }
            }
            """,
        ["HelperLendsOn"] = """
            sealed class Camera(Func<Memory<byte>, bool> grab)
            {
                private bool Grab(Memory<byte> into) => grab(into);

                public void Send(SpliceWriter pipe)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(65536); //~VMS2013
                    if (Grab(page.Memory))
                    {
                        pipe.Send(page);
                    }
                }
            }
            """,
        ["ThroughAnElement"] = """
            abstract class Probe
            {
                protected abstract bool TryRead(out long value);
                protected abstract bool Accepts(in long value);

                public void Send(SpliceWriter pipe)
                {
                    PageBuffer<long> page = pipe.Rent<long>(1); //~VMS2013
                    if (!TryRead(out page.Span[0]) || !Accepts(in page.Span[0]))
                    {
                        return;
                    }

                    pipe.Send(page);
                }
            }
            """,
        ["BufferItselfIsGivenAway"] = """
            abstract class Sensor
            {
                protected abstract bool TryGrab([Consumes] Frame frame);

                public void Next(SpliceWriter pipe)
                {
                    Frame frame = Frame.Rent(pipe);
                    frame.Header = 1;
                    TryGrab(frame);
                }
            }
            """,
        ["UnknownMethodMayKeepTheBuffer"] = """
            interface IQueue { bool TryPut(PageBuffer<int> page); }

            static class Producer
            {
                public static void Put(IQueue queue, SpliceWriter pipe, Func<Memory<int>, bool> fill)
                {
                    PageBuffer<int> page = pipe.Rent<int>(16);
                    fill(page.Memory);
                    queue.TryPut(page);
                }
            }
            """,
        ["BothWaysEnd"] = """
            abstract class Sensor
            {
                protected abstract bool TryGrab(Span<byte> caption);

                public bool SendNext(SpliceWriter pipe)
                {
                    Frame frame = Frame.Rent(pipe);
                    if (!TryGrab(frame.Caption))
                    {
                        frame.Dispose();
                        return false;
                    }

                    pipe.Send(frame);
                    return true;
                }
            }
            """,
        ["ViewKeptInAnObjectThatOwns"] = """
            sealed class Slab(PageBuffer<byte> page, Memory<byte> free) : IDisposable
            {
                public Memory<byte> Free => free;
                public void Dispose() => page.Dispose();
            }

            static class Slabs
            {
                public static Slab Make(int size, Action<Memory<byte>> clear)
                {
                    PageBuffer<byte> page = PageBuffer<byte>.Allocate(size);
                    clear(page.Memory);
                    return new Slab(page, page.Memory[64..]);
                }
            }
            """,
        ["MemoryKeptForLife"] = """
            sealed class Arena
            {
                private readonly List<Memory<byte>> _blocks = [];

                public void Grow(int size, Action<Memory<byte>> announce)
                {
                    PageBuffer<byte> page = PageBuffer<byte>.Allocate(size);
                    _blocks.Add(page.Memory);
                    announce(page.Memory);
                }
            }
            """,
    };
}
