using VmSplice;

public static class Sender
{
    /// <summary>VMS2004, which is an error in strict mode and nothing where the project says so.</summary>
    public static void SendAndWrite(SpliceWriter writer, PageBuffer<int> buffer, bool ready)
    {
        if (ready)
        {
            writer.Send(buffer);
        }

        buffer.Span[0] = 1;
    }
}
