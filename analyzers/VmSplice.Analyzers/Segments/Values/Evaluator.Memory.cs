using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

internal sealed partial class Evaluator
{
    private static Value? Arithmetic(BinaryOperatorKind kind, Value? left, Value? right, ITypeSymbol? leftType, ITypeSymbol? rightType)
    {
        if (left is SegmentWindow window && right is Scalar steps && kind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract)
        {
            return new SegmentWindow(window.Cell, window.Start + (kind == BinaryOperatorKind.Add ? steps.Number : -steps.Number), Number.Unknown);
        }

        if (left is not Scalar first || right is not Scalar second)
        {
            return null;
        }

        (Number a, Number b) = (first.Number, second.Number);
        // Pointers move by elements.
        if (leftType is IPointerTypeSymbol pointer && rightType is not IPointerTypeSymbol)
        {
            b *= Size(pointer.PointedAtType);
        }
        else if (rightType is IPointerTypeSymbol other && leftType is not IPointerTypeSymbol)
        {
            a *= Size(other.PointedAtType);
        }

        switch (kind)
        {
            case BinaryOperatorKind.Add:
                return new Scalar(a + b, first.Provenance.Site is not null ? first.Provenance.Move(b) : second.Provenance.Site is not null ? second.Provenance.Move(a) : default);
            case BinaryOperatorKind.Subtract:
                return first.Provenance.Site is not null && Equals(first.Provenance.Site, second.Provenance.Site)
                    ? new Scalar(first.Provenance.Offset - second.Provenance.Offset)
                    : new Scalar(a - b, second.Provenance.Site is null ? first.Provenance.Move(-b) : default);
            case BinaryOperatorKind.Multiply:
                return new Scalar(a * b);
            case BinaryOperatorKind.Divide:
                return new Scalar(a / b);
            case BinaryOperatorKind.Remainder:
                return new Scalar(a % b);
            case BinaryOperatorKind.And:
                return new Scalar(a & b);
            case BinaryOperatorKind.Or:
                return new Scalar(a | b);
            case BinaryOperatorKind.LeftShift when b.Exact is >= 0 and < 40 and var by:
                return new Scalar(a * Number.Constant(1L << (int)by));
            case BinaryOperatorKind.RightShift when b.Exact is >= 0 and < 40 and var by && a.Low >= 0:
                return new Scalar(a / Number.Constant(1L << (int)by));
            default:
                return null;
        }
    }

    private Value? Unary(IUnaryOperation unary, ValueState state)
    {
        Value? operand = Eval(unary.Operand, state);
        return (unary.OperatorKind, operand) switch
        {
            (UnaryOperatorKind.Minus, Scalar scalar) => new Scalar(-scalar.Number),
            (UnaryOperatorKind.BitwiseNegation, Scalar scalar) => new Scalar(~scalar.Number),
            (UnaryOperatorKind.Plus, _) => operand,
            _ => null,
        };
    }

    private static Value? Element(Value? list, Value? index, ITypeSymbol? type, ValueState state) => list switch
    {
        SegmentWindow { Cell: { } cell } window when index is Scalar at => state.CellOf(cell).At(window.Start + at.Number),
        Descriptor { Kind: DescriptorKind.Pair } when index is Scalar at => at.Number.Exact switch
        {
            0 => new Descriptor(DescriptorKind.ReadEnd, "the read end of a pipe (element 0 of pipe(2))"),
            1 => new Descriptor(DescriptorKind.WriteEnd, "the write end of a pipe (element 1 of pipe(2))"),
            _ => null,
        },
        _ => Default(type, null, state),
    };

    /// <summary>The list that a segment passed by reference begins.</summary>
    public Value? ByReference(IOperation operation, ValueState state) => IsSegment(operation.Type) ? AddressOf(operation, state) : null;

    private Value? AddressOf(IOperation reference, ValueState state)
    {
        if (IsSegment(reference.Type))
        {
            (object? cell, Number index) = CellAndIndex(reference, state);
            return new SegmentWindow(cell, index, Number.Unknown);
        }

        switch (reference)
        {
            case IArrayElementReferenceOperation element:
                return AddressIn(Eval(element.ArrayReference, state), Index(element.Indices, state), element.Type);
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1 } indexer:
                return AddressIn(Eval(indexer.Instance, state), Eval(indexer.Arguments[0].Value, state) as Scalar, indexer.Type);
            case { Kind: OperationKind.None }:
                (Value? list, Scalar? index) = PointerElement(reference, state);
                return AddressIn(list, index, reference.Type);
            case ILocalReferenceOperation local:
                // Whoever has the address may write through it.
                Store(local.Local, local.Type, null, state);
                return new Scalar(Number.Unknown, new Provenance(local.Local, Number.Constant(0)));
            default:
                Eval(reference, state);
                return new Scalar(Number.Unknown);
        }
    }

    private static Scalar? AddressIn(Value? list, Scalar? index, ITypeSymbol? type)
    {
        if (index is null)
        {
            return new Scalar(Number.Unknown);
        }

        Number offset = index.Number * Size(type);
        return list switch
        {
            Block block => new Scalar(block.Address + offset, block.Provenance.Move(offset)),
            Scalar pointer => new Scalar(pointer.Number + offset, pointer.Provenance.Move(offset)),
            _ => new Scalar(Number.Unknown),
        };
    }

    private Value? CreateArray(IArrayCreationOperation array, ValueState state)
    {
        ImmutableArray<IOperation>? elements = array.Initializer?.ElementValues;
        Number count = Index(array.DimensionSizes, state)?.Number ?? Number.Unknown;
        if (SegmentType.Of(array.Type) is not null)
        {
            return NewWindow(array.Syntax, count, elements ?? [], state);
        }

        foreach (IOperation element in elements ?? [])
        {
            Eval(element, state);
        }

        Number size = Size((array.Type as IArrayTypeSymbol)?.ElementType);
        state.Renew(array.Syntax);
        return new Block(Number.MultipleOf(8), new Provenance(array.Syntax, Number.Constant(0)), count * size);
    }

    private Value? StackAllocation(IOperation operation, IOperation[] children, ValueState state)
    {
        TypeInfo type = model.GetTypeInfo(operation.Syntax, cancellation);
        SegmentType? elementType = SegmentType.Of(type.Type ?? type.ConvertedType);
        (ExpressionSyntax? count, InitializerExpressionSyntax? initializer) = operation.Syntax switch
        {
            StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax { RankSpecifiers: var ranks } } stack =>
                (ranks.Count > 0 && ranks[0].Sizes.Count > 0 ? ranks[0].Sizes[0] : null, stack.Initializer),
            ImplicitStackAllocArrayCreationExpressionSyntax implied => (null, implied.Initializer),
            _ => (null, null),
        };
        Number? length = null;
        List<IOperation> elements = [];
        foreach (IOperation child in children)
        {
            if (count is not null && child.Syntax == count)
            {
                length = (Eval(child, state) as Scalar)?.Number;
            }
            else
            {
                elements.Add(child);
            }
        }

        // Elements may come as children, or as the children of an initialiser.
        if (elements.Count == 1 && elements[0] is IArrayInitializerOperation list)
        {
            elements = [.. list.ElementValues];
        }

        length ??= initializer is null ? Number.Unknown : Number.Constant(initializer.Expressions.Count);
        if (elementType is not null)
        {
            return NewWindow(operation.Syntax, length.Value, elements, state);
        }

        foreach (IOperation element in elements)
        {
            Eval(element, state);
        }

        state.Renew(operation.Syntax);
        ITypeSymbol? pointed = (type.Type as IPointerTypeSymbol ?? type.ConvertedType as IPointerTypeSymbol)?.PointedAtType
            ?? ((type.Type ?? type.ConvertedType) as INamedTypeSymbol)?.TypeArguments.FirstOrDefault();
        return new Block(Number.Unknown, new Provenance(operation.Syntax, Number.Constant(0)), length.Value * Size(pointed));
    }

    private SegmentWindow? Collection(ICollectionExpressionOperation collection, ValueState state)
    {
        if (SegmentType.Of(collection.Type) is null)
        {
            foreach (IOperation element in collection.Elements)
            {
                Eval(element, state);
            }

            return null;
        }

        Number count = Number.Constant(0);
        List<IOperation> elements = [];
        foreach (IOperation element in collection.Elements)
        {
            if (element is not ISpreadOperation spread)
            {
                elements.Add(element);
                count += Number.Constant(1);
                continue;
            }

            Value? spreadValue = Eval(spread.Operand, state);
            count += spreadValue is SegmentWindow window ? window.Count : CountOfCollection(spread.Operand, state);
        }

        bool spreads = elements.Count != collection.Elements.Length;
        SegmentWindow result = NewWindow(collection.Syntax, count, elements, state);
        if (spreads)
        {
            state.SetCell(collection.Syntax, SegmentCell.Lost);
        }

        return result;
    }

    private SegmentWindow NewWindow(SyntaxNode syntax, Number count, IEnumerable<IOperation> elements, ValueState state)
    {
        state.Renew(syntax);
        SegmentCell cell = SegmentCell.Empty;
        long index = 0;
        foreach (IOperation element in elements)
        {
            cell = cell.With(Number.Constant(index++), Eval(element, state) as Segment ?? new Segment(null, null, null, null));
        }

        state.SetCell(syntax, cell);
        return new SegmentWindow(syntax, Number.Constant(0), count);
    }

    private static Number Size(ITypeSymbol? type) => TypeSizes.Of(type) is { } size ? Number.Constant(size) : Number.Unknown;
}
