namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Uses on some paths, and of memory that a call still has.</summary>
internal sealed class PathsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ArrayChangedWhileWriteIsPending"] = """
            public sealed class Ticker(SpliceWriter pipe)
            {
                private readonly byte[] _line = new byte[128];

                public async Task TickAsync(long count, CancellationToken cancellation)
                {
                    count.TryFormat(_line, out int length);
                    ValueTask writing = pipe.WriteAsync<byte>(_line.AsMemory(0, length), cancellation);
                    (count + 1).TryFormat(_line, out int next); //~VMS2004
                    await writing;
                    await pipe.WriteAsync<byte>(_line.AsMemory(0, next), cancellation);
                }
            }
            """,
        ["BatchSummedByUnawaitedTask"] = """
            [Spliceable]
            public partial struct Reading { public long Time; public double Value; }

            public static class ParallelSum
            {
                private static double Sum(ReadOnlySpan<Reading> batch)
                {
                    double sum = 0;
                    foreach (ref readonly Reading reading in batch)
                    {
                        sum += reading.Value;
                    }

                    return sum;
                }

                public static async Task<double> RunAsync(RecordReader<Reading> reader, CancellationToken cancellation)
                {
                    List<Task<double>> sums = [];
                    await foreach (ReadOnlyMemory<Reading> batch in reader.WithCancellation(cancellation))
                    {
                        sums.Add(Task.Run(() => Sum(batch.Span), cancellation)); //~VMS2004
                    }

                    return (await Task.WhenAll(sums)).Sum();
                }
            }
            """,
        ["FrontAndBackSwappedAndReused"] = """
            public sealed class DoubleBuffered(SpliceWriter pipe)
            {
                public void Stream(Func<Memory<short>, int> fill)
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
        ["FrozenBannerSpanOutlivesUsing"] = """
            public static class Banner
            {
                public static int Greet(SpliceWriter pipe, string name)
                {
                    ReadOnlySpan<char> greeting;
                    using (FrozenPages<char> pages = Make(pipe, name))
                    {
                        pipe.Send(pages);
                        greeting = pages.Span;
                    }

                    return greeting.IndexOf('!'); //~VMS2002
                }

                private static FrozenPages<char> Make(SpliceWriter pipe, string name)
                {
                    PageBuffer<char> buffer = pipe.Rent<char>(name.Length + 1);
                    name.CopyTo(buffer.Span);
                    buffer[name.Length] = '!';
                    return buffer.Freeze();
                }
            }
            """,
        ["HelperSendsOnlyWhenOnline"] = """
            public sealed class Spooler(SpliceWriter pipe, Func<bool> online)
            {
                private bool TryShip(PageBuffer<byte> buffer)
                {
                    if (!online())
                    {
                        return false;
                    }

                    pipe.Send(buffer);
                    return true;
                }

                public void Ship(PageBuffer<byte> buffer, Stream spool)
                {
                    bool shipped = TryShip(buffer);
                    spool.Write(buffer.Span); //~VMS2004
                    if (!shipped)
                    {
                        buffer.Dispose();
                    }
                }
            }
            """,
        ["ReceiveNotAwaitedThenSentOn"] = """
            public static class Echo
            {
                public static async Task EchoAsync(SpliceReader input, SpliceWriter output, CancellationToken cancellation)
                {
                    using PageBuffer<byte> buffer = output.Rent<byte>(64 * 1024);
                    ValueTask<int> reading = input.ReadAsync(buffer, cancellation);
                    ValueTask sending = output.SendAsync(buffer, cancellation); //~VMS2004
                    int got = await reading;
                    await sending;
                    Console.Error.WriteLine($"{got} bytes echoed");
                }
            }
            """,
        ["RetryLoopStampsSentBuffer"] = """
            using System.Buffers.Binary;

            public sealed class Uploader(SpliceWriter pipe)
            {
                public bool TryUpload(PageBuffer<byte> buffer)
                {
                    for (int attempt = 0; attempt < 3; attempt++)
                    {
                        try
                        {
                            Stamp(buffer, attempt); //~VMS2004
                            pipe.Send(buffer);
                            return true;
                        }
                        catch (IOException) when (attempt < 2)
                        {
                            Thread.Sleep(100 << attempt);
                        }
                    }

                    return false;
                }

                private static void Stamp(PageBuffer<byte> buffer, int attempt)
                    => BinaryPrimitives.WriteInt32LittleEndian(buffer.Span, attempt);
            }
            """,
        ["SwitchGotoCaseWritesAfterFlush"] = """
            public enum Command { Flush, Reset }

            public sealed class Console0(SpliceWriter pipe)
            {
                public void Handle(Command command, PageBuffer<int> buffer)
                {
                    switch (command)
                    {
                        case Command.Flush:
                            pipe.Send(buffer);
                            goto case Command.Reset;
                        case Command.Reset:
                            buffer.Span.Clear(); //~VMS2004
                            break;
                        default:
                            throw new ArgumentOutOfRangeException(nameof(command));
                    }
                }
            }
            """,
        ["TargetChosenByConditionalThenOriginalWritten"] = """
            public sealed class Lanes(SpliceWriter express, SpliceWriter bulk)
            {
                public void Route(PageBuffer<int> small, PageBuffer<int> large, bool hurry)
                {
                    PageBuffer<int> next = hurry ? small : large;
                    SpliceWriter lane = hurry ? express : bulk;
                    lane.Send(next);
                    small.Span[0] = 0; //~VMS2004
                    small.Dispose();
                    large.Dispose();
                }
            }
            """,
        ["TwoBatchesReadThenMerged"] = """
            [Spliceable]
            public partial struct Sample { public long Time; public double Value; }

            public static class Merger
            {
                public static async Task<double[]> PairAsync(RecordReader<Sample> reader, CancellationToken cancellation)
                {
                    ReadOnlyMemory<Sample> left = await reader.ReadBatchAsync(cancellation);
                    ReadOnlyMemory<Sample> right = await reader.ReadBatchAsync(cancellation);
                    var sums = new double[Math.Min(left.Length, right.Length)];
                    Add(sums, left.Span, right.Span); //~VMS2004
                    return sums;
                }

                private static void Add(Span<double> sums, ReadOnlySpan<Sample> left, ReadOnlySpan<Sample> right)
                {
                    for (int i = 0; i < sums.Length; i++)
                    {
                        sums[i] = left[i].Value + right[i].Value;
                    }
                }
            }
            """,
    };
}
