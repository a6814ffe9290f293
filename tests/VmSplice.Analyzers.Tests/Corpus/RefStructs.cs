// Writers over spans: ref structs, ref fields, ref returns.
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Corpus.RefStructs;

public ref struct SpanWriter(Span<byte> room)
{
    private Span<byte> _room = room;
    private int _written;

    public readonly int Written => _written;

    public void Put(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_room[_written..], value);
        _written += sizeof(int);
    }

    public void Put(ReadOnlySpan<byte> bytes)
    {
        Put(bytes.Length);
        bytes.CopyTo(_room[_written..]);
        _written += bytes.Length;
    }

    public ref int Reserve()
    {
        ref int slot = ref Unsafe.As<byte, int>(ref _room[_written]);
        _written += sizeof(int);
        return ref slot;
    }
}

public ref struct Cursor<T>(Span<T> items)
    where T : unmanaged
{
    private readonly ref T _first = ref items[0];
    private int _index;

    public ref T Next() => ref Unsafe.Add(ref _first, _index++);
}

public ref struct Packet
{
    private readonly SpliceWriter _pipe;
    private readonly PageBuffer<byte> _buffer;
    private SpanWriter _writer;

    public Packet(SpliceWriter pipe, int capacity)
    {
        _pipe = pipe;
        _buffer = pipe.Rent<byte>(capacity);
        _writer = new SpanWriter(_buffer.Span);
    }

    public void Add(ReadOnlySpan<byte> part) => _writer.Put(part);

    public readonly void Dispose()
    {
        if (_buffer.State == PageBufferState.Owned)
        {
            _pipe.Send(_buffer, _writer.Written);
        }
    }
}

public static class Messages
{
    public static void Send(SpliceWriter pipe, params ReadOnlySpan<string> words)
    {
        PageBuffer<byte> buffer = pipe.Rent<byte>(64 * 1024);
        var writer = new SpanWriter(buffer.Span);
        ref int count = ref writer.Reserve();
        count = 0;
        foreach (string word in words)
        {
            writer.Put(System.Text.Encoding.UTF8.GetBytes(word));
            count++;
        }

        int used = writer.Written;
        pipe.Send(buffer, used);
    }

    public static void SendPacket(SpliceWriter pipe, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        using var packet = new Packet(pipe, first.Length + second.Length + 8);
        packet.Add(first);
        packet.Add(second);
    }

    public static void Count(SpliceWriter pipe, int count)
    {
        PageBuffer<long> numbers = pipe.Rent<long>(count);
        var cursor = new Cursor<long>(numbers.Span);
        for (int i = 0; i < count; i++)
        {
            cursor.Next() = i;
        }

        pipe.Send(numbers);
    }

    public static void Format(SpliceWriter pipe, DateTime time, double value)
    {
        PageBuffer<byte> line = pipe.Rent<byte>(256);
        Span<byte> rest = line.Span;
        _ = Utf8Formatter.TryFormat(time, rest, out int written, 'O');
        rest = rest[written..];
        rest[0] = (byte)' ';
        _ = value.TryFormat(rest[1..], out int digits, "R", System.Globalization.CultureInfo.InvariantCulture);
        rest[1 + digits] = (byte)'\n';
        pipe.Send(line, written + digits + 2);
    }

    public static void Interpolate(SpliceWriter pipe, string name, int value)
    {
        using PageBuffer<byte> line = pipe.Rent<byte>(1024);
        if (Utf8.TryWrite(line.Span, $"{name}={value}\n", out int written))
        {
            pipe.Send(line, written);
        }
    }

    public static int Longest(PageBuffer<int> values)
    {
        ref int best = ref values[0];
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > best)
            {
                best = ref values[i];
            }
        }

        return best;
    }

    public static void Swap(SpliceWriter pipe, PageBuffer<int> values, int i, int j)
    {
        ref int left = ref values[i], right = ref values[j];
        (left, right) = (right, left);
        pipe.Send(values);
    }
}
