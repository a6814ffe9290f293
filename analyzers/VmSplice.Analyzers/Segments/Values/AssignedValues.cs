using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>Assignments: what is written, and where.</summary>
internal sealed class AssignedValues(Evaluator evaluator)
{
    public Value? Assign(ISimpleAssignmentOperation assignment, ValueState state)
    {
        evaluator.Counts.Share(Operand.Unwrap(assignment.Value), state);
        Value? value = TypeValues.Convert(evaluator.Eval(assignment.Value, state), assignment.Target.Type ?? assignment.Value.Type);
        if (assignment.IsRef)
        {
            Forget(assignment.Target, state);
            return value;
        }

        Write(assignment.Target, value, assignment.Value.Syntax, state);
        return value;
    }

    public Value? Compound(ICompoundAssignmentOperation compound, ValueState state)
    {
        Value? old = evaluator.Eval(compound.Target, state);
        Value? value = TypeValues.Convert(
            Arithmetic.Binary(compound.OperatorKind, old, evaluator.Eval(compound.Value, state), compound.Target.Type, compound.Value.Type),
            compound.Target.Type);
        Write(compound.Target, value, compound.Syntax, state);
        return value;
    }

    public Value? Increment(IIncrementOrDecrementOperation step, ValueState state)
    {
        Value? old = evaluator.Eval(step.Target, state);
        BinaryOperatorKind kind = step.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
        Value? value = TypeValues.Convert(Arithmetic.Binary(kind, old, new Scalar(Number.Constant(1)), step.Target.Type, null), step.Target.Type);
        Write(step.Target, value, step.Syntax, state);
        return step.IsPostfix ? old : value;
    }

    /// <summary><c>(a, b) = (b, a)</c>: all are read before any is written. False where the target is no tuple.</summary>
    public bool Deconstruct(IDeconstructionAssignmentOperation deconstruction, ValueState state)
    {
        if (TupleOf(deconstruction.Target) is not { } targets)
        {
            return false;
        }

        List<(IOperation Target, Value? Value, SyntaxNode Syntax)> writes = [];
        Read(targets, deconstruction.Value, state, writes);
        foreach ((IOperation target, Value? value, SyntaxNode syntax) in writes)
        {
            Write(target, TypeValues.Convert(value, target.Type), syntax, state);
        }

        return true;
    }

    private void Read(ITupleOperation targets, IOperation source, ValueState state, List<(IOperation Target, Value? Value, SyntaxNode Syntax)> writes)
    {
        if (TupleOf(source) is not { } parts || parts.Elements.Length != targets.Elements.Length)
        {
            Read(targets, source.Type, evaluator.Eval(source, state) as Aggregate, source.Syntax, writes);
            return;
        }

        for (int i = 0; i < parts.Elements.Length; i++)
        {
            if (TupleOf(targets.Elements[i]) is { } inner)
            {
                Read(inner, parts.Elements[i], state, writes);
            }
            else
            {
                writes.Add((targets.Elements[i], evaluator.Eval(parts.Elements[i], state), parts.Elements[i].Syntax));
            }
        }
    }

    /// <summary><c>var (a, b) = pair</c>, <c>= Pair()</c>, the parts of a record.</summary>
    private static void Read(ITupleOperation targets, ITypeSymbol? type, Aggregate? value, SyntaxNode syntax,
        List<(IOperation Target, Value? Value, SyntaxNode Syntax)> writes)
    {
        IReadOnlyList<(string Name, ITypeSymbol Type)>? parts = DeconstructedParts.Of(type, targets.Elements.Length);
        for (int i = 0; i < targets.Elements.Length; i++)
        {
            Value? part = parts is null ? null : value?[parts[i].Name];
            if (TupleOf(targets.Elements[i]) is { } inner)
            {
                Read(inner, parts?[i].Type, part as Aggregate, syntax, writes);
            }
            else
            {
                writes.Add((targets.Elements[i], part, syntax));
            }
        }
    }

    private static ITupleOperation? TupleOf(IOperation operation)
        => Operand.Unwrap(operation is IDeclarationExpressionOperation declaration ? declaration.Expression : operation) as ITupleOperation;

    public void Write(IOperation target, Value? value, SyntaxNode syntax, ValueState state)
    {
        switch (target)
        {
            case IParenthesizedOperation parenthesized:
                Write(parenthesized.Operand, value, syntax, state);
                break;
            case IDeclarationExpressionOperation declaration:
                Write(declaration.Expression, value, syntax, state);
                break;
            case ILocalReferenceOperation local:
                Evaluator.Store(local.Local, local.Type, value, state);
                evaluator.Assigned?.Invoke(local.Local, value);
                break;
            case IParameterReferenceOperation parameter:
                Evaluator.Store(parameter.Parameter, parameter.Type, value, state);
                break;
            case IFlowCaptureReferenceOperation reference:
                if (evaluator.Captured(reference.Id) is { } captured && captured is not IFlowCaptureReferenceOperation
                    and (IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation or ILocalReferenceOperation
                        or IParameterReferenceOperation))
                {
                    Write(captured, value, syntax, state);
                }
                break;
            case IMemberReferenceOperation { Instance: var instance } member
                when SegmentType.Of(member.Member.ContainingType) is { } shape && TypeValues.IsSegment(member.Member.ContainingType):
                WritePart(SegmentLocations.Owner(member, instance), member.Member, shape, value as Scalar, syntax, state);
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.IsEmpty: true }
                when FieldPlace.Of(target) is { } place && !TypeValues.IsSegment(target.Type):
                state[place] = value;
                state[new CountOf(place)] = null;
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.IsEmpty: true }
                when evaluator.Aggregates.TryWrite((IMemberReferenceOperation)target, value, state):
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.IsEmpty: true }:
                // Another object's, which may be this one.
                state.ForgetFields();
                evaluator.Aggregates.Forget(target, state);
                break;
            case IArrayElementReferenceOperation element:
                WriteElement(evaluator.Eval(element.ArrayReference, state), evaluator.Index(element.Indices, state), value, state);
                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1 } indexer:
                WriteElement(evaluator.Eval(indexer.Instance, state), evaluator.Eval(indexer.Arguments[0].Value, state) as Scalar, value, state);
                break;
            case { Kind: OperationKind.None, Syntax: ElementAccessExpressionSyntax or PrefixUnaryExpressionSyntax }:
                (Value? list, Scalar? index) = evaluator.Locations.PointerElement(target, state);
                WriteElement(list, index, value, state);
                break;
            case IDiscardOperation:
                break;
            default:
                Forget(target, state);
                break;
        }
    }

    private void WritePart(IOperation? owner, ISymbol part, SegmentType shape, Scalar? value, SyntaxNode syntax, ValueState state)
    {
        (object? cell, Number index) = evaluator.Locations.CellAndIndex(owner, state);
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

    private static void WriteElement(Value? list, Scalar? index, Value? value, ValueState state)
    {
        (object? cell, Number at) = ListValues.InWindow(list, index);
        if (cell is not null)
        {
            state.SetCell(cell, state.TryCell(cell).With(at, value as Segment));
        }
    }

    /// <summary>What is written by someone else, or in a way that is not followed.</summary>
    public void Forget(IOperation? target, ValueState state)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                Evaluator.Store(local.Local, local.Type, null, state);
                break;
            case IParameterReferenceOperation parameter:
                Evaluator.Store(parameter.Parameter, parameter.Type, null, state);
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.IsEmpty: true }:
                state.ForgetFields();
                evaluator.Aggregates.Forget(target, state);
                break;
            case IDeclarationExpressionOperation or ITupleOperation or IParenthesizedOperation or IConversionOperation:
                foreach (IOperation child in target.ChildOperations)
                {
                    Forget(child, state);
                }

                break;
            case IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true } or { Kind: OperationKind.None }:
                if (evaluator.Locations.CellAndIndex(target, state).Cell is { } cell)
                {
                    state.SetCell(cell, SegmentCell.Lost);
                }

                break;
        }
    }
}
