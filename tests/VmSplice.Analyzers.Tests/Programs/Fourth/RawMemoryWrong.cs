namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Memory that does not last as long as the raw call needs it.</summary>
internal sealed class RawMemoryWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FixedOverUnpinnedFieldArray"] = """
            public sealed unsafe class StatusPage
            {
                private readonly long[] _counters = new long[8192];

                public void Increment(int index) => Interlocked.Increment(ref _counters[index]);

                public bool TryPublish(SafeHandle pipe)
                {
                    fixed (long* first = &_counters[0])
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(first, 8192 * sizeof(long)), SpliceFlags.NonBlocking); //~VMS2006
                        return sent == 8192 * sizeof(long);
                    }
                }
            }
            """,
        ["HglobalFreedInFinallyAfterRawSend"] = """
            using System.Text;

            public static class Unmanaged
            {
                public static void SendText(SafeHandle pipe, string text)
                {
                    nint copy = Marshal.StringToCoTaskMemUTF8(text);
                    int length = Encoding.UTF8.GetByteCount(text);
                    try
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(copy, (nuint)length), SpliceFlags.None);
                        if (sent != length)
                        {
                            throw new IOException("short transfer");
                        }
                    }
                    finally
                    {
                        Marshal.FreeCoTaskMem(copy); //~VMS2007
                    }
                }
            }
            """,
        ["InlineArrayLocalGivenToWrapper"] = """
            [InlineArray(64)]
            public struct Header64 { private byte _first; }

            public static unsafe class Greeting
            {
                private static void Push(SafeHandle pipe, void* start, int length)
                {
                    nint taken = RawPipe.VmSplice(pipe, new IoVec(start, (nuint)length), SpliceFlags.None);
                    if (taken != length)
                    {
                        throw new IOException($"only {taken} of {length} bytes went");
                    }
                }

                public static void Hello(SafeHandle pipe, int version)
                {
                    Header64 header = default;
                    Span<byte> bytes = header;
                    "HELO"u8.CopyTo(bytes);
                    bytes[4] = (byte)version;
                    Push(pipe, &header, sizeof(Header64)); //~VMS2005
                }
            }
            """,
        ["LocalHeaderStructGatheredWithBody"] = """
            public struct WireHeader { public int Magic; public int Length; }

            public static unsafe class Gathered
            {
                public static void Send(SafeHandle pipe, byte* body, int length)
                {
                    WireHeader header = new() { Magic = 0x11223344, Length = length };
                    Span<IoVec> parts = [new IoVec(&header, (nuint)sizeof(WireHeader)), new IoVec(body, (nuint)length)];
                    nint sent = RawPipe.VmSplice(pipe, parts); //~VMS2005
                    if (sent != sizeof(WireHeader) + length)
                    {
                        throw new IOException("short transfer");
                    }
                }
            }
            """,
        ["MemoryHandlePinsArrayOnlyForTheCall"] = """
            public sealed unsafe class SnapshotSender(SafeHandle pipe)
            {
                public void Send(int seed)
                {
                    byte[] snapshot = new byte[65536];
                    new Random(seed).NextBytes(snapshot);
                    using MemoryHandle pin = snapshot.AsMemory().Pin();
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(pin.Pointer, (nuint)snapshot.Length), SpliceFlags.None); //~VMS2006
                    if (sent != snapshot.Length)
                    {
                        throw new IOException("short transfer");
                    }
                }
            }
            """,
        ["RentedPagesDisposedAfterRawCall"] = """
            public static class RawDetour
            {
                public static long Copy(Stream source, SpliceWriter owner, SafeHandle pipe)
                {
                    PageBuffer<byte> page = owner.Rent<byte>(65536);
                    int got = source.ReadAtLeast(page.Span, page.Length, throwOnEndOfStream: false);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(page.Address, (nuint)got), SpliceFlags.None);
                    page.Dispose(); //~VMS2007
                    return sent == got ? sent : throw new IOException("short transfer");
                }
            }
            """,
        ["GchandleFreedInFinally"] = """
            public sealed class PinnedSender(SafeHandle pipe)
            {
                public void Send(int[] values)
                {
                    GCHandle handle = GCHandle.Alloc(values, GCHandleType.Pinned);
                    try
                    {
                        nuint length = (nuint)values.Length * sizeof(int);
                        nint sent = RawPipe.VmSplice(pipe, [new IoVec(handle.AddrOfPinnedObject(), length)]); //~VMS2006
                        if (sent != (nint)length)
                        {
                            throw new IOException("short");
                        }
                    }
                    finally
                    {
                        handle.Free();
                    }
                }
            }
            """,
        ["NativeBlockFreedInFinally"] = """
            public static unsafe class BlockSender
            {
                public static void Send(SafeHandle pipe, byte value)
                {
                    byte* block = (byte*)NativeMemory.AlignedAlloc(65536, 65536);
                    try
                    {
                        new Span<byte>(block, 65536).Fill(value);
                        if (RawPipe.VmSplice(pipe, [new IoVec(block, 65536)]) != 65536)
                        {
                            throw new IOException("short");
                        }
                    }
                    finally
                    {
                        NativeMemory.AlignedFree(block); //~VMS2007
                    }
                }
            }
            """,
        ["StackallocHeaderVectoredWithBody"] = """
            public static unsafe class Vectored
            {
                public static void Send(SafeHandle pipe, nint body, int length)
                {
                    Span<byte> header = stackalloc byte[16];
                    BitConverter.TryWriteBytes(header, length);
                    byte* start = (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(header));
                    Span<IoVec> parts = [new IoVec(start, 16), new IoVec(body, (nuint)length)];
                    nint sent = RawPipe.VmSplice(pipe, parts); //~VMS2005
                    if (sent != 16 + length)
                    {
                        throw new IOException($"{sent} of {16 + length} bytes");
                    }
                }
            }
            """,
    };
}
