using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace VmSplice.CompilerServices;

/// <summary>Formats an interpolated string as UTF-8 with the invariant culture. For the compiler.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[InterpolatedStringHandler]
public ref struct Utf8TextHandler
{
    /// <summary>Most texts are shorter; one that is longer makes the memory grow.</summary>
    private const int ScratchLength = 512;

    /// <summary>What a thread keeps for its next text; a longer one is rare.</summary>
    private const int MostKept = 1 << 20;

    // Taken while a text is formatted: a hole may format another one.
    [ThreadStatic]
    private static byte[]? t_scratch;

    private byte[] _scratch;
    private int _length;

    /// <summary>Begins a text.</summary>
    /// <param name="literalLength">Characters of what is constant.</param>
    /// <param name="formattedCount">Holes.</param>
    public Utf8TextHandler(int literalLength, int formattedCount)
    {
        _scratch = t_scratch ?? new byte[ScratchLength];
        t_scratch = null;
    }

    /// <summary>Gets what was formatted.</summary>
    internal readonly ReadOnlySpan<byte> Text => _scratch.AsSpan(0, _length);

    private readonly Span<byte> Rest => _scratch.AsSpan(_length);

    /// <summary>Appends what is constant.</summary>
    /// <param name="value">The characters.</param>
    public void AppendLiteral(string value) => AppendFormatted(value.AsSpan());

    /// <summary>Appends characters.</summary>
    /// <param name="value">The characters.</param>
    public void AppendFormatted(ReadOnlySpan<char> value)
    {
        int written;
        while (!Encoding.UTF8.TryGetBytes(value, Rest, out written))
        {
            Grow();
        }

        _length += written;
    }

    /// <summary>Appends a text that is UTF-8 already.</summary>
    /// <param name="utf8">The bytes.</param>
    public void AppendFormatted(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.TryCopyTo(Rest))
        {
            Grow();
        }

        _length += utf8.Length;
    }

    /// <summary>Appends characters.</summary>
    /// <param name="value">The characters.</param>
    public void AppendFormatted(string? value) => AppendFormatted(value.AsSpan());

    /// <summary>Appends a value.</summary>
    /// <typeparam name="TValue">Its type.</typeparam>
    /// <param name="value">The value.</param>
    public void AppendFormatted<TValue>(TValue value) => AppendFormatted(value, format: null);

    /// <summary>Appends a value.</summary>
    /// <typeparam name="TValue">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="format">As behind the colon.</param>
    public void AppendFormatted<TValue>(TValue value, string? format)
    {
        // The tests of the type are constants for a struct, which is not boxed then.
        if (value is IUtf8SpanFormattable)
        {
            int written;
            while (!((IUtf8SpanFormattable)value).TryFormat(Rest, out written, format, CultureInfo.InvariantCulture))
            {
                Grow();
            }

            _length += written;
        }
        else
        {
            AppendFormatted(value is IFormattable ? ((IFormattable)value).ToString(format, CultureInfo.InvariantCulture) : value?.ToString());
        }
    }

    /// <summary>Appends a value in so many characters at least.</summary>
    /// <typeparam name="TValue">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="alignment">How many; negative to fill up behind it.</param>
    /// <param name="format">As behind the colon.</param>
    public void AppendFormatted<TValue>(TValue value, int alignment, string? format = null)
    {
        int start = _length;
        AppendFormatted(value, format);
        int missing = Math.Abs(alignment) - Encoding.UTF8.GetCharCount(_scratch.AsSpan(start.._length));
        if (missing <= 0)
        {
            return;
        }

        while (Rest.Length < missing)
        {
            Grow();
        }

        Span<byte> all = _scratch.AsSpan(start, _length - start + missing);
        if (alignment > 0)
        {
            all[..^missing].CopyTo(all[missing..]);
            all[..missing].Fill((byte)' ');
        }
        else
        {
            all[^missing..].Fill((byte)' ');
        }

        _length += missing;
    }

    /// <summary>Keeps the memory for the next text of this thread. The last call.</summary>
    internal readonly void Release() => t_scratch = _scratch.Length <= MostKept ? _scratch : null;

    private void Grow() => Array.Resize(ref _scratch, checked(_scratch.Length * 2));
}
