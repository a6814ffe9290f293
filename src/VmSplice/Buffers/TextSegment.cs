using System.Text;
using VmSplice.Buffers;
using VmSplice.CompilerServices;

namespace VmSplice;

/// <summary>
/// A text of a buffer, in UTF-8: <c>[Segment(MaxLength = 4096)] public partial TextSegment Title { get; }</c>, where the bound is in bytes.
/// <c>page.Title.Set($"chapter {n}")</c>.
/// </summary>
/// <remarks>
/// A view of the buffer's pages: once that was sent or disposed, each access of the text throws <see cref="ObjectDisposedException"/> (VMS2001, VMS2002).
/// It starts empty. A text that has no room is an <see cref="ArgumentException"/>, and changes nothing. The length is checked on arrival; that the bytes are
/// UTF-8 is not.
/// </remarks>
public readonly ref struct TextSegment
{
    private const string Unit = "byte";

    private readonly SegmentRoom<byte> _room;

    internal TextSegment(BufferPages pages, int segment) => _room = new SegmentRoom<byte>(pages, segment);

    /// <summary>Gets the length in bytes. Legal in every state of the buffer.</summary>
    public int Length => _room.Length;

    /// <summary>Gets the most bytes, as declared.</summary>
    public int MaxLength => _room.MaxLength;

    /// <summary>Gets whether there is no character in it. Legal in every state of the buffer.</summary>
    public bool IsEmpty => _room.Length == 0;

    /// <summary>Gets the bytes, in the buffer's memory.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public ReadOnlySpan<byte> Utf8 => _room.Elements;

    /// <summary>Replaces the text.</summary>
    /// <param name="text">The characters. What is no valid UTF-16 becomes U+FFFD.</param>
    /// <exception cref="ArgumentException">It has more than <see cref="MaxLength"/> bytes.</exception>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public void Set(ReadOnlySpan<char> text) => Put(0, text);

    /// <summary>Replaces the text by one that is UTF-8 already, which is not checked.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <inheritdoc cref="Set(ReadOnlySpan{char})"/>
    public void Set(ReadOnlySpan<byte> utf8) => Put(0, utf8);

    /// <summary>
    /// Replaces the text by an interpolated string, which is formatted as UTF-8 with the invariant culture and never becomes a <see cref="string"/>.
    /// </summary>
    /// <param name="text">Made by the compiler.</param>
    /// <inheritdoc cref="Set(ReadOnlySpan{char})"/>
    public void Set(ref Utf8TextHandler text) => Put(0, ref text);

    /// <summary>Adds characters at the end.</summary>
    /// <param name="text">The characters. What is no valid UTF-16 becomes U+FFFD.</param>
    /// <exception cref="ArgumentException">There would be more than <see cref="MaxLength"/> bytes.</exception>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public void Append(ReadOnlySpan<char> text) => Put(Length, text);

    /// <summary>Adds UTF-8 at the end, which is not checked.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <inheritdoc cref="Append(ReadOnlySpan{char})"/>
    public void Append(ReadOnlySpan<byte> utf8) => Put(Length, utf8);

    /// <summary>Adds an interpolated string at the end, as <see cref="Set(ref Utf8TextHandler)"/> does.</summary>
    /// <param name="text">Made by the compiler.</param>
    /// <inheritdoc cref="Append(ReadOnlySpan{char})"/>
    public void Append(ref Utf8TextHandler text) => Put(Length, ref text);

    /// <summary>Makes it empty.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public void Clear() => _room.Add(0, 0, Unit);

    /// <summary>Gets the text as a string, a copy. What is no valid UTF-8 becomes U+FFFD.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public override string ToString() => Encoding.UTF8.GetString(Utf8);

    private void Put(int keep, ReadOnlySpan<char> text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Encoding.UTF8.GetBytes(text, _room.Add(keep, length, Unit));
    }

    private void Put(int keep, ReadOnlySpan<byte> utf8) => utf8.CopyTo(_room.Add(keep, utf8.Length, Unit));

    private void Put(int keep, ref Utf8TextHandler text)
    {
        Put(keep, text.Text);
        text.Release();
    }
}
