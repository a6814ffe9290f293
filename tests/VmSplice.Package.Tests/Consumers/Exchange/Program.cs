using System.Diagnostics;
using VmSplice;

// Two processes: the parent sends records and a buffer to itself, started anew, and compares the answer with what it sent.
return args.Length == 0 ? Parent.Run() : Child.Run();

internal static class Parent
{
    public static int Run()
    {
        using SplicePipe answerPipe = SplicePipe.Create();
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "") { RedirectStandardInput = true };
        start.ArgumentList.Add("child");
        using Process child = answerPipe.StartChildWithWriter(start);
        using SpliceReader answers = answerPipe.OpenReader();

        Answer sent;
        using (SpliceWriter pipe = SpliceWriter.OpenStandardInput(child))
        {
            sent = new Answer { Records = SendRecords(pipe), Sum = SendBuffer(pipe) };
        }

        Answer received = default;
        using (RecordReader<Answer> reader = Answer.CreateReader(answers, new() { LeaveOpen = true }))
        {
            foreach (ref readonly Answer answer in reader)
            {
                received = answer;
            }
        }

        child.WaitForExit();
        Console.WriteLine(received.Records);
        return child.ExitCode == 0 && received.Records == sent.Records && received.Sum == sent.Sum ? 0 : 1;
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

        return Tick.Count;
    }

    private static long SendBuffer(SpliceWriter pipe)
    {
        PageBuffer<long> numbers = pipe.Rent<long>(Tick.Count);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers.Span[i] = i;
        }

        pipe.Send(numbers);
        return Tick.Count * (Tick.Count - 1L) / 2;
    }
}

internal static class Child
{
    public static int Run()
    {
        using SpliceReader input = SpliceReader.OpenStandardInput();
        using SpliceWriter output = SpliceWriter.OpenInherited();
        long records = CountRecords(input);
        using RecordWriter<Answer> answers = Answer.CreateWriter(output, new() { LeaveOpen = true });
        answers.Write(new Answer { Records = records, Sum = SumBuffer(input) });
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

    private static long SumBuffer(SpliceReader input)
    {
        byte[] bytes = new byte[Tick.Count * sizeof(long)];
        input.ReadExactly(bytes);
        long sum = 0;
        for (int i = 0; i < bytes.Length; i += sizeof(long))
        {
            sum += BitConverter.ToInt64(bytes, i);
        }

        return sum;
    }
}
