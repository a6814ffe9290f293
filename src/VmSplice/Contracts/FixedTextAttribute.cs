namespace VmSplice;

/// <summary>
/// Says that a field of a record holds a text of at most its length: an inline array, or a fixed-size buffer, of <see cref="byte"/> for UTF-8 or
/// <see cref="char"/>. The generator adds a property to the record, called as the field with <c>Text</c> behind it: <c>order.SymbolText = "VOW3"</c>.
/// </summary>
/// <remarks>
/// A text that is shorter is followed by zeros, and ends at the first of them. <see cref="SpliceText"/> is for texts of any length.
/// </remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class FixedTextAttribute : Attribute
{
    /// <summary>
    /// Gets or sets whether a text that does not fit is cut behind its last whole character. Otherwise, which is the default, the property throws
    /// <see cref="ArgumentException"/> and changes nothing.
    /// </summary>
    public bool Truncates { get; set; }
}
