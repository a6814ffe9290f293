using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using VmSplice.Diagnostics;

namespace VmSplice.CompilerServices;

/// <summary>Reads and writes a text of at most so many bytes within a record. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FixedText
{
    /// <summary>Reads UTF-8 up to the first zero, or to the end.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="record">The record.</param>
    /// <param name="offset">Where the text begins in it, in bytes.</param>
    /// <param name="length">The most bytes.</param>
    public static string GetUtf8<T>(ref readonly T record, int offset, int length)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = BytesOf(ref Unsafe.AsRef(in record), offset, length);
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    /// <summary>Writes UTF-8, and zeros behind it.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="record">The record.</param>
    /// <param name="offset">Where the text begins in it, in bytes.</param>
    /// <param name="length">The most bytes.</param>
    /// <param name="value">The text.</param>
    /// <param name="truncates">Whether to cut what does not fit.</param>
    /// <exception cref="ArgumentException">It does not fit, or has a zero in it.</exception>
    public static void SetUtf8<T>(ref T record, int offset, int length, string value, bool truncates)
        where T : unmanaged
    {
        ThrowIfZeroIn(value);
        Span<byte> bytes = BytesOf(ref record, offset, length);
        if (!truncates && Encoding.UTF8.GetByteCount(value) is var needed && needed > length)
        {
            throw TooLong(value, Counted.Bytes(needed), Counted.Bytes(length));
        }

        // Stops before the first character that does not fit whole.
        _ = Utf8.FromUtf16(value, bytes, out _, out int written);
        bytes[written..].Clear();
    }

    /// <summary>Reads characters up to the first zero, or to the end.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="record">The record.</param>
    /// <param name="offset">Where the text begins in it, in bytes.</param>
    /// <param name="length">The most bytes, two for each character.</param>
    public static string GetUtf16<T>(ref readonly T record, int offset, int length)
        where T : unmanaged
    {
        ReadOnlySpan<char> characters = MemoryMarshal.Cast<byte, char>(BytesOf(ref Unsafe.AsRef(in record), offset, length));
        int end = characters.IndexOf('\0');
        return new string(end < 0 ? characters : characters[..end]);
    }

    /// <summary>Writes characters, and zeros behind them.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="record">The record.</param>
    /// <param name="offset">Where the text begins in it, in bytes.</param>
    /// <param name="length">The most bytes, two for each character.</param>
    /// <param name="value">The text.</param>
    /// <param name="truncates">Whether to cut what does not fit.</param>
    /// <exception cref="ArgumentException">It does not fit, or has a zero in it.</exception>
    public static void SetUtf16<T>(ref T record, int offset, int length, string value, bool truncates)
        where T : unmanaged
    {
        ThrowIfZeroIn(value);
        Span<char> characters = MemoryMarshal.Cast<byte, char>(BytesOf(ref record, offset, length));
        if (!truncates && value.Length > characters.Length)
        {
            throw TooLong(value, Counted.Of(value.Length, "character"), Counted.Of(characters.Length, "character"));
        }

        int taken = Math.Min(value.Length, characters.Length);
        if (taken < value.Length && taken > 0 && char.IsHighSurrogate(value[taken - 1]))
        {
            // Half a character is none.
            taken--;
        }

        value.AsSpan(0, taken).CopyTo(characters);
        characters[taken..].Clear();
    }

    private static unsafe Span<byte> BytesOf<T>(ref T record, int offset, int length)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)(uint)offset, (long)sizeof(T) - length, nameof(offset));

        // SAFETY: the text lies within the record, which the caller has a reference to.
        return MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref Unsafe.As<T, byte>(ref record), (nint)offset), length);
    }

    private static void ThrowIfZeroIn(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A fixed text ends at its first zero, and there is one in this text. Remove it.", nameof(value));
        }
    }

    private static ArgumentException TooLong(string value, string needed, string most) => new(
        $"'{value}' has {needed}, and the field has room for {most}. Shorten it, mark the field [FixedText(Truncates = true)], or use a SpliceText.",
        nameof(value));
}
