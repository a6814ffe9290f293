namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Helpers that give memory to the raw call in a loop, until all of it is taken: what the caller may give them, and do afterwards.</summary>
internal sealed class HelpersThatSendTheRest : IPrograms
{
    private const string Helper = """
        unsafe struct iovec { public void* iov_base; public nuint iov_len; }

        static unsafe class Pipe
        {
            [DllImport("libc", SetLastError = true)]
            private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

            public static void Push(int pipe, byte* data, nuint length)
            {
                while (length != 0)
                {
                    iovec segment = new() { iov_base = data, iov_len = length };
                    nint taken = vmsplice(pipe, &segment, 1, 0);
                    if (taken < 0)
                    {
                        throw new IOException("vmsplice", Marshal.GetLastPInvokeError());
                    }

                    data += taken;
                    length -= (nuint)taken;
                }
            }

            public static void PushIf(int pipe, byte* data, nuint length, bool shares, Stream copy)
            {
                if (!shares)
                {
                    copy.Write(new ReadOnlySpan<byte>(data, (int)length));
                    return;
                }

                Push(pipe, data, length);
            }
        }
        """;

    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["StackMemory"] = """
            static unsafe class P
            {
                public static void Gauge(int pipe, double value)
                {
                    byte* text = stackalloc byte[32];
                    if (value.TryFormat(new Span<byte>(text, 32), out int written))
                    {
                        Pipe.Push(pipe, text, (nuint)written); //~VMS2005
                    }
                }
            }

            """ + Helper,
        ["PinnedForTheCall"] = """
            static unsafe class P
            {
                public static void Send(int pipe, string text)
                {
                    byte[] bytes = new byte[text.Length];
                    fixed (byte* start = bytes)
                    {
                        Pipe.Push(pipe, start, (nuint)bytes.Length); //~VMS2006
                    }
                }
            }

            """ + Helper,
        ["FreedAfterwards"] = """
            static unsafe class P
            {
                public static void Send(int pipe)
                {
                    byte* block = (byte*)NativeMemory.Alloc(4096);
                    Pipe.Push(pipe, block, 4096);
                    NativeMemory.Free(block); //~VMS2007
                }
            }

            """ + Helper,
        ["WrittenAfterwards"] = """
            static unsafe class P
            {
                public static byte* Send(int pipe)
                {
                    byte* block = (byte*)NativeMemory.Alloc(4096);
                    Pipe.Push(pipe, block, 4096);
                    block[0] = 1; //~VMS2001
                    return block;
                }
            }

            """ + Helper,
        ["OneDeeper"] = """
            static unsafe class P
            {
                private static void Line(int pipe, byte* text, nuint length) => Pipe.Push(pipe, text, length);

                public static void Gauge(int pipe)
                {
                    byte* text = stackalloc byte[32];
                    text[0] = 1;
                    Line(pipe, text, 1); //~VMS2005
                }
            }

            """ + Helper,
        ["CopiedWhereItDoesNotShare"] = """
            static unsafe class P
            {
                public static void Gauge(int pipe, Stream copy)
                {
                    byte* text = stackalloc byte[32];
                    text[0] = 1;
                    Pipe.PushIf(pipe, text, 1, shares: false, copy);
                }
            }

            """ + Helper,
        ["KeptForGood"] = """
            static unsafe class P
            {
                public static byte* Send(int pipe)
                {
                    byte* block = (byte*)NativeMemory.Alloc(4096);
                    block[0] = 1;
                    Pipe.Push(pipe, block, 4096);
                    return block;
                }
            }

            """ + Helper,
    };
}
