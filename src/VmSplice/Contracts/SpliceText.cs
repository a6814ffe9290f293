using VmSplice.Diagnostics;

namespace VmSplice;

/// <summary>
/// A text as a field of a record, in UTF-8. The record holds 8 bytes that say where it lies; the characters lie behind the records of the
/// same block. <see cref="RecordWriter{T}.AddText(ReadOnlySpan{char})"/> makes one; <see cref="RecordReader{T}.GetText"/> and
/// <see cref="RecordReader{T}.GetString"/> read it.
/// </summary>
/// <remarks>
/// It is a place, not the text: valid in the record for which it was added, and at the reader until that moves on to the next batch.
/// <see langword="default"/> is the empty text.
/// </remarks>
public readonly struct SpliceText
{
    internal SpliceText(TailPlace place) => Place = place;

    /// <summary>Gets the length in bytes, at most 16,777,215.</summary>
    public int Length => Place.Items;

    /// <summary>Gets whether there is no character in it.</summary>
    public bool IsEmpty => Place.Items == 0;

    internal TailPlace Place { get; }

    /// <summary>Says how long it is. The characters are known to the reader alone.</summary>
    public override string ToString() => $"text of {Counted.Bytes(Length)} (RecordReader.GetString reads it)";
}
