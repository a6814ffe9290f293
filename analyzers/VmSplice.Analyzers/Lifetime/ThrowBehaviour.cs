using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Ownership;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// What an exception leaves behind. A transfer that fails at the pipe, or is cancelled, has taken the buffer: a <c>catch</c> of that finds
/// it gone. One of anything else may find it as it was: a wrong argument takes nothing.
/// </summary>
internal sealed class ThrowBehaviour(LifetimeContext shared, CancellationToken cancellation)
{
    private readonly MemoryOnlyOperations _memoryOnly = new(shared);

    public bool MayThrowBefore(IOperation operation, ITypeSymbol? caught)
        => !IsQuiet(operation) && !(IsFailureOfPipe(caught) && (TransfersFirst(operation) || _memoryOnly.Contains(operation)));

    /// <summary>Whether the operation may throw that at all: a failure of the pipe comes from no work on memory.</summary>
    public bool MayThrow(IOperation operation, ITypeSymbol? caught) => !(IsFailureOfPipe(caught) && _memoryOnly.Contains(operation));

    /// <summary>What a transfer throws that has taken its buffer.</summary>
    public static bool IsFailureOfPipe(ITypeSymbol? caught)
    {
        for (; caught is not null; caught = caught.BaseType)
        {
            if (caught is { Name: "IOException", ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" } }
                or { Name: "OperationCanceledException", ContainingNamespace.Name: "System" })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A call that gives a buffer away, and before it nothing that throws.</summary>
    private bool TransfersFirst(IOperation operation)
    {
        switch (operation)
        {
            case IExpressionStatementOperation statement:
                return TransfersFirst(statement.Operation);
            case IAwaitOperation await:
                return TransfersFirst(await.Operation);
            case IConversionOperation { OperatorMethod: null } conversion:
                return TransfersFirst(conversion.Operand);
            case IUnaryOperation { OperatorMethod: null } unary:
                return TransfersFirst(unary.Operand);
            case ISimpleAssignmentOperation assignment:
                return ThrowsNothingOfPipe(assignment.Target) && TransfersFirst(assignment.Value);
            case IFlowCaptureOperation capture:
                return TransfersFirst(capture.Value);
            case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask", Instance: { } task }:
                return TransfersFirst(task);
            case IInvocationOperation call:
                return (call.Instance is null || ThrowsNothingOfPipe(call.Instance)) && call.Arguments.All(one => ThrowsNothingOfPipe(one.Value))
                    && call.Arguments.Any(one => TakesOver(call, one));
            default:
                return false;
        }
    }

    private bool TakesOver(IInvocationOperation call, IArgumentOperation argument)
    {
        if (argument.Parameter is not { } parameter)
        {
            return false;
        }

        if (RuntimeNamespace.Holds(call.TargetMethod))
        {
            return shared.SurfaceOf(call.TargetMethod).EffectOn(parameter) == ParameterEffect.Consumes;
        }

        return shared.Types.IsFollowed(argument.Value.Type)
            && (shared.Annotations.Of(parameter) == ParameterEffect.Consumes
                || IsTakenFirst(call.TargetMethod, ExtensionMembers.OrdinalOf(parameter)));
    }

    private bool IsTakenFirst(IMethodSymbol method, int ordinal)
        => shared.Summaries.Of(method, cancellation) is { } summary && ordinal < summary.Parameters.Count && summary.Parameters[ordinal].IsTakenFirst;

    /// <summary>The parameters that the first call of a body takes; what checks arguments before it throws nothing of the pipe's.</summary>
    public HashSet<int> TakenFirst(ControlFlowGraph graph)
    {
        for (BasicBlock? block = graph.Blocks[0]; block is not null; block = block.ConditionalSuccessor is null
            ? block.FallThroughSuccessor?.Destination : null)
        {
            foreach (IOperation operation in block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations)
            {
                if (IsQuiet(operation) || IsCheck(operation) || _memoryOnly.Contains(operation))
                {
                    continue;
                }

                if (TransfersFirst(operation) && CallIn(operation) is { } call)
                {
                    return [.. call.Arguments
                        .Where(argument => TakesOver(call, argument))
                        .Select(argument => Operand.Unwrap(argument.Value))
                        .OfType<IParameterReferenceOperation>()
                        .Select(reference => ExtensionMembers.OrdinalOf(reference.Parameter))];
                }

                return [];
            }
        }

        return [];
    }

    private static bool IsCheck(IOperation operation)
        => operation is IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { IsStatic: true } called } }
        && LibraryModel.Declares(called) && called.Name.StartsWith("ThrowIf", StringComparison.Ordinal);

    private static IInvocationOperation? CallIn(IOperation operation)
        => operation.DescendantsAndSelf().OfType<IInvocationOperation>().FirstOrDefault(call => call.TargetMethod.Name is not ("ConfigureAwait" or "AsTask"));

    private bool ThrowsNothingOfPipe(IOperation operation) => IsRead(operation) || _memoryOnly.Contains(operation);

    /// <summary>Variables, and properties of them: what there is to throw there is the mistake of another line.</summary>
    private static bool IsRead(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => property.Instance is null || IsRead(property.Instance),
        _ => (operation is ICollectionExpressionOperation || IsQuietPart(operation)) && operation.ChildOperations.All(IsRead),
    };

    [MethodImpl(Hot.Path)]
    private static bool IsQuiet(IOperation operation)
    {
        if (!IsQuietPart(operation))
        {
            return false;
        }

        foreach (IOperation child in operation.ChildOperations)
        {
            if (!IsQuiet(child))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsQuietPart(IOperation operation) => operation switch
    {
        ILiteralOperation or IDefaultValueOperation or IExpressionStatementOperation or IInstanceReferenceOperation or ILocalReferenceOperation
            or IParameterReferenceOperation or IFlowCaptureOperation or IFlowCaptureReferenceOperation or ISimpleAssignmentOperation => true,
        IFieldReferenceOperation field => field.Instance is null or IInstanceReferenceOperation,
        IConversionOperation conversion => conversion is { OperatorMethod: null, IsChecked: false }
            && (conversion.Conversion.IsImplicit || conversion.Conversion.IsNumeric),
        IBinaryOperation binary => binary
            is { OperatorMethod: null, IsChecked: false, OperatorKind: not (BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder) },
        IUnaryOperation unary => unary is { OperatorMethod: null, IsChecked: false },
        IIncrementOrDecrementOperation increment => increment is { OperatorMethod: null, IsChecked: false },
        _ => false,
    };
}
