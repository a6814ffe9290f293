// Extension methods, delegates and generic helpers.
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Corpus.Generic;

public delegate void Filler<T>(Span<T> room);

public static class WriterExtensions
{
    public static void Send<T>(this SpliceWriter pipe, int length, Filler<T> fill)
        where T : unmanaged
    {
        PageBuffer<T> buffer = pipe.Rent<T>(length);
        try
        {
            fill(buffer.Span);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }

        pipe.Send(buffer);
    }

    public static void Send<T, TState>(this SpliceWriter pipe, int length, TState state, Action<PageBuffer<T>, TState> fill)
        where T : unmanaged
    {
        using PageBuffer<T> buffer = pipe.Rent<T>(length);
        fill(buffer, state);
        pipe.Send(buffer);
    }

    public static void SendCopy<T>(this SpliceWriter pipe, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (values.Length * Unsafe.SizeOf<T>() < 4096)
        {
            pipe.Write(values);
            return;
        }

        PageBuffer<T> copy = pipe.Rent<T>(values.Length);
        values.CopyTo(copy.Span);
        pipe.Send(copy);
    }

    public static void SendOrDrop<T>(this SpliceWriter? pipe, [Consumes] PageBuffer<T> buffer)
        where T : unmanaged
    {
        if (pipe is null)
        {
            buffer.Dispose();
        }
        else
        {
            pipe.Send(buffer);
        }
    }

    public static PageBuffer<T> With<T>(this PageBuffer<T> buffer, int index, T value)
        where T : unmanaged
    {
        buffer[index] = value;
        return buffer;
    }

    public static PageBuffer<T> RentZeroed<T>(this SpliceWriter pipe, int length)
        where T : unmanaged
    {
        PageBuffer<T> buffer = pipe.Rent<T>(length);
        buffer.Span.Clear();
        return buffer;
    }

    public static int IndexOf<T>([Borrows] this PageBuffer<T> buffer, T wanted)
        where T : unmanaged, IEquatable<T> => buffer.Span.IndexOf(wanted);
}

public static class Series
{
    public static void Squares<T>(SpliceWriter pipe, int count)
        where T : unmanaged, INumber<T>
    {
        PageBuffer<T> buffer = pipe.Rent<T>(count);
        T value = T.Zero;
        foreach (ref T slot in buffer.Span)
        {
            slot = value * value;
            value += T.One;
        }

        pipe.Send(buffer);
    }

    public static void Scaled(SpliceWriter pipe, ReadOnlySpan<float> values, float factor)
    {
        PageBuffer<float> scaled = pipe.Rent<float>(values.Length);
        Span<float> target = scaled.Span;
        int at = 0;
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            (new Vector<float>(values[at..]) * factor).CopyTo(target[at..]);
        }

        for (; at < values.Length; at++)
        {
            target[at] = values[at] * factor;
        }

        pipe.Send(scaled);
    }

    public static void Pairs<TKey, TValue>(SpliceWriter pipe, IReadOnlyDictionary<TKey, TValue> map)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        PageBuffer<TKey> keys = pipe.Rent<TKey>(map.Count);
        PageBuffer<TValue> values = pipe.Rent<TValue>(map.Count);
        int i = 0;
        foreach ((TKey key, TValue value) in map)
        {
            (keys[i], values[i]) = (key, value);
            i++;
        }

        pipe.Send(keys);
        pipe.Send(values);
    }

    public static TResult Measure<T, TResult>(SpliceReader pipe, int length, Func<ReadOnlyMemory<T>, TResult> measure)
        where T : unmanaged
    {
        using PageBuffer<T> buffer = PageBuffer<T>.Allocate(length);
        pipe.ReadExactly(MemoryMarshal.AsBytes(buffer.Span));
        return measure(buffer.Memory);
    }

    public static void Reversed(SpliceWriter pipe, int[] values)
    {
        PageBuffer<int> all = pipe.RentZeroed<int>(values.Length);
        values.AsSpan().CopyTo(all.Span);
        MemoryExtensions.Reverse(all.Span);
        pipe.Send(all);
    }
}
