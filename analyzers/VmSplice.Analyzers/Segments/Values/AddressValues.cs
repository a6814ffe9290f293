using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>What the address of something is.</summary>
internal sealed class AddressValues(Evaluator evaluator)
{
    /// <summary>The list that a segment passed by reference begins.</summary>
    public Value? ByReference(IOperation operation, ValueState state) => TypeValues.IsSegment(operation.Type) ? AddressOf(operation, state) : null;

    public Value? AddressOf(IOperation reference, ValueState state)
    {
        if (TypeValues.IsSegment(reference.Type))
        {
            (object? cell, Number index) = evaluator.Locations.CellAndIndex(reference, state);
            return new SegmentWindow(cell, index, Number.Unknown);
        }

        switch (reference)
        {
            case IArrayElementReferenceOperation element:
                return ListValues.AddressOf(evaluator.Eval(element.ArrayReference, state), evaluator.Index(element.Indices, state), element.Type);
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1 } indexer:
                return ListValues.AddressOf(evaluator.Eval(indexer.Instance, state), evaluator.Eval(indexer.Arguments[0].Value, state) as Scalar, indexer.Type);
            case { Kind: OperationKind.None }:
                (Value? list, Scalar? index) = evaluator.Locations.PointerElement(reference, state);
                return ListValues.AddressOf(list, index, reference.Type);
            case ILocalReferenceOperation local:
                // Whoever has the address may write through it.
                Evaluator.Store(local.Local, local.Type, null, state);
                return new Scalar(Number.Unknown, new Provenance(local.Local, Number.Constant(0)));
            default:
                evaluator.Eval(reference, state);
                return new Scalar(Number.Unknown);
        }
    }
}
