namespace VmSplice;

/// <summary>One segment of a buffer.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Type">The element's type as C# writes it.</param>
/// <param name="ElementSize">The size of an element in bytes.</param>
/// <param name="Length">The number of elements; the most of them, where it varies.</param>
/// <param name="IsVariable">Whether the number of elements varies from buffer to buffer.</param>
public readonly record struct BufferSegment(string Name, string Type, int ElementSize, int Length, bool IsVariable = false)
{
    /// <summary>Gets the size in bytes; the most of them, where it varies.</summary>
    public long Size => (long)ElementSize * Length;
}
