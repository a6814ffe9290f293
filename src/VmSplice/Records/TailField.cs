using VmSplice.CompilerServices;

namespace VmSplice.Records;

/// <summary>A field of a record that is a text or a list.</summary>
/// <param name="Name">As a user writes it.</param>
/// <param name="Offset">Where in the record it lies, in bytes.</param>
/// <param name="Item">What it consists of.</param>
internal readonly record struct TailField(string Name, int Offset, TailItem Item);
