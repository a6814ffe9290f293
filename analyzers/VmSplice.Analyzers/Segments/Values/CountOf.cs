using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>The key under which a state keeps the number of elements that a variable's collection is known to have.</summary>
internal sealed class CountOf(ISymbol variable) : IEquatable<CountOf>
{
    private readonly ISymbol _variable = variable;

    public bool Equals(CountOf? other) => other is not null && SymbolEqualityComparer.Default.Equals(_variable, other._variable);

    public override bool Equals(object? obj) => Equals(obj as CountOf);

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(_variable) + 1;
}
