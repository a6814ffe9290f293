namespace VmSplice.Analyzers.Tests.Programs.Third;

/// <summary>The raw call with care, by values that come in tuples, structures and constants.</summary>
internal sealed class RawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LineWritten"] = """
            static class P
            {
                static void SendLine(SpliceWriter pipe, string text)
                {
                    Span<byte> line = stackalloc byte[256];
                    int length = System.Text.Encoding.UTF8.GetBytes(text, line[..255]);
                    line[length++] = (byte)'\n';
                    pipe.Write<byte>(line[..length]);
                }
            }
            """,
        ["OffsetInTuple"] = """
            static unsafe class P
            {
                static void Gift(SafePipeHandle pipe)
                {
                    int page = Environment.SystemPageSize;
                    (int Offset, int Length) part = (2 * page, 16 * page);
                    byte* pages = (byte*)NativeMemory.AlignedAlloc((nuint)(32 * page), (nuint)page);
                    var segment = new IoVec(pages + part.Offset, (nuint)part.Length);
                    if (RawPipe.VmSplice(pipe, segment, SpliceFlags.Gift) != part.Length)
                    {
                        throw new IOException("short transfer");
                    }
                }
            }
            """,
        ["LengthInStruct"] = """
            struct Layout
            {
                public int Header;
                public int Body;
            }

            static unsafe class P
            {
                static void Send(SafePipeHandle pipe, int size)
                {
                    Layout layout = default;
                    layout.Header = 64;
                    layout.Body = size;
                    layout.Body += layout.Header;
                    byte* pages = (byte*)NativeMemory.AllocZeroed((nuint)layout.Body);
                    if (RawPipe.VmSplice(pipe, [new IoVec(pages, (nuint)layout.Body)]) != layout.Body)
                    {
                        throw new IOException("short transfer");
                    }
                }
            }
            """,
        ["PipeInTuple"] = """
            static unsafe class P
            {
                static void Send(SplicePipe pipe, PageBuffer<byte> page)
                {
                    (SafePipeHandle Target, string Name) end = (pipe.WriteHandle, "events");
                    nint sent = RawPipe.VmSplice(end.Target, [new IoVec(page.Address, (nuint)page.Length)]);
                    if (sent != page.Length)
                    {
                        throw new IOException($"{end.Name}: short transfer");
                    }
                }
            }
            """,
        ["CountInStruct"] = """
            readonly record struct Batch(IoVec[] Segments, int Count);

            static class P
            {
                static void Send(SafePipeHandle pipe, Batch batch)
                {
                    for (int at = 0; at < batch.Count; at += RawPipe.IovMax)
                    {
                        int count = Math.Min(RawPipe.IovMax, batch.Count - at);
                        long expected = 0;
                        foreach (IoVec one in batch.Segments.AsSpan(at, count))
                        {
                            expected += (long)one.Length;
                        }

                        if (RawPipe.VmSplice(pipe, batch.Segments.AsSpan(at, count)) != expected)
                        {
                            throw new IOException("short transfer");
                        }
                    }
                }
            }
            """,
    };
}
