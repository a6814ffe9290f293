using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// Operations that work on memory and variables alone. They may throw, for an index or a null, but not what a pipe or a cancellation throws:
/// <c>buffer.Dispose()</c>, <c>count++</c>, <c>span[i] = x</c>.
/// </summary>
internal sealed class MemoryOnlyOperations(LifetimeContext shared)
{
    private readonly Dictionary<IOperation, bool> _known = [];

    public bool Contains(IOperation operation)
    {
        if (!_known.TryGetValue(operation, out bool known))
        {
            _known.Add(operation, known = IsSuch(operation));
        }

        return known;
    }

    private bool IsSuch(IOperation operation)
    {
        if (!IsSuchPart(operation))
        {
            return false;
        }

        foreach (IOperation child in operation.ChildOperations)
        {
            if (!IsSuch(child))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsSuchPart(IOperation operation) => operation switch
    {
        ILiteralOperation or IDefaultValueOperation or IExpressionStatementOperation or IInstanceReferenceOperation or ILocalReferenceOperation
            or IParameterReferenceOperation or IFlowCaptureOperation or IFlowCaptureReferenceOperation or ISimpleAssignmentOperation
            or IFieldReferenceOperation or IArrayElementReferenceOperation or IArgumentOperation or ISizeOfOperation or IIsNullOperation
            or IConditionalOperation or IVariableDeclarationGroupOperation or IVariableDeclarationOperation or IVariableDeclaratorOperation
            or IVariableInitializerOperation or IDiscardOperation or IIsTypeOperation or IRangeOperation => true,
        IConversionOperation conversion => conversion.OperatorMethod is null || IsOfMemory(conversion.OperatorMethod),
        IBinaryOperation binary => binary.OperatorMethod is null || IsOfMemory(binary.OperatorMethod),
        IUnaryOperation unary => unary.OperatorMethod is null || IsOfMemory(unary.OperatorMethod),
        ICompoundAssignmentOperation compound => compound.OperatorMethod is null || IsOfMemory(compound.OperatorMethod),
        IIncrementOrDecrementOperation increment => increment.OperatorMethod is null,
        IPropertyReferenceOperation property => IsOfMemory(property.Property) || IsStored(property.Property),
        IImplicitIndexerReferenceOperation element => IsOfMemory(element.IndexerSymbol),
        IInvocationOperation call => IsOfMemory(call.TargetMethod) || (call.TargetMethod.Name == "Dispose" && IsBuffer(call.Instance)),
        _ => false,
    };

    private static bool IsStored(IPropertySymbol property) => !property.DeclaringSyntaxReferences.IsEmpty && StoredProperties.FieldOf(property) is not null;

    /// <summary>A buffer with its views; a writer or a reader of records may send or receive when it is asked or ends.</summary>
    private bool IsBuffer(IOperation? instance)
        => instance is not null && shared.Types.Of(RuntimeSymbols.Unwrap(Operand.Unwrap(instance).Type)) is SpliceType.PageBuffer or SpliceType.FrozenPages;

    private bool IsOfMemory(ISymbol member)
    {
        if (shared.Types.Of(member.ContainingType) is SpliceType.PageBuffer or SpliceType.FrozenPages or SpliceType.SegmentView)
        {
            return member is IPropertySymbol;
        }

        return member.ContainingType is { ContainingNamespace: { } space } type && space.ToDisplayString() switch
        {
            "System" => type.Name is "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "MemoryExtensions" or "Math" or "MathF" or "BitConverter"
                or "Index" or "Range" or "Nullable" or "TimeSpan" or "DateTime" or "DateTimeOffset" or "Guid" or "String"
                || type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_Double
                || (type.Name.StartsWith("Argument", StringComparison.Ordinal) && member.Name.StartsWith("ThrowIf", StringComparison.Ordinal)),
            "System.Buffers.Binary" or "System.Numerics" => true,
            "System.Threading" => type.Name is "Interlocked" or "Volatile",
            "System.Diagnostics" => type.Name == "Stopwatch",
            "System.Collections.Generic" => type.TypeKind != TypeKind.Interface && type.Name is "List" or "Queue" or "Stack" or "Dictionary" or "HashSet",
            _ => false,
        };
    }
}
