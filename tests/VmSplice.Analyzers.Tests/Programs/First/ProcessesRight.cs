namespace VmSplice.Analyzers.Tests.Programs.First;

/// <summary>Children at the other end of a pipe.</summary>
internal sealed class ProcessesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["WorkerWithLink"] = """
            static class P
            {
                static double Ask(ProcessStartInfo start, IReadOnlyList<double> prices)
                {
                    using SpliceLink link = SpliceLink.Start(start);
                    double sum = 0;
                    link.Exchange(
                        writer =>
                        {
                            using RecordWriter<Tick> outgoing = Tick.CreateWriter(writer);
                            foreach (double price in prices)
                            {
                                outgoing.Next().Price = price;
                            }

                            outgoing.Complete();
                        },
                        reader =>
                        {
                            using RecordReader<Tick> incoming = Tick.CreateReader(reader);
                            foreach (ref readonly Tick tick in incoming)
                            {
                                sum += tick.Price;
                            }
                        });
                    link.Child.WaitForExit();
                    return sum;
                }
            }
            """,
        ["HeadOfChild"] = """
            static class P
            {
                static string FirstLine(string[] lines)
                {
                    using Process head = Process.Start(new ProcessStartInfo("head", "-n 1") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
                    using (SpliceWriter input = SpliceWriter.OpenChildInput(head))
                    {
                        foreach (string line in lines)
                        {
                            input.Write<byte>(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
                        }
                    }

                    string first = head.StandardOutput.ReadToEnd();
                    head.WaitForExit();
                    return first;
                }
            }
            """,
        ["ShellThatIsToldToLeave"] = """
            static class P
            {
                static int M(string[] commands)
                {
                    using Process shell = Process.Start(new ProcessStartInfo("sh") { RedirectStandardInput = true })!;
                    using SpliceWriter input = SpliceWriter.OpenChildInput(shell);
                    foreach (string command in commands)
                    {
                        input.Write<byte>(System.Text.Encoding.UTF8.GetBytes(command + "\n"));
                    }

                    input.Write("exit\n"u8);
                    shell.WaitForExit();
                    return shell.ExitCode;
                }
            }
            """,
    };
}
