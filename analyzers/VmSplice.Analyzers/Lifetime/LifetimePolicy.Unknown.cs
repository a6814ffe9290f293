using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime;

/// <content>
/// Buffers that come from where this analysis does not look: an element of a collection, the result of an unknown
/// method, an <c>out</c> argument. Who else has one is not known, and nothing is claimed about it (no VMS2013); but the
/// variable that holds it is enough to tell "sent, then used".
/// </content>
internal sealed partial class LifetimePolicy
{
    /// <summary>Fields of locals that the body names, to be adopted with their holder.</summary>
    private readonly Dictionary<ILocalSymbol, List<(Place Place, ITypeSymbol Type)>> _fieldsOf = new(SymbolEqualityComparer.Default);

    /// <summary>Fields of objects that others may reach, and assign.</summary>
    private readonly HashSet<Place> _sharedFields = [];

    private void NoteField(ILocalSymbol local, Place place, IMemberReferenceOperation member)
    {
        if (!_context.Types.IsFollowed(SpliceTypes.Unwrap(member.Type)))
        {
            return;
        }

        if (!_fieldsOf.TryGetValue(local, out List<(Place, ITypeSymbol)>? known))
        {
            _fieldsOf.Add(local, known = []);
        }

        known.Add((place, member.Type!));
        if (IsInObject(member) && !_readOnlyPlaces.Contains(place))
        {
            _sharedFields.Add(place);
        }
    }

    private static bool IsInObject(IMemberReferenceOperation member)
    {
        for (IOperation? at = member; at is IMemberReferenceOperation { Instance: { } instance }; at = instance)
        {
            if (instance.Type is { IsReferenceType: true })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives what has just been stored an identity, where it has none.</summary>
    [MethodImpl(Hot.Path)]
    private void Adopt(Place place, ITypeSymbol? type, SyntaxNode site, IOperation? source)
    {
        if (_context.Types.IsFollowed(SpliceTypes.Unwrap(type)))
        {
            AdoptBuffer(place, type!, site);
        }
        else if (place is { Root: ILocalSymbol local, Path.Length: 0 } && _fieldsOf.TryGetValue(local, out List<(Place Place, ITypeSymbol Type)>? fields)
            && (source is null || PlaceOf(source) is not { } from || _state.Within(from).Count == 0))
        {
            foreach ((Place field, ITypeSymbol fieldType) in fields)
            {
                AdoptBuffer(field, fieldType, site);
            }
        }
    }

    [MethodImpl(Hot.Path)]
    private void AdoptBuffer(Place place, ITypeSymbol type, SyntaxNode site)
    {
        if (KindOf(type, isMemory: false) is { } kind)
        {
            bool isFrozen = _context.Types.Of(type) == SpliceType.FrozenPages;
            AdoptBuffer(place, kind, isFrozen ? OriginState.Alive.With(Condition.Frozen) : OriginState.Alive, site);
        }
    }

    [MethodImpl(Hot.Path)]
    private void AdoptBuffer(Place place, OriginKind kind, OriginState alive, SyntaxNode site)
    {
        if (_state.Get(place).Equals(Value.Unknown))
        {
            Origin origin = _origins.From(site, place, kind);
            _state.Renew(origin, alive);
            _state.Set(place, Value.Of(origin));
        }
    }

    /// <summary>Code that is not in sight ran: it may have the same objects, and have put other buffers into them.</summary>
    private void ForgetShared()
    {
        foreach (Place place in _sharedFields)
        {
            _state.Forget(place);
        }
    }

    /// <summary>The variables of a pattern hold what was tested, or a part of it.</summary>
    private void Bind(IPatternOperation pattern, Value value, Place? tested)
    {
        switch (pattern)
        {
            case IDeclarationPatternOperation declaration:
                BindVariable(declaration.DeclaredSymbol, value, declaration.Syntax);
                break;
            case IRecursivePatternOperation recursive:
                BindVariable(recursive.DeclaredSymbol, value, recursive.Syntax);
                for (int i = 0; i < recursive.DeconstructionSubpatterns.Length; i++)
                {
                    BindPart(recursive.DeconstructionSubpatterns[i], tested?.Field($"Item{i + 1}"));
                }

                foreach (IPropertySubpatternOperation property in recursive.PropertySubpatterns)
                {
                    BindPart(property.Pattern, property.Member is IMemberReferenceOperation member ? tested?.Field(member.Member.Name) : null);
                }

                break;
            case INegatedPatternOperation negated:
                Bind(negated.Pattern, value, tested);
                break;
            case IBinaryPatternOperation binary:
                Bind(binary.LeftPattern, value, tested);
                Bind(binary.RightPattern, value, tested);
                break;
        }
    }

    private void BindPart(IPatternOperation pattern, Place? part) => Bind(pattern, part is null ? Value.Unknown : _state.Get(part), part);

    private void BindVariable(ISymbol? variable, Value value, SyntaxNode site)
    {
        if (variable is ILocalSymbol local)
        {
            var place = new Place(local, "");
            Store(place, Carrier.Carries(local.Type) ? value : Value.Nothing, source: null);
            Adopt(place, local.Type, site, source: null);
        }
    }
}
