using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>Where the value of an expression is kept.</summary>
internal sealed class AccessPaths(BodyEvaluation body)
{
    /// <summary>The variable that a temporary stands for, where it stands for one.</summary>
    public AccessPath? CapturedVariable(IFlowCaptureReferenceOperation capture)
        => body.Function.OnlyCaptured(capture.Id) is { } captured && !Locations.IsLocation(captured) ? PathOf(captured) : null;

    /// <summary>The variable, field or temporary that the expression names.</summary>
    [MethodImpl(Hot.Path)]
    public AccessPath? PathOf(IOperation? operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation local:
                return (local.Local.RefKind == RefKind.None ? null : body.State.AliasOf(local.Local)) ?? new AccessPath(local.Local, "");
            case IParameterReferenceOperation parameter:
                return IsField(parameter.Parameter)
                    ? new AccessPath(AccessPath.This, "").Field(parameter.Parameter.Name) : new AccessPath(parameter.Parameter, "");
            case IFlowCaptureReferenceOperation capture:
                return new AccessPath(capture.Id, "");
            case IFieldReferenceOperation field:
                IFieldSymbol symbol = field.Field.CorrespondingTupleField ?? field.Field;
                return field.Field.IsStatic ? StaticPath(field.Field) : HolderOf(field.Instance)?.Field(symbol.Name);
            case IPropertyReferenceOperation { Arguments.IsEmpty: true } property when StoredMembers.FieldOf(property.Property) is { } stored:
                return property.Property.IsStatic ? StaticPath(property.Property) : HolderOf(property.Instance)?.Field(stored);
            case IConversionOperation { OperatorMethod: null } conversion:
                return PathOf(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return PathOf(parenthesized.Operand);
            case IDeclarationExpressionOperation declaration:
                return PathOf(declaration.Expression);
            case IInvocationOperation call when IsClone(call):
                return PathOf(call.Instance);
            default:
                return null;
        }
    }

    /// <summary>The copy that <c>with</c> makes of a record: a new object that holds what the old one does.</summary>
    public static bool IsClone(IInvocationOperation call) => call is { TargetMethod.Name: "<Clone>$", Instance: not null };

    /// <summary>A parameter of the primary constructor, in another member: a field without a declaration.</summary>
    [MethodImpl(Hot.Path)]
    public bool IsField(IParameterSymbol parameter)
        => parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
        && body.Owner is IMethodSymbol && !SymbolEqualityComparer.Default.Equals(constructor, body.Owner);

    private AccessPath? HolderOf(IOperation? instance) => instance switch
    {
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => new AccessPath(AccessPath.This, ""),
        _ => PathOf(instance),
    };

    private static AccessPath? StaticPath(ISymbol member) => new AccessPath(AccessPath.Statics, "").Field(StoredMembers.NameOf(member));
}
