namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Buffers in collections, and right.</summary>
internal sealed class CollectionsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ChecksumTakenBeforeSend"] = """
            public sealed class EtlStage(SpliceWriter next, Action<string> log)
            {
                private readonly Dictionary<int, long> _sums = new();

                public void Forward(int partition, ReadOnlySpan<long> rows)
                {
                    using PageBuffer<long> buffer = next.Rent<long>(rows.Length);
                    rows.CopyTo(buffer.Span);
                    _sums[partition] = SumOf(buffer);
                    next.Send(buffer);
                    log($"partition {partition}: {buffer.Length} rows, {buffer.State}, first {rows[0]}");
                }

                private static long SumOf(PageBuffer<long> buffer)
                {
                    long sum = 0;
                    foreach (long row in buffer.Span) sum += row;
                    return sum;
                }
            }
            """,
    };
}
