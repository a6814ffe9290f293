namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Children that are waited for, with their input open or closed.</summary>
internal sealed class ChildrenWaitedFor : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["WriterOfAChildOpen"] = """
            static class P
            {
                static void M(Process child, PageBuffer<byte> b)
                {
                    using SpliceWriter w = SpliceWriter.OpenChildInput(child);
                    w.Send(b);
                    child.WaitForExit(); //~VMS4008
                }
            }
            """,
        ["AsyncCopies"] = """
            static class P
            {
                static async Task M(Process child, byte[] data)
                {
                    using var w = SpliceWriter.OpenChildInput(child);
                    w.Write<byte>(data);
                    await child.WaitForExitAsync(); //~VMS4008
                }
            }
            """,
        ["NeverDisposed"] = """
            static class P
            {
                static int M(ProcessStartInfo start, byte[] data)
                {
                    using Process child = Process.Start(start)!;
                    SpliceWriter w = SpliceWriter.OpenChildInput(child);
                    w.Write<byte>(data);
                    child.WaitForExit(); //~VMS4008
                    return child.ExitCode;
                }
            }
            """,
        ["Link"] = """
            static class P
            {
                static void M(ProcessStartInfo start, byte[] data)
                {
                    using SpliceLink link = SpliceLink.Start(start);
                    link.Writer.Write<byte>(data);
                    link.Child.WaitForExit(); //~VMS4008
                }
            }
            """,
        ["Right"] = """
            static class P
            {
                static void A(Process child, PageBuffer<byte> b)
                {
                    using (SpliceWriter w = SpliceWriter.OpenChildInput(child))
                    {
                        w.Send(b);
                    }
                    child.WaitForExit();
                }
                static void B(Process child, PageBuffer<byte> b)
                {
                    using SpliceWriter w = SpliceWriter.OpenChildInput(child);
                    w.Send(b);
                    w.Dispose();
                    child.WaitForExit();
                }
                static void C(Process child, Process other, PageBuffer<byte> b)
                {
                    using SpliceWriter w = SpliceWriter.OpenChildInput(child);
                    other.WaitForExit();
                    w.Send(b);
                    if (!child.WaitForExit(1000)) { child.Kill(); }
                }
                static void D(Process child, Tick[] ticks)
                {
                    using SpliceWriter w = SpliceWriter.OpenChildInput(child);
                    using (RecordWriter<Tick> records = Tick.CreateWriter(w))
                    {
                        records.Write(ticks);
                        records.Complete();
                    }
                    child.WaitForExit();
                }
                static void E(ProcessStartInfo start, byte[] data)
                {
                    using SpliceLink link = SpliceLink.Start(start);
                    link.Writer.Write<byte>(data);
                    link.Writer.Dispose();
                    link.Child.WaitForExit();
                }
                static void F(ProcessStartInfo start)
                {
                    using SpliceLink link = SpliceLink.Start(start);
                    link.Exchange(w => w.Write<byte>(new byte[8]), r => { });
                    link.Child.WaitForExit();
                }
                static void G(Process child, byte[] data)
                {
                    using SpliceWriter w = SpliceWriter.OpenChildInput(child);
                    w.Write<byte>(data);
                    child.Kill();
                    child.WaitForExit();
                }
                static void H(Process child, byte[] data)
                {
                    SpliceWriter w = SpliceWriter.OpenChildInput(child);
                    Fill(w, data);
                    child.WaitForExit();
                }
                static void Fill(SpliceWriter w, byte[] data) { using (w) { w.Write<byte>(data); } }
                static void I(Process child, byte[] data)
                {
                    SpliceWriter w = SpliceWriter.OpenChildInput(child);
                    w.Write<byte>(data);
                    child.StandardInput.Close();
                    child.WaitForExit();
                }
            }
            """,
    };
}
