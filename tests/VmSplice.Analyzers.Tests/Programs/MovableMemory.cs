namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Strings, boxed values and lists given to the raw call; streams over pages.</summary>
internal sealed class MovableMemory : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FixedString"] = """
            static unsafe class P
            {
                static void M(SafeHandle pipe, string text)
                {
                    fixed (char* p = text)
                    {
                        if (RawPipe.VmSplice(pipe, new IoVec((nint)p, 8), SpliceFlags.None) != 8) { throw new IOException(); } //~VMS2006
                    }
                }
            }
            """,
        ["BoxValue"] = """
            static unsafe class P
            {
                sealed class Box { public long Value; }
                static void M(SafeHandle pipe, Box box)
                {
                    fixed (long* p = &box.Value)
                    {
                        if (RawPipe.VmSplice(pipe, new IoVec((nint)p, 8), SpliceFlags.None) != 8) { throw new IOException(); } //~VMS2006
                    }
                }
            }
            """,
        ["ThisField"] = """
            unsafe class P
            {
                private long _value;
                public void M(SafeHandle pipe)
                {
                    fixed (long* p = &_value)
                    {
                        if (RawPipe.VmSplice(pipe, new IoVec((nint)p, 8), SpliceFlags.None) != 8) { throw new IOException(); } //~VMS2006
                    }
                }
            }
            """,
        ["ListSpan"] = """
            static unsafe class P
            {
                static void M(SafeHandle pipe, List<byte> list)
                {
                    fixed (byte* p = CollectionsMarshal.AsSpan(list))
                    {
                        if (RawPipe.VmSplice(pipe, new IoVec((nint)p, 8), SpliceFlags.None) != 8) { throw new IOException(); } //~VMS2006
                    }
                }
            }
            """,
        ["StringSpanAsPointer"] = """
            static unsafe class P
            {
                static void M(SafeHandle pipe, string text)
                {
                    ReadOnlySpan<char> s = text;
                    fixed (char* p = s)
                    {
                        if (RawPipe.VmSplice(pipe, new IoVec((nint)p, 8), SpliceFlags.None) != 8) { throw new IOException(); } //~VMS2006
                    }
                }
            }
            """,
        ["Utf8LiteralIsRight"] = """
            static unsafe class P
            {
                static void M(SafeHandle pipe)
                {
                    ReadOnlySpan<byte> s = "hello"u8;
                    fixed (byte* p = s)
                    {
                        if (RawPipe.VmSplice(pipe, new IoVec((nint)p, 5), SpliceFlags.None) != 5) { throw new IOException(); }
                    }
                }
            }
            """,
        ["UnmanagedMemoryStream"] = """
            static unsafe class P
            {
                static void M(SpliceWriter w, PageBuffer<byte> b)
                {
                    UnmanagedMemoryStream s = new((byte*)b.Address, 16, 16, FileAccess.Write);
                    w.Send(b);
                    s.WriteByte(1); //~VMS2001
                }
            }
            """,
        ["UnmanagedMemoryStreamRight"] = """
            static unsafe class P
            {
                static void M(SpliceWriter w, PageBuffer<byte> b)
                {
                    using UnmanagedMemoryStream s = new((byte*)b.Address, 16, 16, FileAccess.Write);
                    s.WriteByte(1);
                    w.Send(b);
                }
            }
            """,
        ["ListPatternsElementRef"] = """
            static class P
            {
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    if (b.Memory is { Span: [_, .. var rest] })
                    {
                        w.Send(b);
                        rest[0] = 1; //~VMS2001
                    }
                }
            }
            """,
        ["MemoryManagerStream"] = """
            static class P
            {
                static void M(SpliceWriter w, PageBuffer<byte> b)
                {
                    Memory<byte> m = b.Memory;
                    BinaryWriter x = new(new MemoryStream());
                    ArraySegment<byte> none = default;
                    using MemoryHandle h = m.Pin();
                    w.Send(b);
                    unsafe { *(byte*)h.Pointer = 1; } //~VMS2001
                }
            }
            """,
        ["Win32exception"] = """
            static unsafe class P
            {
                [DllImport("libc")] static extern nint vmsplice(int fd, IoVec* v, nuint n, uint flags);
                static void M(int fd, IoVec* v)
                {
                    if (vmsplice(fd, v, 1, 0) < 64) { throw new System.ComponentModel.Win32Exception(); } //~VMS4007
                }
            }
            """,
        ["RightMovableMemory"] = """
            static unsafe class P
            {
                static void M(SafeHandle pipe, Stream answer, string text, List<byte> list)
                {
                    fixed (char* p = text)
                    {
                        if (RawPipe.VmSplice(pipe, new IoVec((nint)p, 8), SpliceFlags.None) != 8) { throw new IOException(); }
                        answer.ReadByte();
                    }
                    fixed (byte* p = CollectionsMarshal.AsSpan(list))
                    {
                        if (RawPipe.VmSplice(pipe, new IoVec((nint)p, 8), SpliceFlags.None) != 8) { throw new IOException(); }
                        answer.ReadByte();
                    }
                    fixed (char* p = "constant")
                    {
                        if (RawPipe.VmSplice(pipe, new IoVec((nint)p, 8), SpliceFlags.None) != 8) { throw new IOException(); }
                    }
                }
                static int Length(string text)
                {
                    fixed (char* p = text) { return p[0]; }
                }
                static void Segments(SafeHandle pipe, List<IoVec> list)
                {
                    if (list.Count > 1024 || RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(list)) != 8) { throw new IOException(); }
                }
            }
            """,
        ["Win32Right"] = """
            static unsafe class P
            {
                [DllImport("libc", SetLastError = true)] static extern nint vmsplice(int fd, IoVec* v, nuint n, uint flags);
                static void M(int fd, IoVec* v)
                {
                    if (vmsplice(fd, v, 1, 0) < 64) { throw new System.ComponentModel.Win32Exception(); }
                }
            }
            """,
    };
}
