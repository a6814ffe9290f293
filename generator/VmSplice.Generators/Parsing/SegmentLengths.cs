using Microsoft.CodeAnalysis;

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
    /// <param name="isSpan">Whether the segment is a row of elements.</param>
    public string? ProblemOf(bool isSpan) => this switch
    {
        { Length: not null, MaxLength: not null } =>
            "has both a Length and a MaxLength; keep Length where every buffer has as many elements, MaxLength where their number varies",
        { IsStated: true } when !isSpan => "is a single value and has a length; remove the length, or make it a Span",
        { IsStated: false } when isSpan => "does not say how many elements it has; add Length, or MaxLength where their number varies",
        { Most: < 1 } => FormattableString.Invariant($"is declared with {Most} elements; a segment needs at least one"),
        _ => null,
    };

    private static int? Named(AttributeData mark, string name)
        => mark.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value as int?;
}
