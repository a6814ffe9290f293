using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>Conditions on the result of a call: a raw call that failed or accepted nothing gave nothing away.</summary>
internal sealed class ResultConditions(BodyEvaluation body)
{
    public bool Assume(IOperation measured, PatternRange range)
    {
        if (range is { IsEmpty: false, High: <= 0 } && CallOf(measured) is { } call)
        {
            body.Calls.RawCalls.Revert(call);
        }

        return true;
    }

    private OwnershipEvent? CallOf(IOperation measured)
    {
        IOperation unwrapped = Operand.Unwrap(measured);
        return unwrapped is ISimpleAssignmentOperation assignment ? body.Calls.RawCalls.ResultOf(assignment.Value)
            : unwrapped is IFlowCaptureReferenceOperation capture && body.Function.OnlyCaptured(capture.Id) is { } captured
            ? body.Calls.RawCalls.ResultOf(captured)
            : body.Calls.RawCalls.ResultOf(unwrapped);
    }
}
