using System.Diagnostics;
using VmSplice;

internal static class Parent
{
    public static async Task<int> RunAsync()
    {
        using SplicePipe answerPipe = SplicePipe.Create();
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "") { RedirectStandardInput = true };
        start.ArgumentList.Add("child");
        using Process child = answerPipe.StartChildWithWriter(start);
        using SpliceReader answers = answerPipe.OpenReader();

        Answer sent = default;
        using (SpliceWriter pipe = SpliceWriter.OpenChildInput(child))
        {
            sent.Records = SendRecords(pipe);
            sent.Sum = SendPages(pipe);
            sent.Book = SendBook(pipe);
            sent.AwaitedSum = await SendAndAwaitAsync(pipe).ConfigureAwait(false);
        }

        Answer received = Receive(answers);
        await child.WaitForExitAsync().ConfigureAwait(false);
        Console.WriteLine(received.Records);
        return child.ExitCode == 0 && received.Equals(sent) ? 0 : 1;
    }

    private static long SendRecords(SpliceWriter pipe)
    {
        using RecordWriter<Tick> ticks = Tick.CreateWriter(pipe, new() { LeaveOpen = true });
        for (int i = 0; i < Tick.Count; i++)
        {
            ref Tick tick = ref ticks.Next();
            tick.Time = i;
            tick.Venue = i & 7;
            tick.Side = i % 2 == 0 ? Side.Bid : Side.Ask;
        }

        ticks.Complete();

        return Tick.Count;
    }

    private static long SendPages(SpliceWriter pipe)
    {
        PageBuffer<long> numbers = pipe.Rent<long>(Numbers.Count);
        long sum = Numbers.Fill(numbers.Span);
        pipe.Send(numbers);
        return sum;
    }

    private static long SendBook(SpliceWriter pipe)
    {
        Book book = Book.Rent(pipe);
        book.Fill();
        long checksum = book.Checksum();
        pipe.Send(book);
        return checksum;
    }

    /// <summary>More than any pipe holds here: the send has to wait for the child.</summary>
    private static async Task<long> SendAndAwaitAsync(SpliceWriter pipe)
    {
        PageBuffer<long> numbers = pipe.Rent<long>(Numbers.AwaitedCount);
        long sum = Numbers.Fill(numbers.Span);
        await pipe.SendAsync(numbers).ConfigureAwait(false);
        return sum;
    }

    private static Answer Receive(SpliceReader answers)
    {
        Answer received = default;
        using RecordReader<Answer> reader = Answer.CreateReader(answers, new() { LeaveOpen = true });
        foreach (ref readonly Answer answer in reader)
        {
            received = answer;
        }

        return received;
    }
}
