namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>A part of memory is given to the raw call, behind a number that is no constant; what lies before it stays the caller's.</summary>
internal sealed class PartsThatStay : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FirstPageStays"] = """
            static unsafe class P
            {
                static nint Give(SafeHandle pipe)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    byte* all = (byte*)NativeMemory.AlignedAlloc(4 * page, page);
                    nuint length = 3 * page;
                    nint given = RawPipe.VmSplice(pipe, new IoVec(all + page, length), SpliceFlags.Gift);
                    if (given != (nint)length)
                    {
                        throw new IOException();
                    }

                    all[0] = 1;
                    return (nint)all;
                }
            }
            """,
        ["HeaderWrittenThroughAStruct"] = """
            static unsafe class P
            {
                private struct Index { public long Count; public long Next; }

                static nint Give(SafeHandle pipe, nuint pages)
                {
                    var page = (nuint)Environment.SystemPageSize;
                    byte* all = (byte*)NativeMemory.AlignedAlloc((pages + 1) * page, page);
                    nint given = RawPipe.VmSplice(pipe, new IoVec(all + page, pages * page), SpliceFlags.None);
                    var index = (Index*)all;
                    index->Count = given;
                    index[0].Next = 0;
                    return (nint)all;
                }
            }
            """,
        ["BehindAnyNumber"] = """
            static unsafe class P
            {
                static bool Give(SafeHandle pipe, PageBuffer<byte> buffer, int header)
                {
                    nint given = RawPipe.VmSplice(pipe, new IoVec(buffer.Address + header, 4096), SpliceFlags.None);
                    buffer.Span[0] = 1; //~VMS2004
                    return given == 4096;
                }
            }
            """,
        ["WholeGivenFirstByteWritten"] = """
            static unsafe class P
            {
                static nint Give(SafeHandle pipe)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    byte* all = (byte*)NativeMemory.AlignedAlloc(4 * page, page);
                    nint given = RawPipe.VmSplice(pipe, new IoVec(all, 4 * page), SpliceFlags.Gift);
                    all[0] = 1; //~VMS2001
                    return given;
                }
            }
            """,
        ["GivenPartIsWritten"] = """
            static unsafe class P
            {
                static nint Give(SafeHandle pipe)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    byte* all = (byte*)NativeMemory.AlignedAlloc(4 * page, page);
                    byte* body = all + page;
                    nint given = RawPipe.VmSplice(pipe, new IoVec(body, 3 * page), SpliceFlags.Gift);
                    body[0] = 1; //~VMS2001
                    return given;
                }
            }
            """,
        ["AllIsClearedAfterwards"] = """
            static unsafe class P
            {
                static nint Give(SafeHandle pipe)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    byte* all = (byte*)NativeMemory.AlignedAlloc(4 * page, page);
                    nint given = RawPipe.VmSplice(pipe, new IoVec(all + page, 3 * page), SpliceFlags.Gift);
                    new Span<byte>(all, (int)(4 * page)).Clear(); //~VMS2004
                    return given;
                }
            }
            """,
    };
}
