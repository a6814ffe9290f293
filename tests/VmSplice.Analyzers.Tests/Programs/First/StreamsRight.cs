namespace VmSplice.Analyzers.Tests.Programs.First;

/// <summary>Pipelines, channels, hosted services, and streams that are passed on.</summary>
internal sealed class StreamsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PipeReaderLoop"] = """
            static class P
            {
                static async Task CopyAsync(PipeReader source, SpliceWriter target, CancellationToken end)
                {
                    while (true)
                    {
                        ReadResult read = await source.ReadAsync(end);
                        foreach (ReadOnlyMemory<byte> part in read.Buffer)
                        {
                            PageBuffer<byte> buffer = target.Rent<byte>(part.Length);
                            part.CopyTo(buffer.Memory);
                            await target.SendAsync(buffer, end);
                        }

                        source.AdvanceTo(read.Buffer.End);
                        if (read.IsCompleted)
                        {
                            break;
                        }
                    }

                    await source.CompleteAsync();
                }
            }
            """,
        ["LinesFromPipeReader"] = """
            static class P
            {
                static async IAsyncEnumerable<string> LinesAsync(SpliceReader pipe, [EnumeratorCancellation] CancellationToken end = default)
                {
                    PipeReader reader = pipe.AsPipeReader();
                    try
                    {
                        while (true)
                        {
                            ReadResult read = await reader.ReadAsync(end);
                            ReadOnlySequence<byte> rest = read.Buffer;
                            while (rest.PositionOf((byte)'\n') is { } at)
                            {
                                yield return System.Text.Encoding.UTF8.GetString(rest.Slice(0, at).ToArray());
                                rest = rest.Slice(rest.GetPosition(1, at));
                            }

                            reader.AdvanceTo(rest.Start, rest.End);
                            if (read.IsCompleted)
                            {
                                yield break;
                            }
                        }
                    }
                    finally
                    {
                        await reader.CompleteAsync();
                    }
                }
            }
            """,
        ["HostedService"] = """
            interface IHosted { Task StartAsync(CancellationToken end); Task StopAsync(CancellationToken end); }
            sealed class Exporter(Channel<Tick> ticks, SpliceWriter pipe) : IHosted, IAsyncDisposable
            {
                private readonly CancellationTokenSource _stop = new();
                private Task _run = Task.CompletedTask;

                public Task StartAsync(CancellationToken end)
                {
                    _run = Task.Run(() => RunAsync(_stop.Token), end);
                    return Task.CompletedTask;
                }

                public async Task StopAsync(CancellationToken end)
                {
                    await _stop.CancelAsync();
                    await _run.WaitAsync(end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                public async ValueTask DisposeAsync()
                {
                    _stop.Dispose();
                    await _run;
                    pipe.Dispose();
                }

                private async Task RunAsync(CancellationToken end)
                {
                    await using RecordWriter<Tick> writer = Tick.CreateWriter(pipe);
                    await foreach (Tick tick in ticks.Reader.ReadAllAsync(end))
                    {
                        writer.Write(tick);
                        if (ticks.Reader.Count == 0)
                        {
                            await writer.FlushAsync(end);
                        }
                    }

                    await writer.CompleteAsync(end);
                }
            }
            """,
        ["ChannelOfBuffers"] = """
            static class P
            {
                static async Task ProduceAsync(Stream source, SpliceWriter w, ChannelWriter<(PageBuffer<byte> Buffer, int Length)> queue, CancellationToken end)
                {
                    try
                    {
                        while (true)
                        {
                            PageBuffer<byte> buffer = w.Rent<byte>(65536);
                            int read = await source.ReadAsync(buffer.Memory, end);
                            if (read == 0)
                            {
                                buffer.Dispose();
                                break;
                            }

                            await queue.WriteAsync((buffer, read), end);
                        }
                    }
                    finally
                    {
                        queue.Complete();
                    }
                }

                static async Task ConsumeAsync(ChannelReader<(PageBuffer<byte> Buffer, int Length)> queue, SpliceWriter w, CancellationToken end)
                {
                    await foreach (var (buffer, length) in queue.ReadAllAsync(end))
                    {
                        await w.SendAsync(buffer, length, end);
                    }
                }
            }
            """,
        ["ForwardOrModify"] = """
            static class P
            {
                static void Relay(SpliceReader source, SpliceWriter target, Func<Frame, bool> keep)
                {
                    while (Frame.TryReceive(source) is { } frame)
                    {
                        if (keep(frame))
                        {
                            frame.Header |= 1;
                            target.Send(frame);
                        }
                        else
                        {
                            frame.Dispose();
                        }
                    }

                    target.CompleteBuffers();
                }
            }
            """,
        ["ForwardAsIs"] = """
            static class P
            {
                static async Task<long> Log(FileStream log, SpliceReader source, SpliceWriter next, CancellationToken end)
                {
                    long total = 0;
                    while (await source.TeeAsync(next, 65536, end) is > 0 and var copied)
                    {
                        total += await source.ForwardAsync(log, copied, end);
                    }

                    return total;
                }
            }
            """,
        ["OptionsAndFifo"] = """
            static class P
            {
                static async Task M(string path, CancellationToken end)
                {
                    if (!File.Exists(path))
                    {
                        SplicePipe.CreateFifo(path);
                    }

                    using SpliceWriter w = await SpliceWriter.OpenFifoAsync(path, new() { Reader = PipeReaderKind.Copying }, TimeSpan.FromSeconds(5), end);
                    await using RecordWriter<Tick> ticks = Tick.CreateWriter(w);
                    for (int i = 0; i < 100; i++)
                    {
                        if (ticks.FreeSlots == 0)
                        {
                            await ticks.FlushAsync(end);
                        }

                        ref Tick tick = ref ticks.Next();
                        (tick.Time, tick.Price) = (i, i * 0.5);
                    }

                    await ticks.CompleteAsync(end);
                }
            }
            """,
    };
}
