namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Pipes between processes.</summary>
internal sealed class ProcessesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FilterPipe"] = """
            using System.Diagnostics;
            using System.IO.Pipes;
            using System.Runtime.InteropServices;

            namespace Tools.Filter;

            /// <summary>A filter between two anonymous pipes; ours is the write end of the one and the read end of the other.
            /// It reads all before it answers.</summary>
            public static class FilterPipe
            {
                public static int Run(string filter, ReadOnlySpan<double> values, Span<double> filtered)
                {
                    using AnonymousPipeServerStream to = new(PipeDirection.Out, HandleInheritability.Inheritable);
                    using AnonymousPipeServerStream from = new(PipeDirection.In, HandleInheritability.Inheritable);
                    using Process child = Process.Start(new ProcessStartInfo(filter, [to.GetClientHandleAsString(), from.GetClientHandleAsString()]))!;
                    to.DisposeLocalCopyOfClientHandle();
                    from.DisposeLocalCopyOfClientHandle();
                    using (SpliceWriter writer = SpliceWriter.Open(to))
                    {
                        using PageBuffer<double> block = writer.Rent<double>(values.Length);
                        values.CopyTo(block.Span);
                        writer.Send(block);
                    }

                    to.Dispose();

                    int read = 0;
                    Span<byte> rest = MemoryMarshal.AsBytes(filtered);
                    int count;
                    while (!rest.IsEmpty && (count = from.Read(rest)) > 0)
                    {
                        rest = rest[count..];
                        read += count;
                    }

                    child.WaitForExit();
                    return read / sizeof(double);
                }
            }
            """,
    };
}
