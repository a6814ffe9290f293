using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>Elements, slices and lengths of what has elements: segments, memory, descriptors.</summary>
internal static class ListValues
{
    public static Value? Element(Value? list, Value? index, ITypeSymbol? type, ValueState state) => list switch
    {
        SegmentWindow { Cell: { } cell } window when index is Scalar at => state.CellOf(cell).At(window.Start + at.Number),
        Descriptor { Kind: DescriptorKind.Pair } when index is Scalar at => at.Number.Exact switch
        {
            0 => new Descriptor(DescriptorKind.ReadEnd, "the read end of a pipe (element 0 of pipe(2))"),
            1 => new Descriptor(DescriptorKind.WriteEnd, "the write end of a pipe (element 1 of pipe(2))"),
            _ => null,
        },
        _ => TypeValues.Of(type, null, state),
    };

    public static Value? Slice(Value? list, Number start, Number? count, ITypeSymbol? elementType) => list switch
    {
        SegmentWindow window => new SegmentWindow(window.Cell, window.Start + start, NotNegative(count ?? window.Count - start)),
        Block block => block.Slice(start * TypeValues.Size(elementType), count is { } known ? known * TypeValues.Size(elementType) : null),
        _ => null,
    };

    /// <summary>A slice of fewer than none throws: behind it there is none.</summary>
    private static Number NotNegative(Number count) => count is { Low: < 0, High: >= 0 } ? count.WithBounds(0, count.High) : count;

    public static Scalar? AddressOf(Value? list, Scalar? index, ITypeSymbol? type)
    {
        if (index is null)
        {
            return new Scalar(Number.Unknown);
        }

        Number offset = index.Number * TypeValues.Size(type);
        return list switch
        {
            Block block => new Scalar(block.Address + offset, block.Provenance.Move(offset)),
            Scalar pointer => new Scalar(pointer.Number + offset, pointer.Provenance.Move(offset)),
            _ => new Scalar(Number.Unknown),
        };
    }

    public static (object? Cell, Number Index) InWindow(Value? list, Scalar? index)
        => list is SegmentWindow { Cell: { } cell } window ? (cell, window.Start + (index?.Number ?? Number.Unknown)) : default;
}
