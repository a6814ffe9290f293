using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime;

/// <content>The beginning of a body: what is in its parameters, and in the fields that it reaches.</content>
internal sealed partial class LifetimePolicy
{
    private readonly HashSet<Place> _readOnlyPlaces = [];

    [MethodImpl(Hot.Path)]
    private void Seed(LifetimeState entry, IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in ExtensionMembers.ParametersIn(method))
        {
            bool isMemory = Carrier.IsView(parameter.Type) || parameter.RefKind is RefKind.Ref or RefKind.In;
            if (parameter.RefKind != RefKind.Out && KindOf(parameter.Type, isMemory) is { } kind)
            {
                Origin origin = SeedPlace(entry, new Place(parameter, ""), parameter.Type, kind, parameter.Name);
                origin.Ordinal = ExtensionMembers.OrdinalOf(parameter);
            }
        }
    }

    /// <summary>What the scan found: fields that the body names, and calls of methods that may name others.</summary>
    [MethodImpl(Hot.Path)]
    private void SeedFields(LifetimeState entry, List<IOperation> mentions)
    {
        foreach (IOperation mention in mentions)
        {
            switch (mention)
            {
                case IInvocationOperation call:
                    SeedFieldsOf(entry, call);
                    break;
                case IMemberReferenceOperation field:
                    SeedField(entry, field, field.Member);
                    break;
                case IParameterReferenceOperation parameter when IsField(parameter.Parameter):
                    SeedField(entry, parameter, parameter.Parameter);
                    break;
            }
        }
    }

    [MethodImpl(Hot.Path)]
    private void SeedField(LifetimeState entry, IOperation field, ISymbol member)
    {
        if (PlaceOf(field) is not { } place || KindOf(field.Type!, Carrier.IsView(field.Type)) is not { } kind)
        {
            return;
        }

        if (member is IFieldSymbol { IsReadOnly: true } || (member is IPropertySymbol { SetMethod: null or { IsInitOnly: true } } && place.Name == member.Name))
        {
            _readOnlyPlaces.Add(place);
        }

        if (place.Root is ILocalSymbol local)
        {
            NoteField(local, place, (IMemberReferenceOperation)field);
        }
        else if (entry.Get(place).Equals(Value.Unknown))
        {
            SeedPlace(entry, place, field.Type!, kind == OriginKind.Managed && _context.PinnedArrays.IsIn(member) ? OriginKind.Pinned : kind, member.Name);
        }
    }

    /// <summary>A private method is not asked by itself whether a field still holds what it sent: whoever calls it is.</summary>
    private void SeedFieldsOf(LifetimeState entry, IInvocationOperation call)
    {
        if (_context.Summaries.Of(call.TargetMethod, _budget.Cancellation) is not { } summary)
        {
            return;
        }

        foreach (KeyValuePair<string, FieldEffect> field in summary.Fields)
        {
            var place = new Place(Place.This, field.Key);
            if (field.Value.Kind == OriginKind.Pages && entry.Get(place).Equals(Value.Unknown))
            {
                entry.Set(place, Value.Of(_origins.In(place, OriginKind.Pages, place.Name)));
                entry.Set(_origins.In(place, OriginKind.Pages, place.Name), OriginState.Fresh);
            }
        }
    }

    [MethodImpl(Hot.Path)]
    private Origin SeedPlace(LifetimeState entry, Place place, ITypeSymbol type, OriginKind kind, string name)
    {
        Origin origin = _origins.In(place, kind, name);
        bool isFrozen = _context.Types.Of(type) == SpliceType.FrozenPages;
        entry.Set(place, Value.Of(origin));
        entry.Set(origin, isFrozen ? OriginState.Fresh.With(Condition.Frozen) : OriginState.Fresh);
        return origin;
    }

    [MethodImpl(Hot.Path)]
    private OriginKind? KindOf(ITypeSymbol type, bool isMemory) => _context.Types.Of(SpliceTypes.Unwrap(type)) switch
    {
        SpliceType.PageBuffer or SpliceType.FrozenPages => OriginKind.Pages,
        SpliceType.RecordWriter or SpliceType.RecordReader => OriginKind.RecordSource,
        SpliceType.SpliceWriter or SpliceType.SpliceReader => null,
        _ => type is IArrayTypeSymbol ? OriginKind.Managed
            : isMemory ? OriginKind.Foreign
            : type is ITypeParameterSymbol && _summarizes ? OriginKind.Pages
            : null,
    };
}
