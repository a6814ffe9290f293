namespace VmSplice.Analyzers.Tests.Programs.Second;

/// <summary>The raw call with care: polls, fields, helpers for lengths and ends.</summary>
internal sealed class RawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RawPollAndResume"] = """
            static class P
            {
                static bool TryPush(SafeHandle pipe, FrozenPages<byte> pages, ref int done)
                {
                    while (done < pages.Length)
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(pages.Address + done, (nuint)(pages.Length - done)), SpliceFlags.NonBlocking);
                        if (sent <= 0)
                        {
                            return false;
                        }

                        done += (int)sent;
                    }

                    return true;
                }
            }
            """,
        ["RawFieldMemory"] = """
            sealed unsafe class Template : IDisposable
            {
                private readonly PageBuffer<byte> _pages = PageBuffer<byte>.Allocate(65536);

                public Template(ReadOnlySpan<byte> text) => text.CopyTo(_pages.Span);

                public void Send(SpliceWriter w) => w.Write<byte>(_pages.Span);

                public void Dispose() => _pages.Dispose();
            }
            """,
        ["MmapKeptForEver"] = """
            static unsafe class Static
            {
                private static readonly nint s_page = (nint)NativeMemory.AlignedAlloc(65536, 65536);

                public static void Send(SafeHandle pipe)
                {
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(s_page, 65536), SpliceFlags.None);
                    if (sent != 65536)
                    {
                        throw new IOException($"{sent} of 65536");
                    }
                }
            }
            """,
        ["PipeHandleInField"] = """
            sealed class Log : IDisposable
            {
                private readonly SafeFileHandle _file = File.OpenHandle("out.log", FileMode.Create, FileAccess.Write);
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;

                public Log() => _writer = SpliceWriter.Open(_pipe.WriteHandle, new() { LeaveOpen = true });

                public void Write(ReadOnlySpan<byte> line)
                {
                    _writer.Write(line);
                    RandomAccess.Write(_file, line, RandomAccess.GetLength(_file));
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _pipe.Dispose();
                    _file.Dispose();
                }
            }
            """,
        ["EndsByHelper"] = """
            static class P
            {
                static SafeHandle In(SplicePipe pipe) => pipe.WriteHandle;
                static SafeHandle Out(SplicePipe pipe) => pipe.ReadHandle;

                static void M()
                {
                    using SplicePipe pipe = SplicePipe.Create();
                    using SpliceWriter w = SpliceWriter.Open(In(pipe));
                    using SpliceReader r = SpliceReader.Open(Out(pipe));
                    w.Write("hello"u8);
                    Span<byte> got = stackalloc byte[5];
                    r.ReadExactly(got);
                }
            }
            """,
        ["LengthByHelper"] = """
            static class P
            {
                static int WholePages(int bytes) => (bytes + Environment.SystemPageSize - 1) / Environment.SystemPageSize * Environment.SystemPageSize;

                static void M(SafeHandle pipe, ReadOnlySpan<byte> data)
                {
                    int length = WholePages(data.Length);
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(length);
                    data.CopyTo(b.Span);
                    if (RawPipe.VmSplice(pipe, new IoVec(b.Address, (nuint)length), SpliceFlags.Gift) != length)
                    {
                        throw new IOException();
                    }
                }
            }
            """,
    };
}
