namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>A receive that was started and not awaited fills its buffer: nobody else may write it, send it or dispose it meanwhile.</summary>
internal sealed class MemoryBeingFilled : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FieldIsCleared"] = """
            sealed class Prefetcher(SpliceReader reader) : IDisposable
            {
                private readonly PageBuffer<int> _next = PageBuffer<int>.Allocate(16 * 1024);

                public async Task<int> FirstAsync(CancellationToken cancellation)
                {
                    ValueTask<int> reading = reader.ReadAsync(_next, cancellation);
                    _next.Span.Clear(); //~VMS2004
                    await reading;
                    return _next[0];
                }

                public void Dispose() => _next.Dispose();
            }
            """,
        ["LocalIsCleared"] = """
            static class P
            {
                static async Task<int> FirstAsync(SpliceReader reader)
                {
                    using PageBuffer<int> next = PageBuffer<int>.Allocate(1024);
                    ValueTask<int> reading = reader.ReadAsync(next);
                    next.Span.Clear(); //~VMS2004
                    await reading;
                    return next[0];
                }
            }
            """,
        ["ElementIsStored"] = """
            static class P
            {
                static async Task<int> FirstAsync(SpliceReader reader)
                {
                    using PageBuffer<int> next = PageBuffer<int>.Allocate(1024);
                    var reading = reader.ReadAsync(next);
                    next[0] = -1; //~VMS2004
                    await reading;
                    return next[0];
                }
            }
            """,
        ["ViewTakenBefore"] = """
            static class P
            {
                static async Task<int> FirstAsync(SpliceReader reader)
                {
                    using PageBuffer<int> next = PageBuffer<int>.Allocate(1024);
                    Memory<int> view = next.Memory;
                    Task<int> reading = reader.ReadAsync(next).AsTask();
                    view.Span.Fill(7); //~VMS2004
                    return await reading;
                }
            }
            """,
        ["HelperWrites"] = """
            static class P
            {
                private static void Reset(PageBuffer<int> page) => page.Span.Clear();

                static async Task<int> FirstAsync(SpliceReader reader)
                {
                    using PageBuffer<int> next = PageBuffer<int>.Allocate(1024);
                    ValueTask<int> reading = reader.ReadAsync(next);
                    Reset(next); //~VMS2004
                    return await reading;
                }
            }
            """,
        ["ReadBeforeItIsFull"] = """
            static class P
            {
                static async Task<int> FirstAsync(SpliceReader reader)
                {
                    using PageBuffer<int> next = PageBuffer<int>.Allocate(1024);
                    ValueTask<int> reading = reader.ReadAsync(next);
                    int first = next[0]; //~VMS2004
                    await reading;
                    return first;
                }
            }
            """,
        ["ClearedBefore"] = """
            sealed class Prefetcher(SpliceReader reader) : IDisposable
            {
                private readonly PageBuffer<int> _next = PageBuffer<int>.Allocate(1024);

                public async Task<int> FirstAsync()
                {
                    _next.Span.Clear();
                    ValueTask<int> reading = reader.ReadAsync(_next);
                    Console.WriteLine(_next.Length);
                    await reading;
                    _next[1] = 1;
                    return _next[0];
                }

                public void Dispose() => _next.Dispose();
            }
            """,
        ["OtherBufferMeanwhile"] = """
            static class P
            {
                static async Task<long> SumAsync(SpliceReader reader)
                {
                    using PageBuffer<int> first = PageBuffer<int>.Allocate(1024);
                    using PageBuffer<int> second = PageBuffer<int>.Allocate(1024);
                    await reader.ReadAsync(first);
                    ValueTask<int> reading = reader.ReadAsync(second);
                    long sum = 0;
                    foreach (int one in first.Span)
                    {
                        sum += one;
                    }

                    first.Span.Clear();
                    await reading;
                    return sum + second[0];
                }
            }
            """,
        ["ReadWhileItIsWritten"] = """
            static class P
            {
                static async Task<int> SumAsync(SpliceWriter pipe, int[] numbers)
                {
                    ValueTask writing = pipe.WriteAsync<int>(numbers);
                    int first = numbers[0];
                    await writing;
                    return first;
                }
            }
            """,
        ["LoopWithACarryOver"] = """
            static class P
            {
                private static int Sum(int sum, ReadOnlySpan<int> numbers)
                {
                    foreach (int one in numbers)
                    {
                        sum += one;
                    }

                    return sum;
                }

                static async Task<int> M(SpliceReader reader, int count)
                {
                    using PageBuffer<int> next = PageBuffer<int>.Allocate(1024);
                    int sum = 0;
                    int length = await reader.ReadAsync(next);
                    for (int i = 0; i < count && length > 0; i++)
                    {
                        ValueTask<int> reading = reader.ReadAsync(next);
                        sum = Sum(sum, next.Span[..length]); //~VMS2004
                        length = await reading;
                    }

                    return sum;
                }
            }
            """,
        ["HelperReadsInALoop"] = """
            static class P
            {
                private static int Sum(int sum, ReadOnlySpan<int> numbers)
                {
                    foreach (int one in numbers)
                    {
                        sum += one;
                    }

                    return sum;
                }

                static async Task<int> M(SpliceReader reader, int count)
                {
                    using PageBuffer<int> next = PageBuffer<int>.Allocate(1024);
                    Task<int> reading = reader.ReadAsync(next).AsTask();
                    int sum = Sum(0, next.Span); //~VMS2004
                    return sum + await reading;
                }
            }
            """,
        ["HelperReadsOnOnePath"] = """
            static class P
            {
                private static int First(Memory<int> numbers, bool isNamed) => isNamed ? numbers.Span[0] : -1;

                static async Task<int> M(SpliceReader reader, int count)
                {
                    using PageBuffer<int> next = PageBuffer<int>.Allocate(1024);
                    ValueTask<int> reading = reader.ReadAsync(next);
                    int first = First(next.Memory, count > 3); //~VMS2004
                    return first + await reading;
                }
            }
            """,
        ["HelperWritesInALoop"] = """
            static class P
            {
                private static void Fill(Span<int> numbers, int value)
                {
                    for (int i = 0; i < numbers.Length; i++)
                    {
                        numbers[i] = value;
                    }
                }

                static async Task<int> M(SpliceReader reader, int count)
                {
                    using PageBuffer<int> next = PageBuffer<int>.Allocate(1024);
                    ValueTask<int> reading = reader.ReadAsync(next);
                    Fill(next.Span, 7); //~VMS2004
                    return await reading;
                }
            }
            """,
        ["CarryOverOfTwoBuffers"] = """
            static class P
            {
                private static int Sum(int sum, ReadOnlySpan<int> numbers)
                {
                    foreach (int one in numbers)
                    {
                        sum += one;
                    }

                    return sum;
                }

                static async Task<int> M(SpliceReader reader, int count)
                {
                    using PageBuffer<int> next = PageBuffer<int>.Allocate(1024);
                    using PageBuffer<int> other = PageBuffer<int>.Allocate(1024);
                    int sum = 0;
                    int length = await reader.ReadAsync(next);
                    for (int i = 0; i < count && length > 0; i++)
                    {
                        ValueTask<int> reading = reader.ReadAsync(other);
                        sum = Sum(sum, next.Span[..length]);
                        length = await reading;
                        other.Span[..length].CopyTo(next.Span);
                    }

                    return sum;
                }
            }
            """,
        ["SummedBeforeTheNextRead"] = """
            static class P
            {
                private static int Sum(int sum, ReadOnlySpan<int> numbers)
                {
                    foreach (int one in numbers)
                    {
                        sum += one;
                    }

                    return sum;
                }

                static async Task<int> M(SpliceReader reader, int count)
                {
                    using PageBuffer<int> next = PageBuffer<int>.Allocate(1024);
                    int sum = 0;
                    int length = await reader.ReadAsync(next);
                    for (int i = 0; i < count && length > 0; i++)
                    {
                        sum = Sum(sum, next.Span[..length]);
                        ValueTask<int> reading = reader.ReadAsync(next);
                        length = await reading;
                    }

                    return sum;
                }
            }
            """,
    };
}
