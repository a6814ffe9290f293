using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>Where a segment is kept: the variable, or the element of a list.</summary>
internal sealed class SegmentLocations(Evaluator evaluator)
{
    // The variable, or the element of a list, that a segment is in.
    public (object? Cell, Number Index) CellAndIndex(IOperation? owner, ValueState state)
    {
        switch (owner)
        {
            case ILocalReferenceOperation local when TypeValues.IsSegment(local.Type):
                return (local.Local, Number.Constant(0));
            case IParameterReferenceOperation parameter when TypeValues.IsSegment(parameter.Type):
                return (parameter.Parameter, Number.Constant(0));
            case IFlowCaptureReferenceOperation reference when TypeValues.IsSegment(reference.Type):
                return evaluator.Captured(reference.Id) is { } captured
                    && captured is ILocalReferenceOperation or IArrayElementReferenceOperation or IPropertyReferenceOperation
                    ? CellAndIndex(captured, state)
                    : (reference.Id, Number.Constant(0));
            case IArrayElementReferenceOperation element:
                return ListValues.InWindow(evaluator.Eval(element.ArrayReference, state), evaluator.Index(element.Indices, state));
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1 } indexer:
                return ListValues.InWindow(evaluator.Eval(indexer.Instance, state), evaluator.Eval(indexer.Arguments[0].Value, state) as Scalar);
            case { Kind: OperationKind.None }:
                (Value? list, Scalar? index) = PointerElement(owner, state);
                return ListValues.InWindow(list, index);
            // p->part: the pointer itself.
            case not null when owner.Type is IPointerTypeSymbol:
                return ListValues.InWindow(evaluator.Eval(owner, state), new Scalar(Number.Constant(0)));
            default:
                return default;
        }
    }

    public (Value? List, Scalar? Index) PointerElement(IOperation element, ValueState state)
    {
        IOperation[] children = element.ChildOperations.ToArray();
        return children.Length switch
        {
            1 when children[0].Kind == OperationKind.None => PointerElement(children[0], state),
            1 => (evaluator.Eval(children[0], state), new Scalar(Number.Constant(0))),
            2 => (evaluator.Eval(children[0], state), evaluator.Eval(children[1], state) as Scalar),
            _ => default,
        };
    }

    // p->part and p[i].part: what is dereferenced is a child without a name.
    public static IOperation? Owner(IOperation member, IOperation? instance) => instance ?? member.ChildOperations.FirstOrDefault();

    public Scalar? Part(IOperation? owner, ISymbol part, SegmentType shape, ValueState state)
    {
        (object? cell, Number index) = CellAndIndex(owner, state);
        Segment? segment = cell is null ? null : state.TryCell(cell).At(index);
        return SymbolEqualityComparer.Default.Equals(part, shape.Address) ? segment?.Address
            : SymbolEqualityComparer.Default.Equals(part, shape.Length) ? segment?.Length
            : null;
    }
}
