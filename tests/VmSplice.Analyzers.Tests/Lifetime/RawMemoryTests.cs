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
    [InlineData("var a = new byte[64]; var h = GCHandle.Alloc(a, GCHandleType.Pinned); [|RawPipe.VmSplice(fd, [new IoVec(h.AddrOfPinnedObject(), 64)])|]; h.Free();")]
    [InlineData("var a = new byte[64]; RawPipe.VmSplice(fd, [|[new IoVec(Unsafe.AsPointer(ref a[0]), 64)]|]);")]
    [InlineData("var a = new byte[64]; RawPipe.VmSplice(fd, [|[new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]|]);")]
    [InlineData("var a = new byte[64]; using var h = a.AsMemory().Pin(); [|RawPipe.VmSplice(fd, [new IoVec(h.Pointer, 64)])|];")]
    [InlineData("var a = new byte[64]; fixed (byte* p = a) { if ([|RawPipe.VmSplice(fd, [new IoVec(p, 64)])|] < 64) { return; } }")]
    public Task PinEnds_Reported(string statements) => Lifetimes.VerifyStatements("VMS2006", statements);

    [Theory]
    [InlineData("var a = GC.AllocateArray<byte>(64, pinned: true); RawPipe.VmSplice(fd, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]);")]
    [InlineData("var a = new byte[64]; var h = GCHandle.Alloc(a, GCHandleType.Pinned); RawPipe.VmSplice(fd, [new IoVec(h.AddrOfPinnedObject(), 64)]);")]
    [InlineData("var a = new byte[64]; var h = GCHandle.Alloc(a, GCHandleType.Pinned); RawPipe.VmSplice(fd, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]);")]
    [InlineData("var a = new byte[64]; fixed (byte* p = a) { RawPipe.VmSplice(fd, [new IoVec(p, 64)]); stream.ReadByte(); }")]
    [InlineData("var a = new byte[64]; fixed (byte* p = a) { p[0] = 1; } stream.Write(a);")]
    [InlineData("var a = new byte[64]; var h = GCHandle.Alloc(a, GCHandleType.Pinned); RawPipe.VmSplice(fd, [new IoVec(h.AddrOfPinnedObject(), 64)]); stream.Flush(); h.Free();")]
    public Task PinLasts_Silent(string statements) => Lifetimes.VerifyStatements("VMS2006", statements);

    [Theory]
    [InlineData("void* p = NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); [|NativeMemory.Free(p)|];")]
    [InlineData("void* p = NativeMemory.AlignedAlloc(4096, 4096); RawPipe.VmSplice(fd, [new IoVec(p, 64)], SpliceFlags.Gift); [|NativeMemory.AlignedFree(p)|];")]
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
    [InlineData("var a = GC.AllocateArray<byte>(64, pinned: true); RawPipe.VmSplice(fd, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]); [|a[0]|] = 1;")]
    [InlineData("var a = GC.AllocateArray<byte>(64, pinned: true); fixed (byte* p = a) RawPipe.VmSplice(fd, [new IoVec(p, 64)]); [|a.AsSpan().Clear()|];")]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); var s = new Span<byte>(p, 64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); [|s[0]|] = 1;")]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64), new IoVec(b.Address, 8)]); [|*p|] = 1;")]
    public Task WrittenInFlight_Reported(string statements) => Lifetimes.VerifyStatements("VMS2001", statements);

    [Theory]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); p[0] = 1; RawPipe.VmSplice(fd, [new IoVec(p, 64)]);")]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); n = p[0];")]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); stream.ReadByte(); p[0] = 1;")]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); nuint at = 0; while (at < 64) { nint k = RawPipe.VmSplice(fd, [new IoVec(p + at, 64 - at)]); if (k <= 0) break; at += (nuint)k; }")]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); nint k = RawPipe.VmSplice(fd, [new IoVec(p, 64)]); if (k == 0) p[0] = 1;")]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); byte* q = (byte*)NativeMemory.Alloc(64); RawPipe.VmSplice(fd, [new IoVec(p, 64)]); q[0] = 1;")]
    [InlineData("byte* p = (byte*)NativeMemory.Alloc(64); IoVec* v = stackalloc IoVec[1]; v[0] = new IoVec(p, 64); RawPipe.VmSplice(fd, new ReadOnlySpan<IoVec>(v, 1)); v[0] = default; v[0].ToString(); v++;")]
    public Task NotInFlight_Silent(string statements) => Lifetimes.VerifyStatements("VMS2001", statements);
}
