namespace VmSplice;

/// <summary>
/// Marks a <see langword="partial"/> property of a <see cref="SpliceableAttribute">[Spliceable]</see> class as a segment
/// of the buffer: values in pages of their own. <c>partial ref T</c> is one value, <c>partial Span&lt;T&gt;</c> as many as
/// <see cref="Length"/> says, or a number that varies, up to <see cref="MaxLength"/>. <c>partial TextSegment</c>, <c>CharSegment</c>
/// and <c>ListSegment&lt;T&gt;</c> are texts and lists of at most that.
/// </summary>
/// <remarks>
/// <c>T</c> is whatever a field of a record may be. For a span <c>Caption</c> of varying length the generator adds a
/// property <c>CaptionLength</c>; the length travels with the buffer and is checked on arrival. Rules VMS1008 and VMS3003
/// say what is wrong with a segment, and what to do.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SegmentAttribute : Attribute
{
    /// <summary>Gets or sets the number of elements, which is the same in every buffer.</summary>
    public int Length { get; set; }

    /// <summary>Gets or sets the most elements that a segment of varying length holds.</summary>
    public int MaxLength { get; set; }
}
