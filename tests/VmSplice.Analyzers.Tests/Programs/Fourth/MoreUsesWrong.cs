namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Buffers and views that are used after they were sent.</summary>
internal sealed class MoreUsesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ReceivedSpanReturnedOutOfUsing"] = """
            public static class Lines
            {
                public static int CountNewlines(SpliceReader reader)
                {
                    int count = 0;
                    foreach (byte b in ReadBlock(reader, 4096))
                    {
                        count += b == (byte)'\n' ? 1 : 0;
                    }

                    return count;
                }

                private static ReadOnlySpan<byte> ReadBlock(SpliceReader reader, int size)
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(size);
                    int read = reader.Read(buffer);
                    return buffer.Span[..read]; //~VMS2002
                }
            }
            """,
    };
}
