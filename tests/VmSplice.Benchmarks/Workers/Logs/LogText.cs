using System.Buffers.Text;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace VmSplice.Benchmarks.Workers.Logs;

/// <summary>A log of some MiB in memory, and how a line of it is parsed.</summary>
internal sealed class LogText
{
    public const int Services = 64;

    private const int Lines = 32 << 10;
    private const int TimeLength = 24;

    private static readonly string[] s_levels = ["INFO", "WARN", "ERROR"];

    private readonly byte[] _text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Lines).Select(static line => string.Create(
        CultureInfo.InvariantCulture,
        $"2026-11-28T{line / 3600 % 24:D2}:{line / 60 % 60:D2}:{line % 60:D2}.{line % 1000:D3}Z {s_levels[line % 7 / 3]} {line % Services} "
            + $"/orders/{line * 7919 % 100_000} {200 + (line % 5 * 100)} {line * 31 % 100_000}\n"))));

    private int _position;

    /// <summary>Parses the next line; behind the last one comes the first again.</summary>
    public void ParseNext(ref LogEntry entry)
    {
        if (_position == _text.Length)
        {
            _position = 0;
        }

        ReadOnlySpan<byte> rest = _text.AsSpan(_position);
        ReadOnlySpan<byte> line = rest[..rest.IndexOf((byte)'\n')];
        _position += line.Length + 1;
        entry.Time = (((Digits(line[11..13]) * 60) + Digits(line[14..16])) * 60_000L) + (Digits(line[17..19]) * 1000) + Digits(line[20..23]);
        line = line[(TimeLength + 1)..];
        entry.Level = Word(ref line)[0] switch { (byte)'I' => 0, (byte)'W' => 1, _ => 2 };
        entry.Service = Digits(Word(ref line));
        entry.Path = XxHash3.HashToUInt64(Word(ref line));
        entry.Status = Digits(Word(ref line));
        entry.Micros = Digits(line);
    }

    private static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> line)
    {
        int length = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = line[..length];
        line = line[(length + 1)..];
        return word;
    }

    private static int Digits(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out int value, out _) ? value : throw new FormatException("not a number");
}
