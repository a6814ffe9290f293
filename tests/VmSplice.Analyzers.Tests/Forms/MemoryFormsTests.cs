namespace VmSplice.Analyzers.Tests.Forms;

/// <summary>Everything that can be handed over: the surface's own kinds of pages, and any memory that the raw call is given.</summary>
public sealed class MemoryFormsTests : FormsTests<MemoryFormsTests>, IForms
{
    private const string M = "unsafe void M(SafeHandle fd, Stream stream, int n) ";

    public static Form[] Forms { get; } =
    [
        new("page buffer",
            """
            void M(SpliceWriter w, PageBuffer<int> b)
            {
                w.Send(b);
                {|VMS2001:b[0]|} = 1;
            }
            """,
            "void M(SpliceWriter w, PageBuffer<int> b) { b[0] = 1; w.Send(b); }"),
        new("spliceable buffer",
            """
            void M(SpliceWriter w, Frame f)
            {
                w.Gift(f);
                {|VMS2001:f.Header|} = 1;
            }
            """,
            "void M(SpliceWriter w, Frame f) { f.Header = 1; w.Gift(f); }"),
        new("record writer",
            """
            void M(RecordWriter<Tick> r)
            {
                ref Tick t = ref r.Next();
                r.Flush();
                {|VMS2003:t.Time|} = 1;
            }
            """,
            """
            void M(RecordWriter<Tick> r)
            {
                ref Tick t = ref r.Next();
                t.Time = 1;
                r.Flush();
            }
            """),
        new("record reader",
            """
            long M(RecordReader<Tick> r)
            {
                var s = r.ReadBatch();
                r.ReadBatch();
                return {|VMS2003:s[0].Time|};
            }
            """,
            """
            long M(RecordReader<Tick> r)
            {
                var s = r.ReadBatch();
                long t = s[0].Time;
                r.ReadBatch();
                return t;
            }
            """),
        new("frozen pages",
            """
            void M(SpliceWriter w, PageBuffer<int> b)
            {
                Span<int> s = b.Span;
                using var f = b.Freeze();
                w.Send(f);
                {|VMS2012:s[0]|} = 1;
            }
            """,
            """
            void M(SpliceWriter w, PageBuffer<int> b)
            {
                Span<int> s = b.Span;
                s[0] = 1;
                using var f = b.Freeze();
                w.Send(f);
                w.Send(f);
            }
            """),
        new("frozen pages after their end",
            """
            int M(PageBuffer<int> b)
            {
                var f = b.Freeze();
                f.Dispose();
                return {|VMS2002:f.Span[0]|};
            }
            """,
            """
            int M(PageBuffer<int> b)
            {
                var f = b.Freeze();
                int n = f.Span[0];
                f.Dispose();
                return n;
            }
            """),
        new("fixed array",
            M + """
            {
                byte[] a = new byte[64];
                fixed (byte* p = a) { {|VMS2006:RawPipe.VmSplice(fd, [new IoVec(p, 64)])|}; }
            }
            """,
            M + """
            {
                byte[] a = new byte[64];
                fixed (byte* p = a) { RawPipe.VmSplice(fd, [new IoVec(p, 64)]); stream.ReadByte(); }
            }
            """),
        new("GCHandle",
            M + """
            {
                byte[] a = new byte[64];
                var h = GCHandle.Alloc(a, GCHandleType.Pinned);
                {|VMS2006:RawPipe.VmSplice(fd, [new IoVec(h.AddrOfPinnedObject(), 64)])|};
                h.Free();
            }
            """,
            M + """
            {
                byte[] a = new byte[64];
                var h = GCHandle.Alloc(a, GCHandleType.Pinned);
                RawPipe.VmSplice(fd, [new IoVec(h.AddrOfPinnedObject(), 64)]);
                stream.ReadByte();
                h.Free();
            }
            """),
        new("GCHandle that does not pin",
            M + """
            {
                byte[] a = new byte[64];
                var h = GCHandle.Alloc(a);
                RawPipe.VmSplice(fd, {|VMS2006:[new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]|});
                stream.ReadByte();
                h.Free();
            }
            """,
            M + """
            {
                byte[] a = new byte[64];
                var h = GCHandle.Alloc(a, GCHandleType.Pinned);
                RawPipe.VmSplice(fd, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]);
                stream.ReadByte();
                h.Free();
            }
            """),
        new("pinned GCHandle of a type",
            M + """
            {
                byte[] a = new byte[64];
                var h = new PinnedGCHandle<byte[]>(a);
                {|VMS2006:RawPipe.VmSplice(fd, [new IoVec(h.GetAddressOfArrayData(), 64)])|};
                h.Dispose();
            }
            """,
            M + """
            {
                byte[] a = new byte[64];
                var h = new PinnedGCHandle<byte[]>(a);
                RawPipe.VmSplice(fd, [new IoVec(h.GetAddressOfArrayData(), 64)]);
                stream.ReadByte();
                h.Dispose();
            }
            """),
        new("NativeMemory",
            M + """
            {
                void* p = NativeMemory.AlignedAlloc(4096, 4096);
                RawPipe.VmSplice(fd, [new IoVec(p, 4096)]);
                {|VMS2007:NativeMemory.AlignedFree(p)|};
            }
            """,
            M + """
            {
                void* p = NativeMemory.AlignedAlloc(4096, 4096);
                RawPipe.VmSplice(fd, [new IoVec(p, 4096)]);
                stream.ReadByte();
                NativeMemory.AlignedFree(p);
            }
            """),
        new("NativeMemory that grows",
            M + """
            {
                void* p = NativeMemory.Alloc(64);
                RawPipe.VmSplice(fd, [new IoVec(p, 64)]);
                p = {|VMS2007:NativeMemory.Realloc(p, 128)|};
            }
            """,
            M + """
            {
                void* p = NativeMemory.Alloc(64);
                p = NativeMemory.Realloc(p, 128);
                RawPipe.VmSplice(fd, [new IoVec(p, 64)]);
            }
            """),
        new("NativeMemory filled",
            M + """
            {
                byte* p = (byte*)NativeMemory.Alloc(64);
                RawPipe.VmSplice(fd, [new IoVec(p, 64)]);
                NativeMemory.Fill({|VMS2001:p|}, 64, 1);
            }
            """,
            M + """
            {
                byte* p = (byte*)NativeMemory.Alloc(64);
                NativeMemory.Fill(p, 64, 1);
                RawPipe.VmSplice(fd, [new IoVec(p, 64)]);
            }
            """),
        new("Marshal",
            M + """
            {
                nint p = Marshal.AllocHGlobal(64);
                RawPipe.VmSplice(fd, [new IoVec(p, 64)]);
                Marshal.WriteInt32({|VMS2001:p|}, 1);
            }
            """,
            M + """
            {
                nint p = Marshal.AllocHGlobal(64);
                Marshal.WriteInt32(p, 1);
                RawPipe.VmSplice(fd, [new IoVec(p, 64)]);
            }
            """),
        new("Marshal that frees",
            M + """
            {
                nint p = Marshal.AllocCoTaskMem(64);
                RawPipe.VmSplice(fd, [new IoVec(p, 64)]);
                {|VMS2007:Marshal.FreeCoTaskMem(p)|};
            }
            """,
            M + "{ nint p = Marshal.AllocCoTaskMem(64); Marshal.FreeCoTaskMem(p); }"),
        new("ArrayPool",
            M + """
            {
                byte[] a = ArrayPool<byte>.Shared.Rent(64);
                var h = GCHandle.Alloc(a, GCHandleType.Pinned);
                RawPipe.VmSplice(fd, [new IoVec(h.AddrOfPinnedObject(), 64)]);
                {|VMS2007:ArrayPool<byte>.Shared.Return(a)|};
            }
            """,
            M + """
            {
                byte[] a = ArrayPool<byte>.Shared.Rent(64);
                var h = GCHandle.Alloc(a, GCHandleType.Pinned);
                RawPipe.VmSplice(fd, [new IoVec(h.AddrOfPinnedObject(), 64)]);
                stream.ReadByte();
                h.Free();
                ArrayPool<byte>.Shared.Return(a);
            }
            """),
        new("MemoryPool",
            M + """
            {
                IMemoryOwner<byte> o = MemoryPool<byte>.Shared.Rent(64);
                var h = o.Memory.Pin();
                RawPipe.VmSplice(fd, [new IoVec(h.Pointer, 64)]);
                {|VMS2007:o.Dispose()|};
            }
            """,
            M + """
            {
                IMemoryOwner<byte> o = MemoryPool<byte>.Shared.Rent(64);
                var h = o.Memory.Pin();
                RawPipe.VmSplice(fd, [new IoVec(h.Pointer, 64)]);
                stream.ReadByte();
                h.Dispose();
                o.Dispose();
            }
            """),
        new("MemoryPool with using",
            M + """
            {
                using IMemoryOwner<byte> {|VMS2007:o = MemoryPool<byte>.Shared.Rent(64)|};
                var h = o.Memory.Pin();
                RawPipe.VmSplice(fd, [new IoVec(h.Pointer, 64)]);
            }
            """,
            M + """
            {
                using IMemoryOwner<byte> o = MemoryPool<byte>.Shared.Rent(64);
                using var h = o.Memory.Pin();
                RawPipe.VmSplice(fd, [new IoVec(h.Pointer, 64)]);
                stream.ReadByte();
            }
            """),
        new("mmap",
            """
            [DllImport("libc")] static extern unsafe void* mmap(void* at, nuint n, int prot, int flags, int fd, nint offset);

            """ + M + """
            {
                byte* p = (byte*)mmap(null, 4096, 3, 0x22, -1, 0);
                RawPipe.VmSplice(fd, [new IoVec(p, 4096)]);
                {|VMS2001:p[0]|} = 1;
            }
            """,
            """
            [DllImport("libc")] static extern unsafe void* mmap(void* at, nuint n, int prot, int flags, int fd, nint offset);
            [DllImport("libc")] static extern unsafe int munmap(void* at, nuint n);

            """ + M + """
            {
                byte* p = (byte*)mmap(null, 4096, 3, 0x22, -1, 0);
                p[0] = 1;
                RawPipe.VmSplice(fd, [new IoVec(p, 4096)]);
                munmap(p, 4096);
            }
            """),
        new("stackalloc",
            M + """
            {
                byte* p = stackalloc byte[64];
                RawPipe.VmSplice(fd, {|VMS2005:[new IoVec(p, 64)]|});
            }
            """,
            M + """
            { byte* p = stackalloc byte[64]; stream.Write(new ReadOnlySpan<byte>(p, 64)); }
            """),
        new("stackalloc span",
            M + """
            {
                Span<byte> s = stackalloc byte[64];
                fixed (byte* p = s) { RawPipe.VmSplice(fd, {|VMS2005:[new IoVec(p, 64)]|}); }
            }
            """,
            M + """
            {
                Span<IoVec> s = stackalloc IoVec[1];
                s[0] = new IoVec(NativeMemory.Alloc(64), 64);
                RawPipe.VmSplice(fd, s);
            }
            """),
        new("pinned array",
            M + """
            {
                byte[] a = GC.AllocateArray<byte>(64, pinned: true);
                RawPipe.VmSplice(fd, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]);
                {|VMS2001:a[0]|} = 1;
            }
            """,
            M + """
            {
                byte[] a = GC.AllocateArray<byte>(64, pinned: true);
                a[0] = 1;
                RawPipe.VmSplice(fd, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]);
            }
            """),
        new("array that only may be pinned",
            M + """
            {
                byte[] a = GC.AllocateUninitializedArray<byte>(64, pinned: false);
                RawPipe.VmSplice(fd, {|VMS2006:[new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]|});
            }
            """,
            M + """
            {
                byte[] a = GC.AllocateUninitializedArray<byte>(64, pinned: true);
                RawPipe.VmSplice(fd, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]);
            }
            """),
    ];
}
