using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <content>What leaves the hands of this body: to somebody who may keep it, or into something that holds it.</content>
internal sealed partial class LifetimePolicy
{
    /// <summary>The buffer, and all that is held in what is passed, may be kept by somebody else.</summary>
    [MethodImpl(Hot.Path)]
    private void Escape(IOperation? operation, Value value)
    {
        Escape(value);
        if (operation is not null)
        {
            EscapeWithin(operation);
            EscapeFunction(value);
        }
    }

    [MethodImpl(Hot.Path)]
    private void EscapeWithin(IOperation operation)
    {
        if (PlaceOf(operation) is { } holder)
        {
            foreach (KeyValuePair<Place, Value> field in _state.Within(holder))
            {
                Escape(field.Value);
                if (operation.Type is { IsReferenceType: true })
                {
                    _state.Forget(field.Key);
                }
            }
        }
        else if (Operand.Peel(operation) is ITupleOperation tuple)
        {
            foreach (IOperation element in tuple.Elements)
            {
                if (_elements.TryGetValue(element, out Value? value))
                {
                    Escape(value);
                }
            }
        }
    }

    private bool HoldsBuffers(IOperation operation) => PlaceOf(operation) is { } holder && _state.Within(holder).Count > 0;

    private void StoredIn(Value value, SyntaxNode node, Place? collection)
    {
        foreach (Reference reference in value.References)
        {
            if (reference.Origin.Kind == OriginKind.Pages)
            {
                Keep(reference.Origin, node, collection);
            }
        }

        Escape(value);
    }

    /// <summary>Something that outlasts this statement holds the buffer from here on.</summary>
    private void Keep(Origin origin, SyntaxNode node, Place? collection)
    {
        OriginState before = _state.Get(origin);
        _stores[origin] = (node, collection);
        if ((before.Fate & HandedOver) != 0)
        {
            _keptAfterAll.Add(origin);
        }

        _state.Set(origin, before.Touch(Condition.None, Condition.Kept));
    }
}
