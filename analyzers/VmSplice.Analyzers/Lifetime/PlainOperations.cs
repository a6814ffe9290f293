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

    [MethodImpl(Hot.Path)]
    private static bool IsPlain(IOperation operation) => operation switch
    {
        ILiteralOperation or IExpressionStatementOperation => true,
        ILocalReferenceOperation { Local.RefKind: RefKind.None } or IParameterReferenceOperation { Parameter.RefKind: RefKind.None }
            or IBinaryOperation or IUnaryOperation or IConversionOperation or IIncrementOrDecrementOperation or ICompoundAssignmentOperation or ISimpleAssignmentOperation =>
            operation.Type is { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double and not (SpecialType.System_Int64 or SpecialType.System_UInt64) },
        _ => false,
    };
}
