namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>A list of segments may be written once the raw call returned; what it describes may not, and right.</summary>
internal sealed class SegmentListsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ListOnTheStackIsCleared"] = """
            public static class Pair
            {
                public static bool Send(SafeHandle pipe, FrozenPages<byte> header, FrozenPages<byte> body)
                {
                    Span<IoVec> segments = stackalloc IoVec[2];
                    segments[0] = new IoVec(header.Address, (nuint)header.Length);
                    segments[1] = new IoVec(body.Address, (nuint)body.Length);
                    nint total = header.Length + body.Length;
                    nint sent = RawPipe.VmSplice(pipe, segments);
                    segments.Clear();
                    return sent == total;
                }
            }
            """,
        ["ListIsFilledReversedAndSorted"] = """
            public static class Shuffled
            {
                public static nint Send(SafeHandle pipe, PageBuffer<byte> header, PageBuffer<byte> body)
                {
                    Span<IoVec> segments = [new IoVec(header.Address, (nuint)header.Length), new IoVec(body.Address, (nuint)body.Length)];
                    nint sent = RawPipe.VmSplice(pipe, segments);
                    segments.Reverse();
                    segments.Sort(static (a, b) => a.Length.CompareTo(b.Length));
                    segments.Fill(default);
                    segments[0] = default;
                    return sent;
                }
            }
            """,
        ["ListIsCopiedInto"] = """
            public static class Refilled
            {
                public static nint Send(SafeHandle pipe, PageBuffer<byte> header, PageBuffer<byte> body, ReadOnlySpan<IoVec> next)
                {
                    Span<IoVec> segments = stackalloc IoVec[2];
                    segments[0] = new IoVec(header.Address, (nuint)header.Length);
                    segments[1] = new IoVec(body.Address, (nuint)body.Length);
                    nint sent = RawPipe.VmSplice(pipe, segments);
                    next[..2].CopyTo(segments);
                    return sent;
                }
            }
            """,
        ["ListIsWrittenByReference"] = """
            public static class Zeroed
            {
                public static nint Send(SafeHandle pipe, PageBuffer<byte> header, PageBuffer<byte> body)
                {
                    Span<IoVec> segments = stackalloc IoVec[2];
                    segments[0] = new IoVec(header.Address, (nuint)header.Length);
                    segments[1] = new IoVec(body.Address, (nuint)body.Length);
                    nint sent = RawPipe.VmSplice(pipe, segments);
                    foreach (ref IoVec segment in segments)
                    {
                        segment = default;
                    }

                    ref IoVec first = ref segments[0];
                    first = new IoVec(body.Address, (nuint)sent);
                    return sent;
                }
            }
            """,
        ["ArrayOfSegmentsIsCleared"] = """
            public static class Arrayed
            {
                public static nint Send(SafeHandle pipe, PageBuffer<byte> header, PageBuffer<byte> body)
                {
                    IoVec[] segments = [new IoVec(header.Address, (nuint)header.Length), new IoVec(body.Address, (nuint)body.Length)];
                    nint sent = RawPipe.VmSplice(pipe, segments);
                    Array.Reverse(segments);
                    Array.Clear(segments);
                    Array.Fill(segments, default);
                    segments.AsSpan().Clear();
                    return sent;
                }
            }
            """,
        ["HelperWritesTheList"] = """
            public static class Helped
            {
                public static nint Send(SafeHandle pipe, PageBuffer<byte> header, PageBuffer<byte> body)
                {
                    Span<IoVec> segments = stackalloc IoVec[2];
                    segments[0] = new IoVec(header.Address, (nuint)header.Length);
                    segments[1] = new IoVec(body.Address, (nuint)body.Length);
                    nint sent = RawPipe.VmSplice(pipe, segments);
                    Forget(segments);
                    Empty(segments);
                    Shift(segments, 1);
                    return sent;
                }

                private static void Forget(Span<IoVec> all) => all.Clear();

                private static void Empty(Span<IoVec> all)
                {
                    for (int i = 0; i < all.Length; i++)
                    {
                        all[i] = default;
                    }
                }

                private static void Shift(Span<IoVec> all, int by)
                {
                    all[by..].CopyTo(all);
                    foreach (ref IoVec one in all[^by..])
                    {
                        one = default;
                    }
                }
            }
            """,
        ["ListOfSegmentsIsEmptied"] = """
            public sealed class Gathered
            {
                private readonly List<IoVec> _segments = [];

                public nint Send(SafeHandle pipe, PageBuffer<byte> header, PageBuffer<byte> body)
                {
                    _segments.Add(new IoVec(header.Address, (nuint)header.Length));
                    _segments.Add(new IoVec(body.Address, (nuint)body.Length));
                    Span<IoVec> all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_segments);
                    nint sent = all.Length > RawPipe.IovMax ? 0 : RawPipe.VmSplice(pipe, all);
                    all.Clear();
                    _segments.Clear();
                    return sent;
                }
            }
            """,
        ["BytesOfTheListAreZeroed"] = """
            public static class Bytewise
            {
                public static nint Send(SafeHandle pipe, PageBuffer<byte> header, PageBuffer<byte> body)
                {
                    Span<IoVec> segments = stackalloc IoVec[2];
                    segments[0] = new IoVec(header.Address, (nuint)header.Length);
                    segments[1] = new IoVec(body.Address, (nuint)body.Length);
                    nint sent = RawPipe.VmSplice(pipe, segments);
                    System.Runtime.InteropServices.MemoryMarshal.AsBytes(segments).Clear();
                    return sent;
                }
            }
            """,
        ["OwnStructureOfSegmentsIsCleared"] = """
            public static unsafe class OwnList
            {
                private struct Segment
                {
                    public void* Start;
                    public nuint Length;
                }

                [System.Runtime.InteropServices.DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int pipe, Segment* segments, nuint count, uint flags);

                public static nint Send(int pipe, PageBuffer<byte> header, PageBuffer<byte> body)
                {
                    Segment* segments = stackalloc Segment[2];
                    segments[0] = new Segment { Start = (void*)header.Address, Length = (nuint)header.Length };
                    segments[1] = new Segment { Start = (void*)body.Address, Length = (nuint)body.Length };
                    nint sent = vmsplice(pipe, segments, 2, 0);
                    segments[0].Start = null;
                    segments[1] = default;
                    System.Runtime.InteropServices.NativeMemory.Clear(segments, (nuint)(2 * sizeof(Segment)));
                    return sent;
                }
            }
            """,
    };
}
