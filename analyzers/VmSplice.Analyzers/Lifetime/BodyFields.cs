using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>The fields that a body reaches, as far as they may hold memory. Immutable.</summary>
internal sealed class BodyFields(
    IReadOnlyCollection<AccessPath> readOnly,
    IReadOnlyCollection<AccessPath> shared,
    IReadOnlyDictionary<ISymbol, IReadOnlyList<(AccessPath Path, ITypeSymbol Type)>> ofLocals)
{
    private readonly HashSet<AccessPath> _readOnly = [.. readOnly];
    private readonly HashSet<AccessPath> _shared = [.. shared];

    public static BodyFields None { get; } = new([], [], new Dictionary<ISymbol, IReadOnlyList<(AccessPath, ITypeSymbol)>>(SymbolEqualityComparer.Default));

    /// <summary>Fields of objects that others may reach, and assign.</summary>
    public IReadOnlyCollection<AccessPath> Shared => shared;

    public bool IsReadOnly(AccessPath path) => _readOnly.Contains(path);

    public bool IsShared(AccessPath path) => _shared.Contains(path);

    /// <summary>The fields of a local that the body names; they get an identity when the local does.</summary>
    public IReadOnlyList<(AccessPath Path, ITypeSymbol Type)> Of(ILocalSymbol local)
        => ofLocals.TryGetValue(local, out IReadOnlyList<(AccessPath, ITypeSymbol)>? fields) ? fields : [];
}
