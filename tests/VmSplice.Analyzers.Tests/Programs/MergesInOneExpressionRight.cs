namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Two readers side by side, of which one expression reads one or the other, and right.</summary>
internal sealed class MergesInOneExpressionRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TupleOfATernary"] = """
            public static class TupleMerge
            {
                public static double Sum(RecordReader<Tick> a, RecordReader<Tick> b)
                {
                    ReadOnlySpan<Tick> left = a.ReadBatch();
                    ReadOnlySpan<Tick> right = b.ReadBatch();
                    double sum = 0;
                    while (!left.IsEmpty && !right.IsEmpty)
                    {
                        bool takeLeft = left[0].Time <= right[0].Time;
                        sum += takeLeft ? left[0].Price : right[0].Price;
                        left = takeLeft ? left.Length > 1 ? left[1..] : a.ReadBatch() : left;
                        right = takeLeft ? right : right.Length > 1 ? right[1..] : b.ReadBatch();
                    }

                    return sum;
                }
            }
            """,
        ["NextOfEither"] = """
            public static class EitherMerge
            {
                public static long Count(RecordReader<Tick> a, RecordReader<Tick> b)
                {
                    ReadOnlySpan<Tick> left = a.ReadBatch(), right = b.ReadBatch();
                    long count = 0;
                    while (!left.IsEmpty || !right.IsEmpty)
                    {
                        bool takeLeft = right.IsEmpty || (!left.IsEmpty && left[0].Time <= right[0].Time);
                        ReadOnlySpan<Tick> next = takeLeft ? (left = left[1..]) : (right = right[1..]);
                        count++;
                        if (next.IsEmpty)
                        {
                            _ = takeLeft ? (left = a.ReadBatch()).Length : (right = b.ReadBatch()).Length;
                        }
                    }

                    return count;
                }
            }
            """,
        ["MemoriesInATuple"] = """
            public static class MemoryMerge
            {
                public static async Task<double> SumAsync(RecordReader<Tick> a, RecordReader<Tick> b)
                {
                    ReadOnlyMemory<Tick> left = await a.ReadBatchAsync();
                    ReadOnlyMemory<Tick> right = await b.ReadBatchAsync();
                    double sum = 0;
                    while (!left.IsEmpty && !right.IsEmpty)
                    {
                        bool takeLeft = left.Span[0].Time <= right.Span[0].Time;
                        sum += takeLeft ? left.Span[0].Price : right.Span[0].Price;
                        (left, right) = takeLeft ? (await a.ReadBatchAsync(), right) : (left, await b.ReadBatchAsync());
                    }

                    return sum;
                }
            }
            """,
        ["MemoriesInATupleWithRests"] = """
            public static class RestMerge
            {
                public static async Task<double> SumAsync(RecordReader<Tick> a, RecordReader<Tick> b)
                {
                    (ReadOnlyMemory<Tick> left, ReadOnlyMemory<Tick> right) = (await a.ReadBatchAsync(), await b.ReadBatchAsync());
                    double sum = 0;
                    while (!left.IsEmpty && !right.IsEmpty)
                    {
                        double l = left.Span[0].Price;
                        double r = right.Span[0].Price;
                        sum += Math.Min(l, r);
                        (left, right) = l <= r
                            ? (left.Length > 1 ? left[1..] : await a.ReadBatchAsync(), right)
                            : (left, right.Length > 1 ? right[1..] : await b.ReadBatchAsync());
                    }

                    return sum;
                }
            }
            """,
        ["SwitchOfATuple"] = """
            public static class SwitchMerge
            {
                public static async Task<double> SumAsync(RecordReader<Tick> a, RecordReader<Tick> b)
                {
                    ReadOnlyMemory<Tick> left = await a.ReadBatchAsync();
                    ReadOnlyMemory<Tick> right = await b.ReadBatchAsync();
                    double sum = 0;
                    while (!left.IsEmpty && !right.IsEmpty)
                    {
                        sum += left.Span[0].Price + right.Span[0].Price;
                        (left, right) = left.Span[0].Time.CompareTo(right.Span[0].Time) switch
                        {
                            < 0 => (await a.ReadBatchAsync(), right),
                            > 0 => (left, await b.ReadBatchAsync()),
                            _ => (await a.ReadBatchAsync(), await b.ReadBatchAsync()),
                        };
                    }

                    return sum;
                }
            }
            """,
        ["ConditionAroundBoth"] = """
            public static class BothMerge
            {
                public static double Sum(RecordReader<Tick> a, RecordReader<Tick> b)
                {
                    double sum = 0;
                    ReadOnlySpan<Tick> left = a.ReadBatch(), right = b.ReadBatch();
                    while (!left.IsEmpty && !right.IsEmpty)
                    {
                        ref readonly Tick next = ref left[0].Time <= right[0].Time ? ref left[0] : ref right[0];
                        sum += next.Price;
                        if (left[0].Time <= right[0].Time)
                        {
                            left = left.Length > 1 ? left[1..] : a.ReadBatch();
                        }
                        else
                        {
                            right = right.Length > 1 ? right[1..] : b.ReadBatch();
                        }
                    }

                    return sum;
                }
            }
            """,
        ["BatchesOfBothInATuple"] = """
            public static class BothAtOnce
            {
                public static async Task<double> SumAsync(RecordReader<Tick> a, RecordReader<Tick> b)
                {
                    (ReadOnlyMemory<Tick> left, ReadOnlyMemory<Tick> right) = (await a.ReadBatchAsync(), await b.ReadBatchAsync());
                    double sum = 0;
                    while (!left.IsEmpty && !right.IsEmpty)
                    {
                        sum += left.Span[0].Price + right.Span[0].Price;
                        (left, right) = (await a.ReadBatchAsync(), await b.ReadBatchAsync());
                    }

                    return sum;
                }
            }
            """,
    };
}
