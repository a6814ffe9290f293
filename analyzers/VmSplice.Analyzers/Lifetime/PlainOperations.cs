using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>Numbers among themselves: nothing in such an operation can reach memory. Each is looked at once.</summary>
internal sealed class PlainOperations
{
    private readonly Dictionary<IOperation, bool> _known = [];

    [MethodImpl(Hot.Path)]
    public bool Contains(IOperation operation)
    {
        if (!_known.TryGetValue(operation, out bool known))
        {
            _known.Add(operation, known = AreAllPlain(operation));
        }

        return known;
    }

    [MethodImpl(Hot.Path)]
    private static bool AreAllPlain(IOperation operation)
    {
        if (!IsPlain(operation))
        {
            return false;
        }

        foreach (IOperation child in operation.ChildOperations)
        {
            if (!AreAllPlain(child))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPlain(IOperation operation) => operation.Kind switch
    {
        OperationKind.Literal or OperationKind.ExpressionStatement => true,
        OperationKind.LocalReference when ((ILocalReferenceOperation)operation).Local.RefKind != RefKind.None => false,
        OperationKind.ParameterReference when ((IParameterReferenceOperation)operation).Parameter.RefKind != RefKind.None => false,
        OperationKind.LocalReference or OperationKind.ParameterReference or OperationKind.Binary or OperationKind.Unary or OperationKind.Conversion
            or OperationKind.Increment or OperationKind.Decrement or OperationKind.CompoundAssignment or OperationKind.SimpleAssignment =>
            operation.Type is { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double
                and not (SpecialType.System_Int64 or SpecialType.System_UInt64) },
        _ => false,
    };
}
