using System.ComponentModel;

namespace VmSplice.CompilerServices;

/// <summary>One field of a record. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RecordField
{
    /// <summary>Describes a field.</summary>
    /// <param name="name">The field's name; a path such as <c>Header.Kind</c> for a field of a nested record.</param>
    /// <param name="type">The field's type as C# writes it; <c>int[4]</c> for a fixed-size buffer or an inline array.</param>
    /// <param name="offset">The first byte of the field, counted from the start of the record.</param>
    /// <param name="size">The size of the field in bytes.</param>
    /// <param name="tail">What lies behind the records where the field is a text or a list; <see langword="null"/> for every other field.</param>
    public RecordField(string name, string type, int offset, int size, TailItem? tail = null)
    {
        Name = name;
        Type = type;
        Offset = offset;
        Size = size;
        Tail = tail;
    }

    /// <summary>Gets the field's name; a path such as <c>Header.Kind</c> for a field of a nested record.</summary>
    public string Name { get; }

    /// <summary>Gets the field's type as C# writes it; <c>int[4]</c> for a fixed-size buffer or an inline array.</summary>
    public string Type { get; }

    /// <summary>Gets the first byte of the field, counted from the start of the record.</summary>
    public int Offset { get; }

    /// <summary>Gets the size of the field in bytes.</summary>
    public int Size { get; }

    /// <summary>Gets what lies behind the records where the field is a text or a list.</summary>
    internal TailItem? Tail { get; }
}
