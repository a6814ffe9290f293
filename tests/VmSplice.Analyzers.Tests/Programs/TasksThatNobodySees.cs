namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Sends in the background by members of one expression, and writers whose opening is awaited.</summary>
internal sealed class TasksThatNobodySees : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MethodOfOneExpression"] = """
            sealed class Forwarder(RecordWriter<Tick> ticks) : IObserver<Tick[]>
            {
                public void OnNext(Tick[] value) => ticks.WriteAsync(value); //~VMS4001
                public void OnError(Exception error) => Console.WriteLine(error.Message);
                public void OnCompleted() => ticks.Complete();
            }
            """,
        ["LocalFunctionOfOneExpression"] = """
            static class P
            {
                static void Run(RecordWriter<Tick> ticks, Timer timer)
                {
                    void Flush() => ticks.FlushAsync(); //~VMS4001
                    Flush();
                    timer.Dispose();
                }
            }
            """,
        ["SetterOfOneExpression"] = """
            sealed class Gauge(SpliceWriter pipe)
            {
                public byte[] Value { set => pipe.WriteAsync(value.AsMemory()); } //~VMS4001
            }
            """,
        ["TaskIsReturned"] = """
            sealed class Forwarder(RecordWriter<Tick> ticks)
            {
                public ValueTask OnNext(Tick[] value) => ticks.WriteAsync(value);
                public ValueTask Pending => ticks.FlushAsync();
                public async void OnTimer() => await ticks.FlushAsync();
                public Task Stop() => ticks.CompleteAsync().AsTask();
            }
            """,
        ["OpeningIsAwaited"] = """
            static class P
            {
                static async Task SendAsync(string fifo, IAsyncEnumerable<byte[]> captions)
                {
                    using SpliceWriter pipe = await SpliceWriter.OpenFifoAsync(fifo); //~VMS2014
                    await foreach (byte[] caption in captions)
                    {
                        Frame frame = Frame.Rent(pipe);
                        frame.CaptionLength = caption.Length;
                        caption.CopyTo(frame.Caption);
                        await pipe.SendAsync(frame);
                    }
                }
            }
            """,
        ["OpeningIsAwaitedElsewhere"] = """
            static class P
            {
                static async Task SendAsync(string fifo, int count)
                {
                    using SpliceWriter pipe = await SpliceWriter.OpenFifoAsync(fifo).ConfigureAwait(false); //~VMS2014
                    for (int i = 0; i < count; i++)
                    {
                        Frame frame = Frame.Rent(pipe);
                        frame.Header = i;
                        await pipe.SendAsync(frame).ConfigureAwait(false);
                    }
                }
            }
            """,
        ["OpeningIsAwaitedAndCompleted"] = """
            static class P
            {
                static async Task SendAsync(string fifo, int count)
                {
                    using SpliceWriter pipe = await SpliceWriter.OpenFifoAsync(fifo);
                    for (int i = 0; i < count; i++)
                    {
                        Frame frame = Frame.Rent(pipe);
                        frame.Header = i;
                        await pipe.SendAsync(frame);
                    }

                    await pipe.CompleteBuffersAsync();
                }
            }
            """,
    };
}
