namespace VmSplice;

/// <summary>
/// Says that a field was appended to a record by a later version of its declaration. Programs that were built before and after understand each
/// other: where a stream comes from an older build, the field has its default; an older reader passes over it.
/// </summary>
/// <remarks>
/// Fields of later versions stand behind all others, in the order of their versions. What was there before must not change. Between equal versions nothing
/// is converted. The record's own version is the highest that stands there; 1 where none does.
/// </remarks>
/// <param name="version">From which version on the field is there: 2 or higher.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class SinceAttribute(int version) : Attribute
{
    /// <summary>Gets from which version on the field is there.</summary>
    public int Version { get; } = version;

    /// <summary>
    /// Gets or sets the value of the field in records of an older build; zero, or the empty text or list, where none is given. A number, a
    /// <see cref="bool"/>, a <see cref="char"/> or a member of the field's enum.
    /// </summary>
    public object? Default { get; set; }
}
