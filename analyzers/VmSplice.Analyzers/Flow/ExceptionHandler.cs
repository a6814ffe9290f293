using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Flow;

/// <summary>Where a handler begins, and what it catches; null of a <c>finally</c>.</summary>
internal readonly struct ExceptionHandler(int ordinal, ITypeSymbol? caught)
{
    public int Ordinal => ordinal;

    public ITypeSymbol? Caught => caught;
}
