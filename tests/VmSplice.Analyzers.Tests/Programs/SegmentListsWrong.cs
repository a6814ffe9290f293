namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>A list of segments may be written once the raw call returned; what it describes may not.</summary>
internal sealed class SegmentListsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["WhatTheListPointsToIsCleared"] = """
            public static class Cleared
            {
                public static nint Send(SafeHandle pipe, PageBuffer<byte> header, PageBuffer<byte> body)
                {
                    Span<IoVec> segments = stackalloc IoVec[2];
                    segments[0] = new IoVec(header.Address, (nuint)header.Length);
                    segments[1] = new IoVec(body.Address, (nuint)body.Length);
                    nint sent = RawPipe.VmSplice(pipe, segments);
                    segments.Clear();
                    body.Span.Clear(); //~VMS2001
                    return sent;
                }
            }
            """,
        ["ThroughTheAddressInTheList"] = """
            public static unsafe class Reached
            {
                public static nint Send(SafeHandle pipe, PageBuffer<byte> header)
                {
                    IoVec[] segments = [new IoVec(header.Address, (nuint)header.Length)];
                    nint sent = RawPipe.VmSplice(pipe, segments);
                    segments.AsSpan().Reverse();
                    *(byte*)header.Address = 1; //~VMS2001
                    return sent;
                }
            }
            """,
        ["RecordsOfTwoNumbersAreNoSegments"] = """
            [Spliceable]
            public partial struct Pair
            {
                public ulong Key;
                public long Value;
            }

            public static class Pairs
            {
                public static nint Send(SpliceWriter writer, SafeHandle pipe, FrozenPages<byte> header)
                {
                    using PageBuffer<Pair> pairs = writer.Rent<Pair>(16);
                    Span<Pair> view = pairs.Span;
                    writer.Send(pairs);
                    view.Clear(); //~VMS2001
                    return RawPipe.VmSplice(pipe, new IoVec(header.Address, (nuint)header.Length), SpliceFlags.None);
                }
            }
            """,
    };
}
