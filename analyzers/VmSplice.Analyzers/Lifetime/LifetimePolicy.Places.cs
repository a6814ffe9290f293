using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Lifetime;

/// <content>Where the value of an expression is kept.</content>
internal sealed partial class LifetimePolicy
{
    /// <summary>The variable, field or temporary that the expression names.</summary>
    [MethodImpl(Hot.Path)]
    private Place? PlaceOf(IOperation? operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation local:
                return _refLocals.TryGetValue(local.Local, out Place? target) ? target : new Place(local.Local, "");
            case IParameterReferenceOperation parameter:
                return IsField(parameter.Parameter) ? new Place(Place.This, "").Field(parameter.Parameter.Name) : new Place(parameter.Parameter, "");
            case IFlowCaptureReferenceOperation capture:
                return new Place(capture.Id, "");
            case IFieldReferenceOperation field:
                IFieldSymbol symbol = field.Field.CorrespondingTupleField ?? field.Field;
                return field.Field.IsStatic ? StaticPlace(field.Field) : HolderOf(field.Instance)?.Field(symbol.Name);
            case IPropertyReferenceOperation { Arguments.IsEmpty: true } property when StoredMembers.FieldOf(property.Property) is { } stored:
                return property.Property.IsStatic ? StaticPlace(property.Property) : HolderOf(property.Instance)?.Field(stored);
            case IConversionOperation { OperatorMethod: null } conversion:
                return PlaceOf(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return PlaceOf(parenthesized.Operand);
            case IDeclarationExpressionOperation declaration:
                return PlaceOf(declaration.Expression);
            default:
                return null;
        }
    }

    /// <summary>A parameter of the primary constructor, in another member: a field without a declaration.</summary>
    [MethodImpl(Hot.Path)]
    private bool IsField(IParameterSymbol parameter)
        => parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
        && Owner is IMethodSymbol && !SymbolEqualityComparer.Default.Equals(constructor, Owner);

    [MethodImpl(Hot.Path)]
    private Place? HolderOf(IOperation? instance) => instance switch
    {
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => new Place(Place.This, ""),
        _ => PlaceOf(instance),
    };

    private static Place? StaticPlace(ISymbol member) => new Place(Place.Statics, "").Field(StoredMembers.NameOf(member));
}
