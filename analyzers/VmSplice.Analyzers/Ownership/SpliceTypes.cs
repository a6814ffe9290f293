using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Ownership;

/// <summary>The runtime's types whose values have a lifetime, resolved once per compilation.</summary>
internal sealed class SpliceTypes
{
    private readonly Dictionary<ISymbol, SpliceType> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Classes that the package's generator made a spliceable buffer of; they are to be treated as the runtime's own.</summary>
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _buffers = new(SymbolEqualityComparer.Default);

    private INamedTypeSymbol? _spliceableBuffer;

    private SpliceTypes()
    {
    }

    /// <summary>Whether the runtime is referenced at all.</summary>
    public bool Any => _known.Count > 0;

    public static SpliceTypes Resolve(Compilation compilation)
    {
        var types = new SpliceTypes();
        types.Add(compilation, "VmSplice.PageBuffer`1", SpliceType.PageBuffer);
        types.Add(compilation, "VmSplice.FrozenPages`1", SpliceType.FrozenPages);
        types.Add(compilation, "VmSplice.SpliceWriter", SpliceType.SpliceWriter);
        types.Add(compilation, "VmSplice.SpliceReader", SpliceType.SpliceReader);
        types.Add(compilation, "VmSplice.SpliceGather", SpliceType.SpliceGather);
        types.Add(compilation, "VmSplice.RecordWriter`1", SpliceType.RecordWriter);
        types.Add(compilation, "VmSplice.RecordReader`1", SpliceType.RecordReader);
        types.Add(compilation, "VmSplice.PageBufferState", SpliceType.PageBufferState);
        types._spliceableBuffer = compilation.GetTypeByMetadataName("VmSplice.ISpliceableBuffer`1");
        return types;
    }

    [MethodImpl(Hot.Path)]
    public SpliceType Of(ITypeSymbol? type)
        => type is not INamedTypeSymbol named ? SpliceType.None
        : IsName(named.Name) && _known.TryGetValue(named.OriginalDefinition, out SpliceType found) ? found
        : IsSpliceableBuffer(named) ? SpliceType.PageBuffer
        : SpliceType.None;

    /// <summary>Nearly every type is told apart by its name.</summary>
    [MethodImpl(Hot.Path)]
    private static bool IsName(string name) => name is
        "PageBuffer" or "FrozenPages" or "SpliceWriter" or "SpliceReader" or "SpliceGather" or "RecordWriter" or "RecordReader" or "PageBufferState";

    /// <summary>Whether a value of this type is followed through a body; a nullable one is what it wraps.</summary>
    [MethodImpl(Hot.Path)]
    public bool IsFollowed(ITypeSymbol? type) => Of(Unwrap(type)) is
        SpliceType.PageBuffer or SpliceType.FrozenPages or SpliceType.RecordWriter or SpliceType.RecordReader;

    [MethodImpl(Hot.Path)]
    public static ITypeSymbol? Unwrap(ITypeSymbol? type)
        => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    [MethodImpl(Hot.Path)]
    private bool IsSpliceableBuffer(INamedTypeSymbol type)
    {
        // Every class of a project comes by here; most have no interface of ours, and hardly any has two.
        if (_spliceableBuffer is null || type.TypeKind != TypeKind.Class || type.SpecialType != SpecialType.None)
        {
            return false;
        }

        if (!_buffers.TryGetValue(type, out bool isOne))
        {
            isOne = type.AllInterfaces.Any(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, _spliceableBuffer));
            _buffers.TryAdd(type, isOne);
        }

        return isOne;
    }

    private void Add(Compilation compilation, string name, SpliceType type)
    {
        if (compilation.GetTypeByMetadataName(name) is { } symbol)
        {
            _known.Add(symbol, type);
        }
    }
}
