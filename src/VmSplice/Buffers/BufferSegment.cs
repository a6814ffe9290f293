using System.ComponentModel;

namespace VmSplice.CompilerServices;

/// <summary>One segment of a buffer. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BufferSegment
{
    /// <summary>Describes a segment.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="type">The element's type as C# writes it.</param>
    /// <param name="elementSize">The size of an element in bytes.</param>
    /// <param name="length">The number of elements; the most of them, where it varies.</param>
    /// <param name="isVariable">Whether the number of elements varies from buffer to buffer.</param>
    public BufferSegment(string name, string type, int elementSize, int length, bool isVariable = false)
    {
        Name = name;
        Type = type;
        ElementSize = elementSize;
        Length = length;
        IsVariable = isVariable;
    }

    /// <summary>Gets the property's name.</summary>
    public string Name { get; }

    /// <summary>Gets the element's type as C# writes it.</summary>
    public string Type { get; }

    /// <summary>Gets the size of an element in bytes.</summary>
    public int ElementSize { get; }

    /// <summary>Gets the number of elements; the most of them, where it varies.</summary>
    public int Length { get; }

    /// <summary>Gets whether the number of elements varies from buffer to buffer.</summary>
    public bool IsVariable { get; }

    /// <summary>Gets the size in bytes; the most of them, where it varies.</summary>
    internal long Size => (long)ElementSize * Length;
}
