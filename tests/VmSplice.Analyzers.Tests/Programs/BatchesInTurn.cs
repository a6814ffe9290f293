namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>
/// A merge of several readers: each side asks its own reader for more where it is at its end, on some paths of each round. The batch before it is
/// out of use then. That of the other side is not, and a copy of the variable is not either.
/// </summary>
internal sealed class BatchesInTurn : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CutOrReadAnew"] = """
            static class P
            {
                static void Merge(RecordReader<Tick> a, RecordReader<Tick> b, RecordWriter<Tick> target)
                {
                    ReadOnlySpan<Tick> left = a.ReadBatch();
                    ReadOnlySpan<Tick> right = b.ReadBatch();
                    while (!left.IsEmpty && !right.IsEmpty)
                    {
                        if (left[0].Time <= right[0].Time)
                        {
                            target.Write(left[0]);
                            left = left.Length > 1 ? left[1..] : a.ReadBatch();
                        }
                        else
                        {
                            target.Write(right[0]);
                            right = right.Length > 1 ? right[1..] : b.ReadBatch();
                        }
                    }

                    for (; !left.IsEmpty; left = a.ReadBatch())
                    {
                        target.Write(left);
                    }

                    for (; !right.IsEmpty; right = b.ReadBatch())
                    {
                        target.Write(right);
                    }
                }
            }
            """,
        ["PositionsBesideTheBatches"] = """
            static class P
            {
                static long Merge(RecordReader<Tick> a, RecordReader<Tick> b)
                {
                    ReadOnlySpan<Tick> left = a.ReadBatch();
                    ReadOnlySpan<Tick> right = b.ReadBatch();
                    (int i, int j, long sum) = (0, 0, 0);
                    while (!left.IsEmpty && !right.IsEmpty)
                    {
                        if (left[i].Time <= right[j].Time)
                        {
                            sum = sum * 31 + left[i++].Time;
                        }
                        else
                        {
                            sum = sum * 31 + right[j++].Time;
                        }

                        if (i == left.Length) { left = a.ReadBatch(); i = 0; }
                        if (j == right.Length) { right = b.ReadBatch(); j = 0; }
                    }

                    return sum;
                }
            }
            """,
        ["OneReaderCutOrReadAnew"] = """
            static class P
            {
                static double Sum(RecordReader<Tick> reader)
                {
                    double sum = 0;
                    ReadOnlySpan<Tick> rest = reader.ReadBatch();
                    while (!rest.IsEmpty)
                    {
                        sum += rest[0].Price;
                        ReadOnlySpan<Tick> next = rest.Length == 1 ? reader.ReadBatch() : rest[1..];
                        rest = next;
                    }

                    return sum;
                }
            }
            """,
        ["ThreeReadersBySwitch"] = """
            static class P
            {
                static double Merge(RecordReader<Tick> a, RecordReader<Tick> b, RecordReader<Tick> c)
                {
                    ReadOnlySpan<Tick> x = a.ReadBatch();
                    ReadOnlySpan<Tick> y = b.ReadBatch();
                    ReadOnlySpan<Tick> z = c.ReadBatch();
                    double sum = 0;
                    while (!x.IsEmpty && !y.IsEmpty && !z.IsEmpty)
                    {
                        long first = Math.Min(x[0].Time, Math.Min(y[0].Time, z[0].Time));
                        if (x[0].Time == first)
                        {
                            sum += x[0].Price;
                            x = x.Length switch { 1 => a.ReadBatch(), _ => x[1..] };
                        }
                        else if (y[0].Time == first)
                        {
                            sum += y[0].Price;
                            y = y.Length switch { 1 => b.ReadBatch(), _ => y[1..] };
                        }
                        else
                        {
                            sum += z[0].Price;
                            z = z.Length switch { 1 => c.ReadBatch(), _ => z[1..] };
                        }
                    }

                    return sum;
                }
            }
            """,
        ["Awaited"] = """
            static class P
            {
                static async Task MergeAsync(RecordReader<Tick> a, RecordReader<Tick> b, RecordWriter<Tick> target, CancellationToken token)
                {
                    ReadOnlyMemory<Tick> left = await a.ReadBatchAsync(token);
                    ReadOnlyMemory<Tick> right = await b.ReadBatchAsync(token);
                    while (!left.IsEmpty && !right.IsEmpty)
                    {
                        if (left.Span[0].Time <= right.Span[0].Time)
                        {
                            target.Write(left.Span[0]);
                            left = left.Length > 1 ? left[1..] : await a.ReadBatchAsync(token);
                        }
                        else
                        {
                            target.Write(right.Span[0]);
                            right = right.Length > 1 ? right[1..] : await b.ReadBatchAsync(token);
                        }
                    }
                }
            }
            """,
        ["InTry"] = """
            static class P
            {
                static double Sum(RecordReader<Tick> a, RecordReader<Tick> b)
                {
                    double sum = 0;
                    try
                    {
                        ReadOnlySpan<Tick> left = a.ReadBatch();
                        ReadOnlySpan<Tick> right = b.ReadBatch();
                        while (!left.IsEmpty || !right.IsEmpty)
                        {
                            sum += (left.IsEmpty ? 0 : left[0].Price) - (right.IsEmpty ? 0 : right[0].Price);
                            left = left.Length > 1 ? left[1..] : a.ReadBatch();
                            right = right.Length > 1 ? right[1..] : b.ReadBatch();
                        }
                    }
                    finally
                    {
                        Console.WriteLine(sum);
                    }

                    return sum;
                }
            }
            """,
        ["ReadFromTheOtherSReader"] = """
            static class P
            {
                static double Merge(RecordReader<Tick> a, RecordReader<Tick> b)
                {
                    ReadOnlySpan<Tick> left = a.ReadBatch();
                    ReadOnlySpan<Tick> right = b.ReadBatch();
                    double sum = 0;
                    while (!left.IsEmpty && !right.IsEmpty)
                    {
                        sum += left[0].Price - right[0].Price; //~VMS2004
                        left = left[1..];
                        right = right.Length > 1 ? right[1..] : a.ReadBatch();
                    }

                    return sum;
                }
            }
            """,
        ["CopyOfTheVariable"] = """
            static class P
            {
                static double Sum(RecordReader<Tick> reader)
                {
                    ReadOnlySpan<Tick> rest = reader.ReadBatch();
                    double sum = 0;
                    while (!rest.IsEmpty)
                    {
                        ReadOnlySpan<Tick> before = rest;
                        rest = rest.Length > 1 ? rest[1..] : reader.ReadBatch();
                        sum += before[0].Price; //~VMS2004
                    }

                    return sum;
                }
            }
            """,
        ["ReadInTheHandler"] = """
            static class P
            {
                static double Last(RecordReader<Tick> reader)
                {
                    ReadOnlyMemory<Tick> batch = reader.ReadBatchAsync().AsTask().Result;
                    try
                    {
                        batch = batch.Length > 1 ? batch[1..] : reader.ReadBatchAsync().AsTask().Result;
                    }
                    catch (IOException)
                    {
                        return batch.Span[0].Price; //~VMS2004
                    }

                    return 0;
                }
            }
            """,
    };
}
