using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

internal sealed partial class Evaluator
{
    private Value? Assign(ISimpleAssignmentOperation assignment, ValueState state)
    {
        Value? value = Coerce(Eval(assignment.Value, state), assignment.Target.Type ?? assignment.Value.Type);
        if (assignment.IsRef)
        {
            Forget(assignment.Target, state);
            return value;
        }

        Write(assignment.Target, value, assignment.Value.Syntax, state);
        return value;
    }

    private Value? Compound(ICompoundAssignmentOperation compound, ValueState state)
    {
        Value? old = Eval(compound.Target, state);
        Value? value = Coerce(
            Arithmetic(compound.OperatorKind, old, Eval(compound.Value, state), compound.Target.Type, compound.Value.Type), compound.Target.Type);
        Write(compound.Target, value, compound.Syntax, state);
        return value;
    }

    private Value? Increment(IIncrementOrDecrementOperation step, ValueState state)
    {
        Value? old = Eval(step.Target, state);
        BinaryOperatorKind kind = step.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
        Value? value = Coerce(Arithmetic(kind, old, new Scalar(Number.Constant(1)), step.Target.Type, null), step.Target.Type);
        Write(step.Target, value, step.Syntax, state);
        return step.IsPostfix ? old : value;
    }

    private void Write(IOperation target, Value? value, SyntaxNode syntax, ValueState state)
    {
        switch (target)
        {
            case IParenthesizedOperation parenthesized:
                Write(parenthesized.Operand, value, syntax, state);
                break;
            case ILocalReferenceOperation local:
                Store(local.Local, local.Type, value, state);
                break;
            case IParameterReferenceOperation parameter:
                Store(parameter.Parameter, parameter.Type, value, state);
                break;
            case IFlowCaptureReferenceOperation reference:
                if (_captured.TryGetValue(reference.Id, out IOperation? captured) && captured is not IFlowCaptureReferenceOperation
                    and (IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation))
                {
                    Write(captured, value, syntax, state);
                }

                break;
            case IMemberReferenceOperation { Instance: var instance } member when SegmentType.Of(member.Member.ContainingType) is { } shape && IsSegment(member.Member.ContainingType):
                WritePart(Owner(member, instance), member.Member, shape, value as Scalar, syntax, state);
                break;
            case IArrayElementReferenceOperation element:
                WriteElement(Eval(element.ArrayReference, state), Index(element.Indices, state), value, state);
                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1 } indexer:
                WriteElement(Eval(indexer.Instance, state), Eval(indexer.Arguments[0].Value, state) as Scalar, value, state);
                break;
            case { Kind: OperationKind.None, Syntax: ElementAccessExpressionSyntax or PrefixUnaryExpressionSyntax }:
                (Value? list, Scalar? index) = PointerElement(target, state);
                WriteElement(list, index, value, state);
                break;
            case IDiscardOperation or IFieldReferenceOperation:
                break;
            default:
                Forget(target, state);
                break;
        }
    }

    // p->part and p[i].part: what is dereferenced is a child without a name.
    private static IOperation? Owner(IOperation member, IOperation? instance) => instance ?? member.ChildOperations.FirstOrDefault();

    private void WritePart(IOperation? owner, ISymbol part, SegmentType shape, Scalar? value, SyntaxNode syntax, ValueState state)
    {
        (object? cell, Number index) = CellAndIndex(owner, state);
        if (cell is null)
        {
            return;
        }

        SegmentCell known = state.TryCell(cell);
        Segment segment = known.At(index) ?? (index.Exact is not null || known.Rest is null ? new Segment(null, null, null, null) : known.Rest);
        segment = SymbolEqualityComparer.Default.Equals(part, shape.Address) ? segment.WithAddress(value, syntax)
            : SymbolEqualityComparer.Default.Equals(part, shape.Length) ? segment.WithLength(value, syntax)
            : segment;
        state.SetCell(cell, known.Replace(index, segment));
    }

    // The variable, or the element of a list, that a segment is in.
    private (object? Cell, Number Index) CellAndIndex(IOperation? owner, ValueState state)
    {
        switch (owner)
        {
            case ILocalReferenceOperation local when IsSegment(local.Type):
                return (local.Local, Number.Constant(0));
            case IParameterReferenceOperation parameter when IsSegment(parameter.Type):
                return (parameter.Parameter, Number.Constant(0));
            case IFlowCaptureReferenceOperation reference when IsSegment(reference.Type):
                return _captured.TryGetValue(reference.Id, out IOperation? captured)
                    && captured is ILocalReferenceOperation or IArrayElementReferenceOperation or IPropertyReferenceOperation
                    ? CellAndIndex(captured, state)
                    : (reference.Id, Number.Constant(0));
            case IArrayElementReferenceOperation element:
                return InWindow(Eval(element.ArrayReference, state), Index(element.Indices, state));
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1 } indexer:
                return InWindow(Eval(indexer.Instance, state), Eval(indexer.Arguments[0].Value, state) as Scalar);
            case { Kind: OperationKind.None }:
                (Value? list, Scalar? index) = PointerElement(owner, state);
                return InWindow(list, index);
            // p->part: the pointer itself.
            case not null when owner.Type is IPointerTypeSymbol:
                return InWindow(Eval(owner, state), new Scalar(Number.Constant(0)));
            default:
                return default;
        }
    }

    private (Value? List, Scalar? Index) PointerElement(IOperation element, ValueState state)
    {
        IOperation[] children = element.ChildOperations.ToArray();
        return children.Length switch
        {
            1 when children[0].Kind == OperationKind.None => PointerElement(children[0], state),
            1 => (Eval(children[0], state), new Scalar(Number.Constant(0))),
            2 => (Eval(children[0], state), Eval(children[1], state) as Scalar),
            _ => default,
        };
    }

    private static (object? Cell, Number Index) InWindow(Value? list, Scalar? index)
        => list is SegmentWindow { Cell: { } cell } window ? (cell, window.Start + (index?.Number ?? Number.Unknown)) : default;

    private static void WriteElement(Value? list, Scalar? index, Value? value, ValueState state)
    {
        (object? cell, Number at) = InWindow(list, index);
        if (cell is not null)
        {
            state.SetCell(cell, state.TryCell(cell).With(at, value as Segment));
        }
    }

    /// <summary>What is written by someone else, or in a way that is not followed.</summary>
    private void Forget(IOperation? target, ValueState state)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                Store(local.Local, local.Type, null, state);
                break;
            case IParameterReferenceOperation parameter:
                Store(parameter.Parameter, parameter.Type, null, state);
                break;
            case IDeclarationExpressionOperation or ITupleOperation or IParenthesizedOperation or IConversionOperation:
                foreach (IOperation child in target.ChildOperations)
                {
                    Forget(child, state);
                }

                break;
            case IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true } or { Kind: OperationKind.None }:
                if (CellAndIndex(target, state).Cell is { } cell)
                {
                    state.SetCell(cell, SegmentCell.Lost);
                }

                break;
        }
    }
}
