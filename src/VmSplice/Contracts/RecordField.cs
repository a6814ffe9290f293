namespace VmSplice;

/// <summary>One field of a record.</summary>
/// <param name="Name">The field's name; a path such as <c>Header.Kind</c> for a field of a nested record.</param>
/// <param name="Type">The field's type as C# writes it; <c>int[4]</c> for a fixed-size buffer or an inline array.</param>
/// <param name="Offset">The first byte of the field, counted from the start of the record.</param>
/// <param name="Size">The size of the field in bytes.</param>
public readonly record struct RecordField(string Name, string Type, int Offset, int Size);
