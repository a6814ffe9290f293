// Logs, tables and signals: text and numbers put into pages.
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Corpus.TextAndSignals;

public sealed class LogShipper(SpliceWriter pipe) : TextWriter
{
    private PageBuffer<byte> _page = pipe.Rent<byte>(16384);
    private int _used;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            ReadOnlySpan<char> part = text[..Math.Min(text.Length, 1000)];
            if (_page.Length - _used < Encoding.GetMaxByteCount(part.Length))
            {
                Flush();
            }

            _used += Encoding.GetBytes(part, _page.Span[_used..]);
            text = text[part.Length..];
        }
    }

    public override void Flush()
    {
        if (_used > 0)
        {
            pipe.Send(_page, _used);
            _page = pipe.Rent<byte>(16384);
            _used = 0;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Flush();
            _page.Dispose();
        }

        base.Dispose(disposing);
    }
}

public static class Tables
{
    public static void Columns(SpliceWriter pipe, IReadOnlyList<(int Id, float Score)> rows)
    {
        PageBuffer<int> ids = pipe.Rent<int>(rows.Count);
        PageBuffer<float> scores = pipe.Rent<float>(rows.Count);
        for (int i = 0; i < rows.Count; i++)
        {
            (int id, float score) = rows[i];
            ids[i] = id;
            scores[i] = score;
        }

        pipe.Write(BitConverter.GetBytes(rows.Count));
        pipe.Send(ids);
        pipe.Send(scores);
    }

    public static void Csv(SpliceWriter pipe, IEnumerable<string> lines)
    {
        PageBuffer<double>? block = null;
        int used = 0;
        foreach (string line in lines)
        {
            foreach (Range field in line.AsSpan().Split(','))
            {
                PageBuffer<double> open = block ?? pipe.Rent<double>(512);
                open[used++] = double.Parse(line.AsSpan()[field], CultureInfo.InvariantCulture);
                block = open;
                if (used == open.Length)
                {
                    pipe.Send(open);
                    block = null;
                    used = 0;
                }
            }
        }

        if (block is not null)
        {
            pipe.Send(block.Value, used);
        }
    }

    public static void Compressed(SpliceWriter pipe, byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(data);
        }

        PageBuffer<byte> page = pipe.Rent<byte>((int)packed.Length);
        packed.Position = 0;
        packed.ReadExactly(page.Span);
        pipe.Send(page);
    }

    public static int Brotli(SpliceWriter pipe, ReadOnlySpan<byte> data)
    {
        using PageBuffer<byte> page = pipe.Rent<byte>(BrotliEncoder.GetMaxCompressedLength(data.Length));
        if (!BrotliEncoder.TryCompress(data, page.Span, out int written))
        {
            return -1;
        }

        pipe.Send(page, written);
        return written;
    }

    public static void Guids(SpliceWriter pipe, params Guid[] ids)
    {
        PageBuffer<Guid> page = pipe.Rent<Guid>(ids.Length);
        ids.CopyTo(page.Span);
        page.Span.Sort();
        pipe.Send(page);
    }

    public static void Bits(SpliceWriter pipe, bool[] flags)
    {
        PageBuffer<ulong> words = pipe.Rent<ulong>((flags.Length + 63) / 64);
        words.Span.Clear();
        for (int i = 0; i < flags.Length; i++)
        {
            words[i / 64] |= flags[i] ? 1UL << (i % 64) : 0;
        }

        pipe.Send(words);
    }
}

public sealed class Ring(SpliceWriter pipe, int length)
{
    private readonly short[] _samples = new short[length];
    private int _at;

    public void Add(short sample)
    {
        _samples[_at] = sample;
        _at = (_at + 1) % _samples.Length;
        if (_at == 0)
        {
            PageBuffer<short> page = pipe.Rent<short>(_samples.Length);
            _samples.CopyTo(page.Memory);
            pipe.Send(page);
        }
    }
}

public static class Mixer
{
    public static void Mix(SpliceWriter pipe, ReadOnlySpan<short> left, ReadOnlySpan<short> right)
    {
        PageBuffer<short> mixed = pipe.Rent<short>(left.Length * 2);
        Span<(short Left, short Right)> frames = MemoryMarshal.Cast<short, (short, short)>(mixed.Span);
        for (int i = 0; i < left.Length; i++)
        {
            frames[i] = (left[i], right[i]);
        }

        pipe.Send(mixed);
    }

    public static float Normalize(SpliceWriter pipe, PageBuffer<float> signal)
    {
        Span<float> all = signal.Span;
        float peak = 0;
        foreach (float value in all)
        {
            peak = MathF.Max(peak, MathF.Abs(value));
        }

        for (int i = 0; i < all.Length; i++)
        {
            all[i] /= peak;
        }

        pipe.Send(signal);
        return peak;
    }

    public static void Halves(SpliceWriter pipe, PageBuffer<float> signal)
    {
        int half = signal.Length / 2;
        Span<float> low = signal.Span[..half], high = signal.Span[half..];
        low.Sort();
        high.Sort();
        PageBuffer<float> copy = pipe.Rent<float>(half);
        high[..half].CopyTo(copy.Span);
        pipe.Send(signal, half);
        pipe.Send(copy);
    }
}

public static class RoundTrip
{
    public static void EveryByteArrives(int length)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        byte[] expected = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        PageBuffer<byte> sent = writer.Rent<byte>(length);
        expected.CopyTo(sent.Span);
        writer.Send(sent);
        byte[] actual = new byte[length];
        reader.ReadExactly(actual);
        if (!actual.SequenceEqual(expected))
        {
            throw new InvalidOperationException("different");
        }
    }

    public static bool StateAfterSend(SpliceWriter writer)
    {
        PageBuffer<byte> buffer = writer.Rent<byte>(1);
        PageBuffer<byte> copy = buffer;
        writer.Send(buffer);
        return copy.State == PageBufferState.Sent && buffer == copy;
    }
}
