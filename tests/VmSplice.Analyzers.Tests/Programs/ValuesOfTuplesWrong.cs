namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Numbers and addresses that come out of tuples and records.</summary>
internal sealed class ValuesOfTuplesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["StartBehindTheHeader"] = """
            public sealed class Gifts(SafeHandle pipe)
            {
                private const int HeaderBytes = 64;

                public nint Give(PageBuffer<byte> block, int pages)
                {
                    (nint start, nuint length) = (block.Address + HeaderBytes, (nuint)pages * (nuint)Environment.SystemPageSize);
                    return RawPipe.VmSplice(pipe, new IoVec(start, length), SpliceFlags.Gift); //~VMS3001
                }
            }
            """,
        ["LengthOfATuple"] = """
            public sealed class Gifts(SafeHandle pipe)
            {
                public nint Give(PageBuffer<byte> block)
                {
                    var (start, length) = (block.Address, (nuint)100);
                    return RawPipe.VmSplice(pipe, new IoVec(start, length), SpliceFlags.Gift); //~VMS3002
                }
            }
            """,
        ["AssignedByATuple"] = """
            public sealed class Gifts(SafeHandle pipe)
            {
                public nint Give(PageBuffer<byte> block)
                {
                    nint start;
                    nuint length;
                    (start, length) = (block.Address + 64, (nuint)Environment.SystemPageSize);
                    return RawPipe.VmSplice(pipe, new IoVec(start, length), SpliceFlags.Gift); //~VMS3001
                }
            }
            """,
        ["NestedTuples"] = """
            public sealed class Gifts(SafeHandle pipe)
            {
                public nint Give(PageBuffer<byte> block)
                {
                    ((nint start, nuint length), int _) = ((block.Address + 64, (nuint)Environment.SystemPageSize), 1);
                    return RawPipe.VmSplice(pipe, new IoVec(start, length), SpliceFlags.Gift); //~VMS3001
                }
            }
            """,
        ["TupleOfAHelper"] = """
            public sealed class Gifts(SafeHandle pipe)
            {
                public nint Give(PageBuffer<byte> block)
                {
                    (nint start, nuint length) = Body(block.Address);
                    return RawPipe.VmSplice(pipe, new IoVec(start, length), SpliceFlags.Gift); //~VMS3002
                }

                private static (nint Start, nuint Length) Body(nint address) => (address, 100);
            }
            """,
        ["RecordStructureDeconstructed"] = """
            public readonly record struct Part(nint Start, nuint Length, int Kind);

            public sealed class Gifts(SafeHandle pipe)
            {
                public nint Give(PageBuffer<byte> block)
                {
                    var part = new Part(block.Address + 64, (nuint)Environment.SystemPageSize, 1);
                    (nint start, nuint length, _) = part;
                    return RawPipe.VmSplice(pipe, new IoVec(start, length), SpliceFlags.Gift); //~VMS3001
                }
            }
            """,
        ["TupleInAVariable"] = """
            public sealed class Gifts(SafeHandle pipe)
            {
                public nint Give(PageBuffer<byte> block)
                {
                    (nint Start, nuint Length) part = (block.Address + 64, (nuint)Environment.SystemPageSize);
                    (nint start, nuint length) = part;
                    return RawPipe.VmSplice(pipe, new IoVec(start, length), SpliceFlags.Gift); //~VMS3001
                }
            }
            """,
    };
}
