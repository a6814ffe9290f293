using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Library;

/// <summary>The runtime's types, resolved once for a compilation: for every family of rules, and for the fixes.</summary>
internal sealed class RuntimeSymbols
{
    private const string AssemblyName = "VmSplice";

    /// <summary>The types that are told apart, by name: nearly every other type is told from them by that alone.</summary>
    private static readonly Dictionary<string, (SpliceType Type, string MetadataName)> s_followed = new(StringComparer.Ordinal)
    {
        ["PageBuffer"] = (SpliceType.PageBuffer, "VmSplice.PageBuffer`1"),
        ["FrozenPages"] = (SpliceType.FrozenPages, "VmSplice.FrozenPages`1"),
        ["SpliceWriter"] = (SpliceType.SpliceWriter, "VmSplice.SpliceWriter"),
        ["SpliceReader"] = (SpliceType.SpliceReader, "VmSplice.SpliceReader"),
        ["SpliceGather"] = (SpliceType.SpliceGather, "VmSplice.SpliceGather"),
        ["RecordWriter"] = (SpliceType.RecordWriter, "VmSplice.RecordWriter`1"),

        // It has the members of a record writer, and what they do to slots and to the stream.
        ["RecordBroadcaster"] = (SpliceType.RecordWriter, "VmSplice.RecordBroadcaster`1"),
        ["RecordReader"] = (SpliceType.RecordReader, "VmSplice.RecordReader`1"),
        ["TextSegment"] = (SpliceType.SegmentView, "VmSplice.TextSegment"),
        ["CharSegment"] = (SpliceType.SegmentView, "VmSplice.CharSegment"),
        ["ListSegment"] = (SpliceType.SegmentView, "VmSplice.ListSegment`1"),
        ["PageBufferState"] = (SpliceType.PageBufferState, "VmSplice.PageBufferState"),
    };

    private static readonly ConditionalWeakTable<Compilation, RuntimeSymbols> s_resolved = new();

    private readonly Dictionary<ISymbol, SpliceType> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Classes that the package's generator made a spliceable buffer of; they are to be treated as the runtime's own.</summary>
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _buffers = new(SymbolEqualityComparer.Default);

    private readonly Compilation _compilation;
    private readonly INamedTypeSymbol? _spliceableBuffer;

    private RuntimeSymbols(Compilation compilation)
    {
        _compilation = compilation;
        foreach (KeyValuePair<string, (SpliceType Type, string MetadataName)> followed in s_followed)
        {
            if (Find(followed.Value.MetadataName) is { } symbol)
            {
                _known.Add(symbol, followed.Value.Type);
            }
        }

        _spliceableBuffer = Find("VmSplice.ISpliceableBuffer`1");
        SpliceableAttribute = Find("VmSplice.SpliceableAttribute");
        RawPipe = Find("VmSplice.RawPipe");
        PipeReaderKind = Find("VmSplice.PipeReaderKind");
    }

    /// <summary>Whether the runtime is referenced at all.</summary>
    public bool Any => _known.Count > 0;

    /// <summary>Whether code can write <c>global::VmSplice</c>: not where the reference has an alias.</summary>
    public bool HaveGlobalName => _compilation.GetTypeByMetadataName("VmSplice.SpliceWriter") is not null;

    public INamedTypeSymbol? SpliceableAttribute { get; }

    public INamedTypeSymbol? RawPipe { get; }

    public INamedTypeSymbol? PipeReaderKind { get; }

    public static RuntimeSymbols Of(Compilation compilation) => s_resolved.GetValue(compilation, static one => new RuntimeSymbols(one));

    [MethodImpl(Hot.Path)]
    public SpliceType Of(ITypeSymbol? type)
        => type is not INamedTypeSymbol named ? SpliceType.None
        : MayBeFollowed(named.Name) && _known.TryGetValue(named.OriginalDefinition, out SpliceType found) ? found
        : IsSpliceableBuffer(named) ? SpliceType.PageBuffer
        : SpliceType.None;

    /// <summary>Asked of every type of an expression: the first letter and the length tell nearly all of them apart.</summary>
    [MethodImpl(Hot.Path)]
    private static bool MayBeFollowed(string name)
        => name.Length is >= 10 and <= 17 && name[0] is 'P' or 'F' or 'S' or 'R' or 'T' or 'C' or 'L' && s_followed.ContainsKey(name);

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
        // Every class of a project comes by here, and of the base library, which has none. A generic class cannot be one.
        if (_spliceableBuffer is null || type.TypeKind != TypeKind.Class || type.SpecialType != SpecialType.None || type.Arity != 0)
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

    /// <summary>A type of the runtime. By its full name alone none is found where the reference has an alias.</summary>
    private INamedTypeSymbol? Find(string name)
    {
        if (_compilation.GetTypeByMetadataName(name) is { } symbol)
        {
            return symbol;
        }

        foreach (IAssemblySymbol assembly in _compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (assembly.Name == AssemblyName)
            {
                return assembly.GetTypeByMetadataName(name);
            }
        }

        return null;
    }
}
