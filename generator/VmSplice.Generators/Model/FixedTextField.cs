namespace VmSplice.Generators.Model;

/// <summary>A field that holds a text, for which the record gets a property.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Access">Who may see it, and so the property.</param>
/// <param name="Offset">Where it lies in the record, in bytes.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="IsUtf16">Whether it consists of <c>char</c>; else of <c>byte</c>.</param>
/// <param name="Truncates">Whether a text that does not fit is cut.</param>
/// <param name="IsReadOnly">Whether the field cannot be written.</param>
internal sealed record FixedTextField(string Field, string Access, int Offset, int Length, bool IsUtf16, bool Truncates, bool IsReadOnly)
{
    /// <summary>What stands behind the field's name in the property's.</summary>
    public const string Suffix = "Text";
}
