using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>What a value of a type stands for, where nothing else is known of it.</summary>
internal static class AllocationKinds
{
    /// <summary>Null of a type whose values are not followed; <paramref name="isMemory"/> where it is a view of some memory.</summary>
    [MethodImpl(Hot.Path)]
    public static AllocationKind? Of(ITypeSymbol type, bool isMemory, BodyEvaluation body) => body.Shared.Types.Of(RuntimeSymbols.Unwrap(type)) switch
    {
        SpliceType.PageBuffer or SpliceType.FrozenPages => AllocationKind.Pages,
        SpliceType.RecordWriter or SpliceType.RecordReader => AllocationKind.RecordSource,
        SpliceType.SpliceWriter or SpliceType.SpliceReader => null,
        _ => type is IArrayTypeSymbol ? OfArray(type, body)
            : isMemory ? AllocationKind.Foreign
            : body.Summarizes && LibraryMemory.IsPipeWriter(type) ? AllocationKind.RecordSource
            : type is ITypeParameterSymbol && body.Summarizes ? AllocationKind.Pages
            : null,
    };

    /// <summary>The kernel reads a list of segments during the call: it is not the data. A summary stands for what a caller's list holds.</summary>
    private static AllocationKind? OfArray(ITypeSymbol type, BodyEvaluation body)
        => SegmentType.Of(type) is null ? AllocationKind.Managed : body.Summarizes ? AllocationKind.Foreign : null;
}
