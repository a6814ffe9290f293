namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Tasks and asynchronous streams, and right.</summary>
internal sealed class MoreAsynchronousRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PipewriterMemoryAskedForEachReceive"] = """
            using System.Net.Sockets;

            public sealed class SocketToPipe(Socket socket, SpliceWriter pipe)
            {
                public async Task RunAsync(CancellationToken stopping)
                {
                    PipeWriter output = pipe.AsPipeWriter();
                    Memory<byte> free = output.GetMemory(64 * 1024);
                    int got;
                    while ((got = await socket.ReceiveAsync(free, SocketFlags.None, stopping)) > 0)
                    {
                        output.Advance(got);
                        FlushResult result = await output.FlushAsync(stopping);
                        if (result.IsCompleted)
                        {
                            break;
                        }

                        free = output.GetMemory(64 * 1024);
                    }

                    await output.CompleteAsync();
                }
            }
            """,
        ["ReceiveAwaitedThenSentOn"] = """
            public static class Echo
            {
                public static async Task<long> EchoAsync(SpliceReader input, SpliceWriter output, CancellationToken cancellation)
                {
                    long total = 0;
                    while (true)
                    {
                        PageBuffer<byte> buffer = output.Rent<byte>(64 * 1024);
                        ValueTask<int> reading = input.ReadAsync(buffer, cancellation);
                        int got = await reading;
                        if (got == 0)
                        {
                            buffer.Dispose();
                            break;
                        }

                        ValueTask sending = output.SendAsync(buffer, got, cancellation);
                        total += got;
                        await sending;
                    }

                    return total;
                }
            }
            """,
        ["UsingAndEarlyReturnAndSend"] = """
            public sealed class Sampler(SpliceWriter pipe, Func<Memory<float>, int> sample)
            {
                public async ValueTask<bool> SampleAsync(CancellationToken cancellation)
                {
                    using PageBuffer<float> page = pipe.Rent<float>(48_000);
                    int got = sample(page.Memory);
                    if (got == 0)
                    {
                        return false;
                    }

                    if (got < 16)
                    {
                        await pipe.WriteAsync<float>(page.Memory[..got], cancellation);
                        return true;
                    }

                    await pipe.SendAsync(page, got, cancellation);
                    return true;
                }
            }
            """,
        ["ChildWaitedForAfterItsInput"] = """
            using System.Text;

            public static class External
            {
                public static async Task<int> SortAsync(IEnumerable<string> lines, string output, CancellationToken cancellation)
                {
                    var start = new ProcessStartInfo("sort", ["-o", output]) { RedirectStandardInput = true };
                    using Process child = Process.Start(start)!;
                    using SpliceWriter input = SpliceWriter.OpenChildInput(child);
                    try
                    {
                        foreach (string line in lines)
                        {
                            input.Write<byte>(Encoding.UTF8.GetBytes(line + "\n"));
                        }
                    }
                    finally
                    {
                        input.Dispose();
                    }

                    await child.WaitForExitAsync(cancellation);
                    return child.ExitCode;
                }
            }
            """,
        ["NextBufferFilledWhileSendAsyncRuns"] = """
            public static class Pipelined
            {
                public static async Task SendAsync(SpliceWriter pipe, IEnumerable<long[]> blocks, CancellationToken cancellation)
                {
                    ValueTask sending = ValueTask.CompletedTask;
                    foreach (long[] block in blocks)
                    {
                        using PageBuffer<long> buffer = pipe.Rent<long>(block.Length);
                        block.AsSpan().CopyTo(buffer.Span);
                        await sending;
                        sending = pipe.SendAsync(buffer, cancellation);
                    }

                    await sending;
                }
            }
            """,
        ["OneBufferReadWhileOtherIsFilled"] = """
            public static class Prefetch
            {
                public static async Task<long> SumAsync(SpliceReader reader, CancellationToken cancellation)
                {
                    using PageBuffer<int> first = PageBuffer<int>.Allocate(16 * 1024);
                    using PageBuffer<int> second = PageBuffer<int>.Allocate(16 * 1024);
                    long sum = 0;
                    int count = await reader.ReadAsync(first, cancellation);
                    while (count > 0)
                    {
                        ValueTask<int> reading = reader.ReadAsync(second, cancellation);
                        foreach (int value in first.Span[..count])
                        {
                            sum += value;
                        }

                        count = await reading;
                        second.Span[..count].CopyTo(first.Span);
                    }

                    return sum;
                }
            }
            """,
        ["PipeWriterMemoryAskedAgain"] = """
            public static class FileToPipe
            {
                public static async Task CopyAsync(Stream source, SpliceWriter pipe, CancellationToken cancellation)
                {
                    PipeWriter writer = pipe.AsPipeWriter();
                    Memory<byte> free = writer.GetMemory(64 * 1024);
                    int read;
                    while ((read = await source.ReadAsync(free, cancellation)) > 0)
                    {
                        writer.Advance(read);
                        FlushResult result = await writer.FlushAsync(cancellation);
                        if (result.IsCompleted)
                        {
                            break;
                        }

                        free = writer.GetMemory(64 * 1024);
                    }

                    await writer.CompleteAsync();
                }
            }
            """,
    };
}
