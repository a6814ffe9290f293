using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>Objects, arrays, stack memory and lists that an expression makes.</summary>
internal sealed class CreatedValues(Evaluator evaluator, SemanticModel model, CancellationToken cancellation)
{
    public Value? Create(IObjectCreationOperation creation, ValueState state)
    {
        if (TypeValues.IsSegment(creation.Type) && SegmentType.Of(creation.Type) is { } shape)
        {
            (IOperation? address, IOperation? length) = SegmentType.Parts(creation, shape);
            Value? at = evaluator.Eval(address, state);
            return new Segment(at as Scalar, evaluator.Eval(length, state) as Scalar, address?.Syntax, length?.Syntax, IsFrozen(address, state));
        }

        var values = new Value?[creation.Arguments.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = evaluator.Eval(creation.Arguments[i].Value, state);
        }

        evaluator.Eval(creation.Initializer, state);
        // new Span<IoVec>(pointer, count), new ReadOnlySpan<IoVec>(in one), new ReadOnlySpan<byte>(array, start, length)
        if (creation.Type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", TypeArguments.Length: 1 } span)
        {
            return (values.Length, values.FirstOrDefault()) switch
            {
                (1, SegmentWindow window) =>
                    creation.Arguments[0].Value.Type is IArrayTypeSymbol ? window : new SegmentWindow(window.Cell, window.Start, Number.Constant(1)),
                (2, SegmentWindow window) => new SegmentWindow(window.Cell, window.Start, (values[1] as Scalar)?.Number ?? Number.Unknown),
                (1, Block block) => block,
                (2, Scalar pointer) when SegmentType.Of(span) is null =>
                    new Block(pointer.Number, pointer.Provenance,
                        values[1] is Scalar count ? count.Number * TypeValues.Size(span.TypeArguments[0]) : Number.Unknown),
                (3, var list) => ListValues.Slice(
                    list, (values[1] as Scalar)?.Number ?? Number.Unknown, (values[2] as Scalar)?.Number ?? Number.Unknown, span.TypeArguments[0]),
                _ => TypeValues.Of(span, null, state),
            };
        }

        if (ListCounts.IsList(creation.Type))
        {
            // Empty, or a copy; of its elements nothing is known.
            Number count = creation.Arguments.Length != 1 || creation.Arguments[0].Value.Type is { SpecialType: SpecialType.System_Int32 }
                ? Number.Constant(0) : values[0] is SegmentWindow copied ? copied.Count : evaluator.Counts.Of(creation.Arguments[0].Value, state);
            return new SegmentWindow(null, Number.Constant(0), count.Low >= 0 ? count : Number.RunTimeCount);
        }

        return AggregateValues.OfRecord(creation, values) ?? Descriptors.OfCreation(creation, values);
    }

    private bool IsFrozen(IOperation? address, ValueState state)
    {
        if (address is null)
        {
            return false;
        }

        foreach (IOperation mention in address.DescendantsAndSelf())
        {
            if (mention is IPropertyReferenceOperation { Property.Name: "Address", Property.ContainingType.Name: "FrozenPages" } pages
                && evaluator.Eval(pages.Instance, state) is Block { Frozen: true })
            {
                return true;
            }
        }

        return false;
    }

    public Value? CreateArray(IArrayCreationOperation array, ValueState state)
    {
        ImmutableArray<IOperation>? elements = array.Initializer?.ElementValues;
        Number count = evaluator.Index(array.DimensionSizes, state)?.Number ?? Number.Unknown;
        if (SegmentType.Of(array.Type) is not null)
        {
            return NewWindow(array.Syntax, count, elements ?? [], state);
        }

        foreach (IOperation element in elements ?? [])
        {
            evaluator.Eval(element, state);
        }

        Number size = TypeValues.Size((array.Type as IArrayTypeSymbol)?.ElementType);
        state.Renew(array.Syntax);
        return new Block(Number.MultipleOf(8), new Provenance(array.Syntax, Number.Constant(0)), count * size);
    }

    public Value? StackAllocation(IOperation operation, IOperation[] children, ValueState state)
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
                length = (evaluator.Eval(child, state) as Scalar)?.Number;
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
            evaluator.Eval(element, state);
        }

        state.Renew(operation.Syntax);
        ITypeSymbol? pointed = (type.Type as IPointerTypeSymbol ?? type.ConvertedType as IPointerTypeSymbol)?.PointedAtType
            ?? ((type.Type ?? type.ConvertedType) as INamedTypeSymbol)?.TypeArguments.FirstOrDefault();
        return new Block(Number.Unknown, new Provenance(operation.Syntax, Number.Constant(0)), length.Value * TypeValues.Size(pointed));
    }

    public SegmentWindow? Collection(ICollectionExpressionOperation collection, ValueState state)
    {
        if (SegmentType.Of(collection.Type) is null)
        {
            foreach (IOperation element in collection.Elements)
            {
                evaluator.Eval(element, state);
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

            Value? spreadValue = evaluator.Eval(spread.Operand, state);
            count += spreadValue is SegmentWindow window ? window.Count : evaluator.Counts.Of(spread.Operand, state);
        }

        bool spreads = elements.Count != collection.Elements.Length;
        SegmentWindow result = NewWindow(collection.Syntax, count, elements, state);
        if (spreads)
        {
            state.SetCell(collection.Syntax, SegmentCell.Lost);
        }

        return result;
    }

    public SegmentWindow NewWindow(SyntaxNode syntax, Number count, IEnumerable<IOperation> elements, ValueState state)
    {
        state.Renew(syntax);
        SegmentCell cell = SegmentCell.Empty;
        long index = 0;
        foreach (IOperation element in elements)
        {
            cell = cell.With(Number.Constant(index++), evaluator.Eval(element, state) as Segment ?? new Segment(null, null, null, null));
        }

        state.SetCell(syntax, cell);
        return new SegmentWindow(syntax, Number.Constant(0), count);
    }
}
