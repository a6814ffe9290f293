using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>A condition narrows the value of a variable, of a part of one, or of the number of its elements.</summary>
internal sealed class ValueRefinement(Evaluator evaluator)
{
    public void Refine(IOperation target, Func<Number, Number> refine, ValueState state)
    {
        target = Operand.Unwrap(target);
        switch (target)
        {
            case ILocalReferenceOperation { Local: var local } when evaluator.Eval(target, state) is Scalar scalar:
                state[local] = new Scalar(refine(scalar.Number), scalar.Provenance);
                break;
            case IParameterReferenceOperation { Parameter: var parameter } when evaluator.Eval(target, state) is Scalar scalar:
                state[parameter] = new Scalar(refine(scalar.Number), scalar.Provenance);
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.IsEmpty: true }
                when target is IMemberReferenceOperation part && evaluator.Aggregates.Read(part, state) is Scalar scalar:
                evaluator.Aggregates.TryWrite(part, new Scalar(refine(scalar.Number), scalar.Provenance), state);
                break;
            case IPropertyReferenceOperation { Property.Name: "Length" or "Count", Instance: { } owner }:
                evaluator.Counts.Refine(owner, refine, state);
                break;
            case IFlowCaptureReferenceOperation capture:
                if (state[capture.Id] is Scalar temporary)
                {
                    state[capture.Id] = new Scalar(refine(temporary.Number), temporary.Provenance);
                }

                // A switch tests a temporary; what it is of is tested with it.
                if (evaluator.Captured(capture.Id) is { } captured && Operand.Unwrap(captured) is not IFlowCaptureReferenceOperation)
                {
                    Refine(captured, refine, state);
                }

                break;
        }
    }
}
