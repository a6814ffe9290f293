namespace VmSplice.Analyzers.Tests.Programs.First;

/// <summary>Mistakes with the raw call: memory, lengths, counts, results and descriptors.</summary>
internal sealed class RawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PooledArrayReturnedInFinally"] = """
            static class P
            {
                static unsafe void M(SafeHandle pipe, ReadOnlySpan<byte> data)
                {
                    byte[] rented = ArrayPool<byte>.Shared.Rent(data.Length);
                    try
                    {
                        data.CopyTo(rented);
                        fixed (byte* p = rented)
                        {
                            if (RawPipe.VmSplice(pipe, new IoVec(p, (nuint)data.Length), SpliceFlags.None) != data.Length) //~VMS2006
                            {
                                throw new IOException();
                            }
                        }
                    }
                    finally
                    {
                        ArrayPool<byte>.Shared.Return(rented); //~VMS2007
                    }
                }
            }
            """,
        ["StackSpanPinned"] = """
            static class P
            {
                static unsafe void M(SafeHandle pipe)
                {
                    Span<byte> header = stackalloc byte[64];
                    header.Clear();
                    fixed (byte* p = header)
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(p, 64), SpliceFlags.None); //~VMS2005
                        if (sent != 64) throw new IOException();
                    }
                }
            }
            """,
        ["UnsafeAddressOfArray"] = """
            static class P
            {
                static unsafe void M(SafeHandle pipe)
                {
                    byte[] data = [1, 2, 3];
                    void* p = Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(data));
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(p, (nuint)data.Length), SpliceFlags.None); //~VMS2006
                    if (sent != data.Length) throw new IOException();
                }
            }
            """,
        ["PinnedHandleFreedAtOnce"] = """
            static class P
            {
                static void M(SafeHandle pipe, byte[] data)
                {
                    GCHandle pin = GCHandle.Alloc(data, GCHandleType.Pinned);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(pin.AddrOfPinnedObject(), (nuint)data.Length), SpliceFlags.None); //~VMS2006
                    pin.Free();
                    if (sent != data.Length) throw new IOException();
                }
            }
            """,
        ["NativeMemoryFreed"] = """
            static class P
            {
                static unsafe void M(SafeHandle pipe)
                {
                    byte* p = (byte*)NativeMemory.AlignedAlloc(4096, 4096);
                    new Span<byte>(p, 4096).Fill(1);
                    if (RawPipe.VmSplice(pipe, new IoVec(p, 4096), SpliceFlags.None) != 4096) throw new IOException();
                    NativeMemory.AlignedFree(p); //~VMS2007
                }
            }
            """,
        ["HGlobalFreedInFinally"] = """
            static class P
            {
                static void M(SafeHandle pipe, byte[] data)
                {
                    nint p = Marshal.AllocHGlobal(data.Length);
                    try
                    {
                        Marshal.Copy(data, 0, p, data.Length);
                        if (RawPipe.VmSplice(pipe, new IoVec(p, (nuint)data.Length), SpliceFlags.None) != data.Length) throw new IOException();
                    }
                    finally
                    {
                        Marshal.FreeHGlobal(p); //~VMS2007
                    }
                }
            }
            """,
        ["GiftInsideOfPage"] = """
            static class P
            {
                static void M(SafeHandle pipe)
                {
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(8192);
                    nint header = 16;
                    if (RawPipe.VmSplice(pipe, new IoVec(b.Address + header, 4096), SpliceFlags.Gift) != 4096) throw new IOException(); //~VMS3001 VMS3005
                }
            }
            """,
        ["GiftOfRecordLength"] = """
            static class P
            {
                static void M(SafeHandle pipe, int records)
                {
                    PageBuffer<Tick> b = PageBuffer<Tick>.Allocate(256);
                    nuint length = 100 * 16;
                    if (RawPipe.VmSplice(pipe, new IoVec(b.Address, length), SpliceFlags.Gift) != (nint)length) throw new IOException(); //~VMS3002
                }
            }
            """,
        ["ResultAssignedAndForgotten"] = """
            static class P
            {
                static void M(SafeHandle pipe, FrozenPages<byte> pages)
                {
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(pages.Address, (nuint)pages.Length), SpliceFlags.None); //~VMS4002
                    if (sent < 0) throw new IOException();
                }
            }
            """,
        ["FileHandleFromHelper"] = """
            static class P
            {
                static SafeFileHandle Create(string path) => File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
                static void M(FrozenPages<byte> pages)
                {
                    using SafeFileHandle file = Create("/tmp/out");
                    var all = new IoVec(pages.Address, (nuint)pages.Length);
                    if (RawPipe.VmSplice(file, all, SpliceFlags.None) != pages.Length) throw new IOException(); //~VMS4003
                }
            }
            """,
        ["FileHandleInField"] = """
            sealed class Sink(string path) : IDisposable
            {
                private readonly FileStream _file = new(path, FileMode.CreateNew);
                public void Put(FrozenPages<byte> pages)
                {
                    var all = new IoVec(pages.Address, (nuint)pages.Length);
                    if (RawPipe.VmSplice(_file.SafeFileHandle, all, SpliceFlags.None) != pages.Length) throw new IOException(); //~VMS4003
                }
                public void Dispose() => _file.Dispose();
            }
            """,
        ["MoreThanTheKernelTakes"] = """
            static class P
            {
                static void M(SafeHandle pipe, FrozenPages<byte> page)
                {
                    var all = new IoVec[2000];
                    Array.Fill(all, new IoVec(page.Address, (nuint)page.Length));
                    nint sent = RawPipe.VmSplice(pipe, all); //~VMS3003
                    if (sent != (nint)page.Length * 2000) throw new IOException();
                }
            }
            """,
        ["AsManyAsTheCallerHas"] = """
            static class P
            {
                static nint M(SafeHandle pipe, IReadOnlyCollection<FrozenPages<byte>> pages)
                    => RawPipe.VmSplice(pipe, pages.Select(one => new IoVec(one.Address, (nuint)one.Length)).ToArray()); //~VMS3004
            }
            """,
        ["ErrorNumberAfterLog"] = """
            static class Native
            {
                [DllImport("libc", SetLastError = true)]
                internal static extern unsafe nint vmsplice(int fd, void* iov, nuint count, uint flags);
            }

            static class P
            {
                static unsafe void M(int fd, IoVec one)
                {
                    nint sent = Native.vmsplice(fd, &one, 1, 0);
                    if (sent != (nint)one.Length)
                    {
                        File.AppendAllText("/tmp/log", "vmsplice failed");
                        throw new IOException($"errno {Marshal.GetLastPInvokeError()}"); //~VMS4007
                    }
                }
            }
            """,
    };
}
