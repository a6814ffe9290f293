namespace VmSplice.Analyzers.Tests.FlowVariants;

/// <summary>
/// One mistake at its smallest. In each text <c>B</c> is whatever the variant calls the buffer or writer.
/// </summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Rule">The rule that says so where nothing is in doubt; in doubt VMS2004 may.</param>
/// <param name="Type">The type of <c>B</c>.</param>
/// <param name="Make">What makes one, given the writer <c>w</c>.</param>
/// <param name="Prepare">Statements before the act: the view that is used later.</param>
/// <param name="Act">What gives the memory away.</param>
/// <param name="Misuse">What is wrong after the act, and right before it.</param>
/// <param name="IsOnlyOnce">Whether the misuse is the act again, so that the repaired twin does without it.</param>
internal sealed record Kernel(string Name, string Rule, string Type, string Make, string Prepare, string Act, string Misuse, bool IsOnlyOnce = false)
{
    public static IReadOnlyList<Kernel> All { get; } =
    [
        new("write after send", "VMS2001", "PageBuffer<int>", "w.Rent<int>(4)", "", "w.Send(B);", "B.Span[0] = 1;"),
        new("write through memory after gift", "VMS2001", "PageBuffer<int>", "w.Rent<int>(Environment.SystemPageSize)", "Memory<int> m = B.Memory;", "w.Gift(B);", "m.Span[0] = 1;"),
        new("read after send", "VMS2002", "PageBuffer<int>", "w.Rent<int>(4)", "", "w.Send(B);", "Console.WriteLine(B[0]);"),
        new("sent twice", "VMS2008", "PageBuffer<int>", "w.Rent<int>(4)", "", "w.Send(B);", "w.Send(B);", IsOnlyOnce: true),
        new("write to frozen pages", "VMS2012", "PageBuffer<int>", "w.Rent<int>(4)", "Memory<int> m = B.Memory;", "Frozen = B.Freeze();", "m.Span[0] = 1;"),
        new("record used after flush", "VMS2003", "RecordWriter<Tick>", "Tick.CreateWriter(w)", "Memory<Tick> m = B.GetMemory(1);", "B.Flush();", "m.Span[0].Price = 1;"),
    ];
}
