using Microsoft.CodeAnalysis;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Parsing;

/// <summary>What a <c>[Segment]</c> attribute says of the number of elements.</summary>
/// <param name="Length">As stated; <see langword="null"/> where it is not.</param>
/// <param name="MaxLength">As stated; <see langword="null"/> where it is not.</param>
internal readonly record struct SegmentLengths(int? Length, int? MaxLength)
{
    public bool IsStated => Length is not null || MaxLength is not null;

    public bool IsVariable => MaxLength is not null;

    /// <summary>Gets the most elements that there can be.</summary>
    public int Most => Length ?? MaxLength ?? 1;

    public static SegmentLengths Of(AttributeData mark) => new(Named(mark, nameof(Length)), Named(mark, nameof(MaxLength)));

    /// <summary>What is wrong with them, or <see langword="null"/>.</summary>
    /// <param name="view">As what the segment is declared.</param>
    public string? ProblemOf(SegmentView view) => this switch
    {
        { Length: not null, MaxLength: not null } =>
            "has both a Length and a MaxLength; keep Length where every buffer has as many elements, MaxLength where their number varies",
        { IsStated: true } when view == SegmentView.Value => "is a single value and has a length; remove the length, or make it a Span",
        { Length: not null } when view > SegmentView.Span =>
            "has a Length, and the length of a text or a list varies; write MaxLength, or make it a Span where it has always as many elements",
        { IsStated: false } when view > SegmentView.Span => "does not say how long it can become; add MaxLength",
        { IsStated: false } when view == SegmentView.Span => "does not say how many elements it has; add Length, or MaxLength where their number varies",
        { Most: < 1 } => FormattableString.Invariant($"is declared with {Most} elements; a segment needs at least one"),
        _ => null,
    };

    private static int? Named(AttributeData mark, string name)
        => mark.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value as int?;
}
