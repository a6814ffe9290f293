namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Tasks and asynchronous streams, and right.</summary>
internal sealed class AsynchronousRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ArrayReusedAfterWriteWasAwaited"] = """
            public sealed class Ticker(SpliceWriter pipe)
            {
                private readonly byte[] _line = new byte[128];

                public async Task TickAsync(long count, CancellationToken cancellation)
                {
                    count.TryFormat(_line, out int length);
                    _line[length] = (byte)'\n';
                    ValueTask writing = pipe.WriteAsync<byte>(_line.AsMemory(0, length + 1), cancellation);
                    await writing;
                    Array.Clear(_line);
                }
            }
            """,
        ["ChildInputClosedBeforeWait"] = """
            public static class Importer
            {
                public static async Task<int> ImportAsync(IAsyncEnumerable<byte[]> chunks, CancellationToken cancellation)
                {
                    var start = new ProcessStartInfo("psql", ["-c", "copy items from stdin"]) { RedirectStandardInput = true };
                    using Process psql = Process.Start(start)!;
                    SpliceWriter input = SpliceWriter.OpenChildInput(psql);
                    try
                    {
                        await foreach (byte[] chunk in chunks.WithCancellation(cancellation))
                        {
                            PageBuffer<byte> page = input.Rent<byte>(chunk.Length);
                            chunk.CopyTo(page.Span);
                            await input.SendAsync(page, cancellation);
                        }
                    }
                    finally
                    {
                        input.Dispose();
                    }

                    await psql.WaitForExitAsync(cancellation);
                    return psql.ExitCode;
                }
            }
            """,
        ["DroppedSendTaskIsObserved"] = """
            public sealed class Telemetry : IDisposable
            {
                private readonly SpliceWriter _pipe;
                private readonly Timer _timer;
                private long _ticks;

                public Telemetry(SpliceWriter pipe)
                {
                    _pipe = pipe;
                    _timer = new Timer(_ => OnTick(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
                }

                private void OnTick()
                {
                    PageBuffer<long> page = _pipe.Rent<long>(1024);
                    page.Span.Fill(Interlocked.Increment(ref _ticks));
                    _ = ReportAsync(_pipe.SendAsync(page));
                }

                private static async Task ReportAsync(ValueTask sending)
                {
                    try
                    {
                        await sending;
                    }
                    catch (IOException e)
                    {
                        Console.Error.WriteLine(e.Message);
                    }
                }

                public void Dispose() => _timer.Dispose();
            }
            """,
        ["FifoOpenedAsExistingFile"] = """
            public static class FifoEnds
            {
                public static SpliceWriter OpenWriter(string path)
                {
                    SafeHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                    return SpliceWriter.Open(handle);
                }

                public static async Task<int> RoundTripAsync(byte[] message, CancellationToken cancellation)
                {
                    using SplicePipe pipe = SplicePipe.Create();
                    using SpliceWriter writer = SpliceWriter.Open(pipe.WriteHandle);
                    using SpliceReader reader = SpliceReader.Open(pipe.ReadHandle);
                    await writer.WriteAsync<byte>(message, cancellation);
                    return await reader.ReadAsync(message.AsMemory(), cancellation);
                }
            }
            """,
        ["FileReadIntoFreshPageEachRound"] = """
            public static class FilePump
            {
                public static async Task<long> PumpAsync(FileStream source, SpliceWriter pipe, CancellationToken cancellation)
                {
                    long total = 0;
                    while (true)
                    {
                        using PageBuffer<byte> buffer = pipe.Rent<byte>(256 * 1024);
                        int got = await source.ReadAsync(buffer.Memory, cancellation);
                        if (got == 0)
                        {
                            return total;
                        }

                        await pipe.SendAsync(buffer, got, cancellation);
                        total += got;
                    }
                }
            }
            """,
        ["FrameNumberCountedOutsideTheFrame"] = """
            [Spliceable]
            public sealed partial class Shot
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 640 * 480)] public partial Span<byte> Gray { get; }
            }

            public sealed class CameraWorker(SpliceWriter pipe, ChannelReader<byte[]> images)
            {
                public async Task<long> RunAsync(CancellationToken stopping)
                {
                    long number = 0;
                    await foreach (byte[] image in images.ReadAllAsync(stopping))
                    {
                        Shot shot = Shot.Rent(pipe);
                        shot.Number = number++;
                        image.AsSpan(0, 640 * 480).CopyTo(shot.Gray);
                        await pipe.SendAsync(shot, stopping);
                    }

                    await pipe.CompleteBuffersAsync(stopping);
                    return number;
                }
            }
            """,
        ["GiftRoundedUpToWholePages"] = """
            public sealed class GiftPool(SpliceWriter pipe)
            {
                private static int RoundUp(int length) => (length + Environment.SystemPageSize - 1) & ~(Environment.SystemPageSize - 1);

                public async Task GiveAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(RoundUp(content.Length));
                    content.Span.CopyTo(buffer.Span);
                    await pipe.GiftAsync(buffer, cancellation);
                }
            }
            """,
        ["NewBufferAfterCancelledSend"] = """
            public sealed class PatientSender(SpliceWriter pipe)
            {
                public async Task SendAsync(ReadOnlyMemory<byte> content, TimeSpan patience)
                {
                    using CancellationTokenSource late = new(patience);
                    PageBuffer<byte> buffer = Fill(content);
                    try
                    {
                        await pipe.SendAsync(buffer, late.Token);
                    }
                    catch (OperationCanceledException e) when (e.InnerException is not IncompleteSendException)
                    {
                        Console.Error.WriteLine("the reader is slow");
                        buffer = Fill(content);
                        await pipe.SendAsync(buffer);
                    }
                }

                private PageBuffer<byte> Fill(ReadOnlyMemory<byte> content)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(content.Length);
                    content.Span.CopyTo(buffer.Span);
                    return buffer;
                }
            }
            """,
        ["PipewriterLengthPrefixSetBeforeFlush"] = """
            using System.Buffers.Binary;
            using System.Text;

            public static class Framing
            {
                public static async Task SendAsync(SpliceWriter pipe, IEnumerable<string> lines, CancellationToken cancellation)
                {
                    PipeWriter output = pipe.AsPipeWriter();
                    foreach (string line in lines)
                    {
                        Memory<byte> room = output.GetMemory(4 + line.Length * 3);
                        int length = Encoding.UTF8.GetBytes(line, room.Span[4..]);
                        BinaryPrimitives.WriteInt32LittleEndian(room.Span, length);
                        output.Advance(4 + length);
                        FlushResult flushed = await output.FlushAsync(cancellation);
                        if (flushed.IsCompleted)
                        {
                            break;
                        }
                    }

                    await output.CompleteAsync();
                }
            }
            """,
    };
}
