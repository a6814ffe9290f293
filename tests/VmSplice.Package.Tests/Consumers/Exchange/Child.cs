using VmSplice;

internal static class Child
{
    public static async Task<int> RunAsync()
    {
        using SpliceReader input = SpliceReader.OpenStandardInput();
        var answer = new Answer
        {
            Records = CountRecords(input),
            Sum = SumBytes(input),
            Book = ReceiveBook(input),
            AwaitedSum = await SumAwaitedAsync(input).ConfigureAwait(false),
        };

        using SpliceWriter output = SpliceWriter.OpenInherited();
        using RecordWriter<Answer> answers = Answer.CreateWriter(output, new() { LeaveOpen = true });
        answers.Write(answer);
        await answers.CompleteAsync().ConfigureAwait(false);
        return 0;
    }

    private static long CountRecords(SpliceReader input)
    {
        using RecordReader<Tick> ticks = Tick.CreateReader(input, new() { LeaveOpen = true });
        long right = 0;
        foreach (ref readonly Tick tick in ticks)
        {
            right += tick.Time == right && tick.Side == (right % 2 == 0 ? Side.Bid : Side.Ask) ? 1 : 0;
        }

        return right;
    }

    private static long SumBytes(SpliceReader input)
    {
        byte[] bytes = new byte[Numbers.Count * sizeof(long)];
        input.ReadExactly(bytes);
        long sum = 0;
        for (int i = 0; i < bytes.Length; i += sizeof(long))
        {
            sum += BitConverter.ToInt64(bytes, i);
        }

        return sum;
    }

    private static long ReceiveBook(SpliceReader input)
    {
        using Book book = Book.Receive(input);
        return book.Checksum();
    }

    private static async Task<long> SumAwaitedAsync(SpliceReader input)
    {
        using PageBuffer<long> numbers = PageBuffer<long>.Allocate(Numbers.AwaitedCount);
        int count = await input.ReadAsync(numbers).ConfigureAwait(false);
        return Numbers.Sum(numbers.Span[..count]);
    }
}
