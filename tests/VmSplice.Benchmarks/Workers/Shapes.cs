using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemoryPack;

namespace VmSplice.Benchmarks.Workers;

/// <summary>A measurement.</summary>
[Spliceable]
internal partial struct Record16 : IShape<Record16>
{
    public long Time;
    public double Price;

    public static void Fill(ref Record16 record, long first, long index)
    {
        record.Time = first + index;
        record.Price = index * 0.5;
    }

    public static long Sum(ref readonly Record16 record) => record.Time + Sums.Truncate(record.Price);
}

/// <summary>A tick of a market: one cache line.</summary>
[Spliceable]
[MemoryPackable]
internal partial struct Record64 : IShape<Record64>
{
    public long Time;
    public double Price;
    public int Size;
    public int Venue;
    public long Id;
    public long Rest0;
    public long Rest1;
    public long Rest2;
    public long Rest3;

    public static void Fill(ref Record64 record, long first, long index)
    {
        record.Time = first + index;
        record.Price = index * 0.5;
        record.Size = (int)index;
        record.Venue = 7;
        record.Id = first ^ index;
        record.Rest0 = record.Rest1 = record.Rest2 = record.Rest3 = index;
    }

    public static long Sum(ref readonly Record64 record) => record.Time + record.Size + record.Id + Sums.Truncate(record.Price) + record.Rest3;
}

/// <summary>Numbers alone, as the C program has them for every other size.</summary>
[Spliceable]
internal partial struct Record128 : IShape<Record128>
{
    public Numbers16 Values;

    public static void Fill(ref Record128 record, long first, long index) => ((Span<long>)record.Values).Fill(first + index);

    public static long Sum(ref readonly Record128 record) => Sums.Of(record.Values);
}

/// <inheritdoc cref="Record128"/>
[Spliceable]
internal partial struct Record256 : IShape<Record256>
{
    public Numbers32 Values;

    public static void Fill(ref Record256 record, long first, long index) => ((Span<long>)record.Values).Fill(first + index);

    public static long Sum(ref readonly Record256 record) => Sums.Of(record.Values);
}

/// <inheritdoc cref="Record128"/>
[Spliceable]
internal partial struct Record1024 : IShape<Record1024>
{
    public Numbers128 Values;

    public static void Fill(ref Record1024 record, long first, long index) => ((Span<long>)record.Values).Fill(first + index);

    public static long Sum(ref readonly Record1024 record) => Sums.Of(record.Values);
}

[InlineArray(16)]
internal struct Numbers16
{
    private long _first;
}

[InlineArray(32)]
internal struct Numbers32
{
    private long _first;
}

[InlineArray(128)]
internal struct Numbers128
{
    private long _first;
}

/// <summary>
/// The loops over records. None is inlined: a round is one call, so what is inlined there stays as the runtime replaced it while it ran, while a method that
/// is called for each batch is compiled for good.
/// </summary>
internal static class Sums
{
    /// <summary>Drops the fraction as the C program's cast does: no look for numbers that are out of range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Truncate(double value) => double.ConvertToIntegerNative<long>(value);

    public static long Of(ReadOnlySpan<long> values)
    {
        long sum = 0;
        foreach (long value in values)
        {
            sum += value;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Of<T>(ReadOnlySpan<T> records)
        where T : unmanaged, IShape<T>
    {
        long sum = 0;
        foreach (ref readonly T record in records)
        {
            sum += T.Sum(in record);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fill<T>(Span<T> records, long first)
        where T : unmanaged, IShape<T>
    {
        for (int i = 0; i < records.Length; i++)
        {
            T.Fill(ref records[i], first, i);
        }
    }

    public static unsafe int SizeOf<T>()
        where T : unmanaged
        => sizeof(T);

    public static ReadOnlySpan<T> As<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged
        => MemoryMarshal.Cast<byte, T>(bytes);
}
