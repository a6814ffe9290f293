namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Offsets and lengths of gifts that are sizes of structures.</summary>
internal sealed class SizesOfStructures : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SizeofBehindHeader"] = """
            static unsafe class P
            {
                private struct Header { public long Length; public long Kind; }

                static bool Send(SafeHandle pipe)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    byte* block = (byte*)NativeMemory.AlignedAlloc(5 * page, page);
                    byte* start = block + sizeof(Header);
                    nuint length = 4 * page;
                    return RawPipe.VmSplice(pipe, new IoVec(start, length), SpliceFlags.Gift) == (nint)length; //~VMS3001
                }
            }
            """,
        ["UnsafeSizeOf"] = """
            static unsafe class P
            {
                static bool Send(SafeHandle pipe, PageBuffer<byte> buffer)
                {
                    nint start = buffer.Address + Unsafe.SizeOf<Tick>();
                    return RawPipe.VmSplice(pipe, new IoVec(start, 65536), SpliceFlags.Gift) == 65536; //~VMS3001
                }
            }
            """,
        ["MarshalSizeOf"] = """
            static unsafe class P
            {
                private struct Header { public int Length; public int Kind; }

                static bool Send(SafeHandle pipe, PageBuffer<byte> buffer)
                {
                    int header = Marshal.SizeOf<Header>();
                    return RawPipe.VmSplice(pipe, new IoVec(buffer.Address + header, 65536), SpliceFlags.Gift) == 65536; //~VMS3001
                }
            }
            """,
        ["LengthOfRecords"] = """
            static unsafe class P
            {
                static bool Send(SafeHandle pipe, PageBuffer<Tick> ticks)
                {
                    nuint length = (nuint)(1000 * sizeof(Tick));
                    return RawPipe.VmSplice(pipe, new IoVec(ticks.Address, length), SpliceFlags.Gift) == (nint)length; //~VMS3002
                }
            }
            """,
        ["PointerMovesByStructure"] = """
            static unsafe class P
            {
                private struct Header { public long Length; public long Kind; }

                static bool Send(SafeHandle pipe)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    var header = (Header*)NativeMemory.AlignedAlloc(2 * page, page);
                    header->Length = 1;
                    return RawPipe.VmSplice(pipe, new IoVec(header + 1, page), SpliceFlags.Gift) == (nint)page; //~VMS3001
                }
            }
            """,
        ["WholePageOfRecords"] = """
            static unsafe class P
            {
                static bool Send(SafeHandle pipe, PageBuffer<Tick> ticks)
                {
                    int count = Environment.SystemPageSize / sizeof(Tick);
                    nuint length = (nuint)(count * sizeof(Tick));
                    return RawPipe.VmSplice(pipe, new IoVec(ticks.Address, length), SpliceFlags.Gift) == (nint)length;
                }
            }
            """,
        ["SizeOfUnknown"] = """
            static unsafe class P
            {
                static bool Send<T>(SafeHandle pipe, PageBuffer<byte> buffer) where T : unmanaged
                {
                    nint start = buffer.Address + (sizeof(T) * 4096);
                    return RawPipe.VmSplice(pipe, new IoVec(start, 65536), SpliceFlags.Gift) == 65536;
                }
            }
            """,
        ["RentedWithoutClearing"] = """
            sealed class Feeder(SpliceWriter encoder)
            {
                private const int Luma = 640 * 480;

                public void Feed(ReadOnlySpan<byte> picture)
                {
                    using PageBuffer<byte> frame = encoder.RentUninitialized<byte>(Luma + (Luma / 2));
                    picture.CopyTo(frame.Span);
                    encoder.Gift(frame); //~VMS3002
                }
            }
            """,
        ["GiftedWhereItIsWholePages"] = """
            sealed class Feeder(SpliceWriter encoder)
            {
                private const int Luma = 640 * 480;

                public void Feed(ReadOnlySpan<byte> picture, bool gift)
                {
                    int length = Luma + (Luma / 2);
                    using PageBuffer<byte> frame = encoder.RentUninitialized<byte>(length);
                    picture.CopyTo(frame.Span);
                    if (gift && length % Environment.SystemPageSize == 0)
                    {
                        encoder.Gift(frame);
                    }
                    else
                    {
                        encoder.Send(frame);
                    }
                }

                public void FeedByMask(ReadOnlySpan<byte> picture)
                {
                    int length = Luma + (Luma / 2);
                    using PageBuffer<byte> frame = encoder.Rent<byte>(length);
                    picture.CopyTo(frame.Span);
                    if ((length & (Environment.SystemPageSize - 1)) == 0)
                    {
                        encoder.Gift(frame);
                        return;
                    }

                    encoder.Send(frame);
                }
            }
            """,
    };
}
