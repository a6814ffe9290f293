using VmSplice;

public static class Sender
{
    /// <summary>VMS2002, were the rules on; and no record, since nothing is generated.</summary>
    public static int SendAndLook(SpliceWriter writer)
    {
        PageBuffer<int> buffer = writer.Rent<int>(1024);
        buffer.Span.Clear();
        writer.Send(buffer);
        return buffer.Span[0];
    }
}
