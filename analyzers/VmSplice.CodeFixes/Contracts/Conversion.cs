namespace VmSplice.CodeFixes.Contracts;

/// <summary>How a value becomes a number and comes back.</summary>
/// <param name="Stored">The type of the number.</param>
/// <param name="FromStored">The value; {0} is its type, {1} the number.</param>
/// <param name="ToStored">The number; {0} is the value.</param>
internal sealed record Conversion(string Stored, string FromStored, string ToStored);
