using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Screening;
using VmSplice.Analyzers.Lifetime.Summaries;
using VmSplice.Analyzers.Ownership;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>What all bodies of one compilation share. Safe for concurrent use.</summary>
internal sealed class LifetimeContext
{
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();

    private readonly ConcurrentDictionary<IMethodSymbol, SurfaceMember> _surface = new(SymbolEqualityComparer.Default);

    public LifetimeContext(Compilation compilation, OwnershipFacts facts)
    {
        Compilation = compilation;
        Types = RuntimeSymbols.Of(compilation);
        Annotations = new OwnershipAnnotations(facts);
        RawCalls = RawCalls.Create(compilation);
        Summaries = new MethodSummaries(this);
        RawReach = new RawReach(this);
        Scan = new BodyScan(this);
    }

    public Compilation Compilation { get; }

    public RuntimeSymbols Types { get; }

    public OwnershipAnnotations Annotations { get; }

    /// <summary>Null where nothing in sight could be a raw call.</summary>
    public RawCalls? RawCalls { get; }

    public bool SeesRawCalls => RawCalls is not null;

    public MethodSummaries Summaries { get; }

    public RawReach RawReach { get; }

    public BodyScan Scan { get; }

    public PinnedArrays PinnedArrays { get; } = new();

    public UnpinnedArrays UnpinnedArrays { get; } = new();

    /// <summary>What a method of the runtime does with memory.</summary>
    public SurfaceMember SurfaceOf(IMethodSymbol method) => _surface.GetOrAdd(method.OriginalDefinition, one => SurfaceMember.Of(one, Annotations));

#pragma warning disable RS1030 // A method that is called may be in another tree than the one at hand; its model is made once.
    public SemanticModel ModelOf(SyntaxTree tree) => _models.GetOrAdd(tree, one => Compilation.GetSemanticModel(one));
#pragma warning restore RS1030
}
