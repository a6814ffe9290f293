using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>VMS2005, VMS2006, VMS2007 and the raw side of VMS2001: any memory given to the raw call.</summary>
public sealed class RawMemoryTests
{
    [Theory]
    [InlineData("byte* p = stackalloc byte[64]; RawPipe.VmSplice(fd, [|[new IoVec(p, 64)]|]);")]
    [InlineData("Span<byte> s = stackalloc byte[64]; fixed (byte* p = s) RawPipe.VmSplice(fd, [|[new IoVec(p, 64)]|]);")]
    [InlineData("long x = 3; RawPipe.VmSplice(fd, [|[new IoVec(&x, 8)]|]);")]
    [InlineData("byte* p = stackalloc byte[64]; var v = new IoVec(p + 8, 8); RawPipe.VmSplice(fd, [|[v]|]);")]
    [InlineData("byte* p = stackalloc byte[64]; IoVec[] v = [new IoVec(p, 8)]; RawPipe.VmSplice(fd, [|v|]);")]
    [InlineData("byte* p = stackalloc byte[64]; RawPipe.VmSplice(fd, [|[new IoVec(p, 8)]|]);")]
    [InlineData("long x = 3; RawPipe.VmSplice(fd, [|[new IoVec(Unsafe.AsPointer(ref x), 8)]|]);")]
    public Task StackMemory_Reported(string statements) => Lifetimes.VerifyStatements("VMS2005", statements);

    [Theory]
    [InlineData("byte* p = (byte*)NativeMemory.AlignedAlloc(4096, 4096); RawPipe.VmSplice(fd, [new IoVec(p, 64)]);")]
    [InlineData("RawPipe.VmSplice(fd, [new IoVec(b.Address, 64)]);")]
    [InlineData("IoVec* v = stackalloc IoVec[1]; v[0] = new IoVec(b.Address, 64); RawPipe.VmSplice(fd, new ReadOnlySpan<IoVec>(v, 1));")]
    [InlineData("Span<IoVec> v = stackalloc IoVec[2]; v[0] = new IoVec(b.Address, 64); RawPipe.VmSplice(fd, v);")]
    [InlineData("Span<byte> s = stackalloc byte[64]; w.Write(s);")]
    [InlineData("var a = GC.AllocateArray<byte>(64, pinned: true); fixed (byte* p = a) RawPipe.VmSplice(fd, [new IoVec(p, 64)]);")]
    public Task OtherMemory_Silent(string statements) => Lifetimes.VerifyStatements("VMS2005", statements);

    [Theory]
    [InlineData("var a = new byte[64]; fixed (byte* p = a) { [|RawPipe.VmSplice(fd, [new IoVec(p, 64)])|]; }")]
    [InlineData("var a = new byte[64]; fixed (byte* p = &a[8]) { [|RawPipe.VmSplice(fd, [new IoVec(p, 8)])|]; }")]
    [InlineData("var a = ArrayPool<byte>.Shared.Rent(64); fixed (byte* p = a) { [|RawPipe.VmSplice(fd, [new IoVec(p, 64)])|]; }")]
    [InlineData(
        """
        var a = new byte[64];
        var h = GCHandle.Alloc(a, GCHandleType.Pinned);
        [|RawPipe.VmSplice(fd, [new IoVec(h.AddrOfPinnedObject(), 64)])|];
        h.Free();
        """)]
    [InlineData("var a = new byte[64]; RawPipe.VmSplice(fd, [|[new IoVec(Unsafe.AsPointer(ref a[0]), 64)]|]);")]
    [InlineData("var a = new byte[64]; RawPipe.VmSplice(fd, [|[new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]|]);")]
    [InlineData("var a = new byte[64]; using var h = a.AsMemory().Pin(); [|RawPipe.VmSplice(fd, [new IoVec(h.Pointer, 64)])|];")]
    [InlineData("var a = new byte[64]; fixed (byte* p = a) { if ([|RawPipe.VmSplice(fd, [new IoVec(p, 64)])|] < 64) { return; } }")]
    public Task PinEnds_Reported(string statements) => Lifetimes.VerifyStatements("VMS2006", statements);

    [Theory]
    [InlineData("var a = GC.AllocateArray<byte>(64, pinned: true); RawPipe.VmSplice(fd, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]);")]
    [InlineData("var a = new byte[64]; var h = GCHandle.Alloc(a, GCHandleType.Pinned); RawPipe.VmSplice(fd, [new IoVec(h.AddrOfPinnedObject(), 64)]);")]
    [InlineData(
        """
        var a = new byte[64];
        var h = GCHandle.Alloc(a, GCHandleType.Pinned);
        RawPipe.VmSplice(fd, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]);
        """)]
    [InlineData("var a = new byte[64]; fixed (byte* p = a) { RawPipe.VmSplice(fd, [new IoVec(p, 64)]); stream.ReadByte(); }")]
    [InlineData("var a = new byte[64]; fixed (byte* p = a) { p[0] = 1; } stream.Write(a);")]
    [InlineData(
        """
        var a = new byte[64];
        var h = GCHandle.Alloc(a, GCHandleType.Pinned);
        RawPipe.VmSplice(fd, [new IoVec(h.AddrOfPinnedObject(), 64)]);
        stream.Flush();
        h.Free();
        """)]
    public Task PinLasts_Silent(string statements) => Lifetimes.VerifyStatements("VMS2006", statements);

    [Theory]
    [InlineData("void* p = NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); [|NativeMemory.Free(p)|];")]
    [InlineData(
        """
        void* p = NativeMemory.AlignedAlloc(4096, 4096);
        RawPipe.VmSplice(fd, [new IoVec(p, 64)], SpliceFlags.Gift);
        [|NativeMemory.AlignedFree(p)|];
        """)]
    [InlineData("nint p = Marshal.AllocHGlobal(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); [|Marshal.FreeHGlobal(p)|];")]
    [InlineData("nint p = Marshal.AllocHGlobal(64); try { RawPipe.VmSplice(fd, [new IoVec(p, 64)]); } finally { [|Marshal.FreeHGlobal(p)|]; }")]
    [InlineData("void* p = NativeMemory.Alloc(64); byte* q = (byte*)p; RawPipe.VmSplice(fd, [new IoVec(q, 64)]); [|NativeMemory.Free(p)|];")]
    [InlineData("void* p = NativeMemory.Alloc(64); nint k = RawPipe.VmSplice(fd, [new IoVec(p, 64)]); if (k > 0) { [|NativeMemory.Free(p)|]; }")]
    public Task Freed_Reported(string statements) => Lifetimes.VerifyStatements("VMS2007", statements);

    [Theory]
    [InlineData("void* p = NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); stream.ReadByte(); NativeMemory.Free(p);")]
    [InlineData("void* p = NativeMemory.Alloc(64); NativeMemory.Free(p);")]
    [InlineData("void* p = NativeMemory.Alloc(64); nint k = RawPipe.VmSplice(fd, [new IoVec(p, 64)]); if (k <= 0) { NativeMemory.Free(p); }")]
    [InlineData("void* p = NativeMemory.Alloc(64); void* q = NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); NativeMemory.Free(q);")]
    [InlineData("var a = ArrayPool<byte>.Shared.Rent(64); stream.Write(a); ArrayPool<byte>.Shared.Return(a);")]
    [InlineData("void* p = NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); fd.Dispose(); NativeMemory.Free(p);")]
    public Task Kept_Silent(string statements) => Lifetimes.VerifyStatements("VMS2007", statements);

    [Theory]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); [|p[0]|] = 1;")]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)], SpliceFlags.Gift); stream.ReadByte(); [|*p|] = 1;")]
    [InlineData(
        """
        var a = GC.AllocateArray<byte>(64, pinned: true);
        RawPipe.VmSplice(fd, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]);
        [|a[0]|] = 1;
        """)]
    [InlineData("var a = GC.AllocateArray<byte>(64, pinned: true); fixed (byte* p = a) RawPipe.VmSplice(fd, [new IoVec(p, 64)]); [|a.AsSpan().Clear()|];")]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); var s = new Span<byte>(p, 64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); [|s[0]|] = 1;")]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64), new IoVec(b.Address, 8)]); [|*p|] = 1;")]
    public Task WrittenInFlight_Reported(string statements) => Lifetimes.VerifyStatements("VMS2001", statements);

    [Theory]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); p[0] = 1; RawPipe.VmSplice(fd, [new IoVec(p, 64)]);")]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); n = p[0];")]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); stream.ReadByte(); p[0] = 1;")]
    [InlineData(
        """
        byte* p = (byte*)NativeMemory.Alloc(64);
        nuint at = 0;
        while (at < 64)
        {
            nint k = RawPipe.VmSplice(fd, [new IoVec(p + at, 64 - at)]);
            if (k <= 0) break;
            at += (nuint)k;
        }
        """)]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); nint k = RawPipe.VmSplice(fd, [new IoVec(p, 64)]); if (k == 0) p[0] = 1;")]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); byte* q = (byte*)NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); q[0] = 1;")]
    [InlineData(
        """
        byte* p = (byte*)NativeMemory.Alloc(64);
        IoVec* v = stackalloc IoVec[1];
        v[0] = new IoVec(p, 64);
        RawPipe.VmSplice(fd, new ReadOnlySpan<IoVec>(v, 1));
        v[0] = default;
        v[0].ToString();
        v++;
        """)]
    public Task NotInFlight_Silent(string statements) => Lifetimes.VerifyStatements("VMS2001", statements);

    [Theory]
    [InlineData("VMS2005", "byte* p = stackalloc byte[64]; Give(fd, [|p|], 64);")]
    [InlineData("VMS2005", "byte* p = stackalloc byte[64]; Twice(fd, [|p|]);")]
    [InlineData("VMS2006", "var a = new byte[64]; fixed (byte* p = a) { [|Give(fd, p, 64)|]; }")]
    [InlineData("VMS2006", "var a = new byte[64]; Give(fd, [|Unsafe.AsPointer(ref a[0])|], 64);")]
    [InlineData("VMS2007", "void* p = NativeMemory.Alloc(64); Give(fd, p, 64); [|NativeMemory.Free(p)|];")]
    [InlineData("VMS2007", "void* p = NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); [|End(p)|];")]
    [InlineData("VMS2007", "void* p = NativeMemory.Alloc(64); nint k = Result(fd, p, 64); if (k > 0) { [|NativeMemory.Free(p)|]; }")]
    [InlineData("VMS2001", "byte* p = (byte*)NativeMemory.Alloc(64); Give(fd, p, 64); [|p[0]|] = 1;")]
    [InlineData("VMS2001", "RawPipe.VmSplice(fd, [new IoVec(b.Address, 64)]); [|b[0]|] = 1;")]
    [InlineData("VMS2001", "nint at = b.Address; while (n > 0) { nint k = RawPipe.VmSplice(fd, [new IoVec(at, 64)]); [|*(byte*)at|] = 1; at += k; n--; }")]
    public Task ThroughWrapper_Reported(string id, string statements) => VerifyWrapped(id, statements);

    [Theory]
    [InlineData("byte* p = stackalloc byte[64]; Look(p);")]
    [InlineData("void* p = NativeMemory.Alloc(64); Give(fd, p, 64); stream.ReadByte(); End(p);")]
    [InlineData("void* p = NativeMemory.Alloc(64); nint k = Result(fd, p, 64); if (k <= 0) { NativeMemory.Free(p); }")]
    [InlineData("void* p = NativeMemory.Alloc(64); if (!Try(fd, p, 64)) { NativeMemory.Free(p); }")]
    [InlineData("void* p = NativeMemory.Alloc(64); GiveAndWait(fd, p, stream); NativeMemory.Free(p);")]
    [InlineData("var a = GC.AllocateArray<byte>(64, pinned: true); fixed (byte* p = a) { Give(fd, p, 64); }")]
    [InlineData("RawPipe.VmSplice(fd, [new IoVec(b.Address, 64)]); n = b[0]; stream.ReadByte(); b[0] = 1;")]
    public Task ThroughWrapper_Silent(string statements) => VerifyWrapped("-", statements);

    [Theory]
    [InlineData("private readonly byte[] _bytes = GC.AllocateArray<byte>(64, pinned: true);")]
    [InlineData("private readonly byte[] _bytes; public Subject() { _bytes = GC.AllocateUninitializedArray<byte>(64, true); }")]
    [InlineData("private static readonly byte[] _bytes = GC.AllocateArray<byte>(length: 64, pinned: true);")]
    [InlineData("private byte[] _bytes { get; } = GC.AllocateArray<byte>(64, pinned: true);")]
    public Task PinnedArrayInField_Silent(string field) => Lifetimes.Verify("VMS2006", InField(field, "RawPipe.VmSplice(fd, [new IoVec(p, 64)]);"));

    [Theory]
    [InlineData("private readonly byte[] _bytes = new byte[64];")]
    [InlineData("private readonly byte[] _bytes = GC.AllocateArray<byte>(64);")]
    [InlineData("private readonly byte[] _bytes = GC.AllocateArray<byte>(64, pinned: false);")]
    public Task OtherArrayInField_Reported(string field) => Lifetimes.Verify("VMS2006", InField(field, "[|RawPipe.VmSplice(fd, [new IoVec(p, 64)])|];"));

    private static string InField(string field, string call) => $$"""
        using System.Runtime.InteropServices;
        public unsafe class Subject
        {
            {{field}}
            public void M(SafeHandle fd) { fixed (byte* p = _bytes) { {{call}} } }
        }
        """;

    private static Task VerifyWrapped(string id, string statements) => Lifetimes.Verify(id, $$"""
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        public unsafe class Subject
        {
            private static void Give(SafeHandle fd, void* p, nuint n) { if (RawPipe.VmSplice(fd, [new IoVec(p, n)]) < 0) { throw new IOException(); } }
            private static void Twice(SafeHandle fd, byte* p) => Give(fd, p, 8);
            private static nint Result(SafeHandle fd, void* p, nuint n) => RawPipe.VmSplice(fd, [new IoVec(p, n)]);
            private static bool Try(SafeHandle fd, void* p, nuint n) { return RawPipe.VmSplice(fd, [new IoVec(p, n)]) == (nint)n; }
            private static void GiveAndWait(SafeHandle fd, void* p, Stream stream) { RawPipe.VmSplice(fd, [new IoVec(p, 64)]); stream.ReadByte(); }
            private static void Look(byte* p) => Console.WriteLine(*p);
            private static void End(void* p) => NativeMemory.Free(p);
            public void M(SafeHandle fd, PageBuffer<byte> b, Stream stream, int n) { {{statements}} }
        }
        """);
}
