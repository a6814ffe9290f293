namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Numbers and addresses that come out of tuples and records, and right.</summary>
internal sealed class ValuesOfTuplesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["WholePages"] = """
            public sealed class Gifts(SafeHandle pipe)
            {
                public nint Give(PageBuffer<byte> block, int pages)
                {
                    (nint start, nuint length) = (block.Address, (nuint)pages * (nuint)Environment.SystemPageSize);
                    return RawPipe.VmSplice(pipe, new IoVec(start, length), SpliceFlags.Gift);
                }
            }
            """,
        ["BehindOnePage"] = """
            public sealed class Gifts(SafeHandle pipe)
            {
                public nint Give(PageBuffer<byte> block)
                {
                    (nint start, nuint length) = (block.Address + Environment.SystemPageSize, (nuint)Environment.SystemPageSize);
                    return RawPipe.VmSplice(pipe, new IoVec(start, length), SpliceFlags.Gift);
                }
            }
            """,
        ["ChangedPlaces"] = """
            public sealed class Gifts(SafeHandle pipe)
            {
                public nint Give(PageBuffer<byte> block)
                {
                    nint first = block.Address + 64;
                    nint second = block.Address;
                    (first, second) = (second, first);
                    return RawPipe.VmSplice(pipe, new IoVec(first, (nuint)Environment.SystemPageSize), SpliceFlags.Gift) + second;
                }
            }
            """,
    };
}
