namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Buffers and transfers that are awaited.</summary>
internal sealed class AsynchronousRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ExternalSorter"] = """
            using System.Diagnostics;

            public sealed class ExternalSorter(string command)
            {
                public async Task<int> SortAsync(IAsyncEnumerable<byte[]> lines, CancellationToken cancellation)
                {
                    var start = new ProcessStartInfo(command) { RedirectStandardInput = true };
                    using Process sort = Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start");
                    using (SpliceWriter input = SpliceWriter.OpenChildInput(sort))
                    {
                        await foreach (byte[] line in lines.WithCancellation(cancellation))
                        {
                            PageBuffer<byte> page = input.Rent<byte>(line.Length + 1);
                            line.CopyTo(page.Span);
                            page[line.Length] = (byte)'\n';
                            await input.SendAsync(page);
                        }
                    }

                    await sort.WaitForExitAsync(cancellation);
                    return sort.ExitCode;
                }
            }
            """,
        ["OverlappedSender"] = """
            using System.Threading.Channels;

            public sealed class OverlappedSender(ChannelReader<byte[]> messages, SpliceWriter pipe)
            {
                /// <summary>Prepares the next message while the one before is on its way.</summary>
                public async Task RunAsync(CancellationToken stopping)
                {
                    ValueTask before = ValueTask.CompletedTask;
                    await foreach (byte[] message in messages.ReadAllAsync(stopping))
                    {
                        PageBuffer<byte> page = pipe.Rent<byte>(message.Length + sizeof(int));
                        BitConverter.TryWriteBytes(page.Span, message.Length);
                        message.CopyTo(page.Span[sizeof(int)..]);
                        await before;
                        before = pipe.SendAsync(page);
                    }

                    await before;
                }
            }
            """,
        ["PresencePing"] = """
            public sealed class PresencePing(SpliceWriter monitor, byte node)
            {
                public int Pings { get; private set; }

                public async Task RunAsync(PeriodicTimer timer, CancellationToken stopping)
                {
                    while (await timer.WaitForNextTickAsync(stopping))
                    {
                        Ping();
                    }
                }

                /// <summary>A ping that is late or lost does not matter: the next one follows.</summary>
                private void Ping()
                {
                    PageBuffer<byte> page = monitor.Rent<byte>(2);
                    page[0] = node;
                    page[1] = (byte)Pings++;
                    _ = monitor.SendAsync(page);
                }
            }
            """,
        ["RetryingSender"] = """
            public sealed class RetryingSender(Func<CancellationToken, Task<SpliceWriter>> connect, TimeSpan pause)
            {
                private SpliceWriter? _pipe;

                public async Task SendAsync(ReadOnlyMemory<byte> message, int attempts, CancellationToken cancellation)
                {
                    for (int attempt = 1; ; attempt++)
                    {
                        SpliceWriter pipe = _pipe ??= await connect(cancellation);
                        PageBuffer<byte> page = pipe.Rent<byte>(message.Length);
                        message.Span.CopyTo(page.Span);
                        try
                        {
                            await pipe.SendAsync(page);
                            return;
                        }
                        catch (BrokenPipeException) when (attempt < attempts)
                        {
                            pipe.Dispose();
                            _pipe = null;
                        }

                        await Task.Delay(pause * attempt, cancellation);
                    }
                }
            }
            """,
        ["RotatingBuffers"] = """
            public sealed class RotatingBuffers(SpliceWriter viewer)
            {
                public long Frames { get; private set; }

                public async Task RunAsync(int width, int height, PeriodicTimer frames, CancellationToken stopping)
                {
                    PageBuffer<int> front = viewer.Rent<int>(width * height);
                    PageBuffer<int> back = viewer.Rent<int>(width * height);
                    try
                    {
                        while (await frames.WaitForNextTickAsync(stopping))
                        {
                            front.Span.CopyTo(back.Span);
                            back.Span[(int)(Frames % back.Length)] = unchecked((int)0xFFFFFFFF);
                            await viewer.SendAsync(front);
                            front = back;
                            back = viewer.Rent<int>(width * height);
                            Frames++;
                        }
                    }
                    finally
                    {
                        front.Dispose();
                        back.Dispose();
                    }
                }
            }
            """,
        ["TaggingProxy"] = """
            public interface IRoutes
            {
                byte TagOf(string route);
            }

            public sealed class TaggingProxy(SpliceReader upstream, SpliceWriter downstream, IRoutes routes)
            {
                private const int PageLength = 64 * 1024;

                public async Task<long> RelayAsync(string route)
                {
                    long relayed = 0;
                    while (true)
                    {
                        using PageBuffer<byte> page = downstream.Rent<byte>(PageLength);
                        ValueTask<int> receiving = upstream.ReadAsync(page);
                        byte tag = routes.TagOf(route);
                        int count = await receiving;
                        if (count == 0)
                        {
                            return relayed;
                        }

                        page.Span[0] = tag;
                        downstream.Send(page, count);
                        relayed += count;
                    }
                }
            }
            """,
    };
}
