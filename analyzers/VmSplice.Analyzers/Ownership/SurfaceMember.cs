using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Ownership;

/// <summary>
/// What a member of the runtime does with the memory that it is given, and whose its result is. Read off the declaration:
/// the ownership attributes of buffers, and the type of a view, which says in which direction the bytes go.
/// </summary>
internal sealed class SurfaceMember
{
    private readonly ImmutableArray<ParameterEffect> _effects;

    private SurfaceMember(SurfaceAction action, ImmutableArray<ParameterEffect> effects, bool returnsPages, bool isInBackground)
    {
        Action = action;
        _effects = effects;
        ReturnsPages = returnsPages;
        IsInBackground = isInBackground;
    }

    /// <summary>What the member does with what it consumes.</summary>
    public SurfaceAction Action { get; }

    /// <summary>Whether the result is a buffer that is the caller's from here on.</summary>
    public bool ReturnsPages { get; }

    /// <summary>Whether the views that it is given are in use until the task that it returns is awaited.</summary>
    public bool IsInBackground { get; }

    public bool TouchesMemory => ReturnsPages || _effects.Any(effect => effect != ParameterEffect.Unknown);

    /// <summary>Whether it takes and changes nothing that it is given.</summary>
    public bool OnlyBorrows => _effects.All(effect => effect is ParameterEffect.Unknown or ParameterEffect.Borrows);

    public ParameterEffect EffectOn(IParameterSymbol? parameter)
        => parameter is not null && parameter.Ordinal < _effects.Length ? _effects[parameter.Ordinal] : ParameterEffect.Unknown;

    public static SurfaceMember Of(IMethodSymbol method, OwnershipAnnotations annotations)
    {
        bool isInBackground = IsTask(method.ReturnType);
        ITypeSymbol result = isInBackground && method.ReturnType is INamedTypeSymbol { TypeArguments.Length: 1 } task
            ? task.TypeArguments[0] : method.ReturnType;
        return new(
            SurfaceTable.OfWriter(method.Name),
            [.. method.Parameters.Select(parameter => EffectOn(parameter, annotations))],
            IsPages(result),
            isInBackground);
    }

    private static ParameterEffect EffectOn(IParameterSymbol parameter, OwnershipAnnotations annotations) => annotations.Of(parameter) switch
    {
        ParameterEffect.Unknown => parameter switch
        {
            { Type.Name: "ReadOnlySpan" or "ReadOnlyMemory" or "ReadOnlySequence" or "FrozenPages" } => ParameterEffect.Borrows,
            { Type.Name: "Span" or "Memory" } or { RefKind: RefKind.Ref } => ParameterEffect.Writes,
            { RefKind: RefKind.In or RefKind.RefReadOnlyParameter } => ParameterEffect.Borrows,
            _ => ParameterEffect.Unknown,
        },
        ParameterEffect stated => stated,
    };

    private static bool IsTask(ITypeSymbol type) => type.Name is "Task" or "ValueTask";

    private static bool IsPages(ITypeSymbol type) => type is INamedTypeSymbol { Name: "PageBuffer" }
        || (type is ITypeParameterSymbol { ConstraintTypes: var constraints } && constraints.Any(one => one.Name == "ISpliceableBuffer"));
}
