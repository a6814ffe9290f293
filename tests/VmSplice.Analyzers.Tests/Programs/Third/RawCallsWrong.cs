namespace VmSplice.Analyzers.Tests.Programs.Third;

/// <summary>Mistakes with the raw call, by values that come in tuples, structures and constants.</summary>
internal sealed class RawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["StackLine"] = """
            static unsafe class P
            {
                static void SendLine(SafePipeHandle pipe, string text)
                {
                    Span<byte> line = stackalloc byte[256];
                    int length = System.Text.Encoding.UTF8.GetBytes(text, line);
                    fixed (byte* at = line)
                    {
                        nint sent = RawPipe.VmSplice(pipe, [new IoVec(at, (nuint)length)]); //~VMS2005
                        if (sent != length)
                        {
                            throw new IOException("short transfer");
                        }
                    }
                }
            }
            """,
        ["RentedArrayReturned"] = """
            static unsafe class P
            {
                static void Send(SafePipeHandle pipe, Stream source)
                {
                    byte[] array = ArrayPool<byte>.Shared.Rent(65536);
                    int read = source.Read(array, 0, 65536);
                    using (MemoryHandle pin = array.AsMemory().Pin())
                    {
                        if (RawPipe.VmSplice(pipe, [new IoVec(pin.Pointer, (nuint)read)]) != read) //~VMS2006
                        {
                            throw new IOException("short transfer");
                        }
                    }

                    ArrayPool<byte>.Shared.Return(array);
                }
            }
            """,
        ["OffsetInTuple"] = """
            static unsafe class P
            {
                static void Gift(SafePipeHandle pipe)
                {
                    (int Offset, int Length) part = (128, 65536);
                    byte* pages = (byte*)NativeMemory.AlignedAlloc(1 << 20, (nuint)Environment.SystemPageSize);
                    var segment = new IoVec(pages + part.Offset, (nuint)part.Length); //~VMS3001
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
                static void Gift(SafePipeHandle pipe)
                {
                    Layout layout = default;
                    layout.Header = 4096;
                    layout.Body = 5000;
                    byte* pages = (byte*)NativeMemory.AlignedAlloc(1 << 20, (nuint)Environment.SystemPageSize);
                    if (RawPipe.VmSplice(pipe, new IoVec(pages, (nuint)layout.Body), SpliceFlags.Gift) != layout.Body) //~VMS3002
                    {
                        throw new IOException("short transfer");
                    }
                }
            }
            """,
        ["LogFileInTuple"] = """
            static unsafe class P
            {
                static void Send(PageBuffer<byte> page)
                {
                    (SafeFileHandle Target, string Name) log = (File.OpenHandle("events.log", FileMode.Append, FileAccess.Write), "events");
                    var segment = new IoVec(page.Address, (nuint)page.Length);
                    nint sent = RawPipe.VmSplice(log.Target, [segment]); //~VMS4003
                    if (sent != page.Length)
                    {
                        throw new IOException($"{log.Name}: short transfer");
                    }
                }
            }
            """,
    };
}
