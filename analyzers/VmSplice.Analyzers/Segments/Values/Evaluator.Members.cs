using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

internal sealed partial class Evaluator
{
    private Value? Field(IFieldReferenceOperation field, ValueState state)
    {
        if (IsSegment(field.Field.ContainingType) && SegmentType.Of(field.Field.ContainingType) is { } shape)
        {
            return Part(Owner(field, field.Instance), field.Field, shape, state);
        }

        if (SpliceFlagBits.Named(field.Field.Name) is { } flag)
        {
            return new Scalar(Number.Constant(flag));
        }

        if (field.Field.IsReadOnly && Initial(field.Field, state) is { } initial)
        {
            return initial;
        }

        return Default(field.Type, null, state);
    }

    private Scalar? Part(IOperation? owner, ISymbol part, SegmentType shape, ValueState state)
    {
        (object? cell, Number index) = CellAndIndex(owner, state);
        Segment? segment = cell is null ? null : state.TryCell(cell).At(index);
        return SymbolEqualityComparer.Default.Equals(part, shape.Address) ? segment?.Address
            : SymbolEqualityComparer.Default.Equals(part, shape.Length) ? segment?.Length
            : null;
    }

    // A readonly field's initialiser, as long as it is written where it can be evaluated.
    private Scalar? Initial(IFieldSymbol field, ValueState state)
    {
        if (field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not VariableDeclaratorSyntax { Initializer.Value: { } value })
        {
            return null;
        }

        if (value is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SystemPageSize" })
        {
            return new Scalar(Number.PageSize);
        }

        if (value.SyntaxTree != model.SyntaxTree || !field.IsStatic || model.GetOperation(value, cancellation) is not { } operation)
        {
            return null;
        }

        // Numbers alone: places and descriptors of a field outlive the body.
        return Eval(operation, new ValueState()) is Scalar scalar ? new Scalar(scalar.Number) : null;
    }

    private Value? Property(IPropertyReferenceOperation property, ValueState state)
    {
        IPropertySymbol symbol = property.Property;
        if (symbol.IsIndexer)
        {
            return property.Arguments.Length == 1
                ? Element(Eval(property.Instance, state), Eval(property.Arguments[0].Value, state), property.Type, state)
                : Other(property, state);
        }

        if (property.Instance is null)
        {
            return symbol.Name switch
            {
                "SystemPageSize" => new Scalar(Number.PageSize),
                _ when SpliceFlagBits.Named(symbol.Name) is { } flag => new Scalar(Number.Constant(flag)),
                _ => Default(property.Type, null, state),
            };
        }

        if (IsSegment(symbol.ContainingType) && SegmentType.Of(symbol.ContainingType) is { } shape)
        {
            return Part(property.Instance, symbol, shape, state) ?? Default(property.Type, null, state);
        }

        Value? instance = Eval(property.Instance, state);
        return symbol.Name switch
        {
            "PageSize" when symbol.ContainingType.Name == "KernelSupport" => new Scalar(Number.PageSize),
            "Length" when instance is SegmentWindow window => new Scalar(window.Count),
            "Length" when instance is Block block => new Scalar(block.Bytes / Size(ElementType(property.Instance.Type))),
            "Length" or "Count" => new Scalar(CountOfCollection(property.Instance, state)),
            "Address" when instance is Block block => new Scalar(block.Address, block.Provenance),
            "Span" or "Memory" when instance is Block => instance,
            _ => Descriptors.OfProperty(property, instance) ?? Default(property.Type, null, state),
        };
    }

    private static ITypeSymbol? ElementType(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments.Length: 1 } list => list.TypeArguments[0],
        _ => null,
    };

    /// <summary>How many elements a list has: what a test said of it, or whatever the program meets at run time.</summary>
    private static Number CountOfCollection(IOperation collection, ValueState state) => Operand.Unwrap(collection) switch
    {
        ILocalReferenceOperation local => (state[new CountOf(local.Local)] as Scalar)?.Number ?? Number.RunTimeCount,
        IParameterReferenceOperation parameter => (state[new CountOf(parameter.Parameter)] as Scalar)?.Number ?? Number.RunTimeCount,
        IMemberReferenceOperation => Number.RunTimeCount,
        _ => Number.Unknown,
    };

    // list[^1], span[a..b]
    private Value? ImplicitIndexer(IImplicitIndexerReferenceOperation indexer, ValueState state)
    {
        Value? instance = Eval(indexer.Instance, state);
        if (indexer.Argument is not IRangeOperation range)
        {
            Eval(indexer.Argument, state);
            return Default(indexer.Type, null, state);
        }

        Number count = instance switch
        {
            SegmentWindow window => window.Count,
            Block block => block.Bytes / Size(ElementType(indexer.Instance.Type)),
            _ => Number.Unknown,
        };
        Number start = range.LeftOperand is null ? Number.Constant(0) : Bound(range.LeftOperand, count, state);
        Number end = range.RightOperand is null ? count : Bound(range.RightOperand, count, state);
        return Sliced(instance, start, end - start, ElementType(indexer.Instance.Type));
    }

    private Number Bound(IOperation bound, Number count, ValueState state)
    {
        bound = Operand.Unwrap(bound);
        if (bound is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } fromEnd)
        {
            return Eval(fromEnd.Operand, state) is Scalar distance ? count - distance.Number : Number.Unknown;
        }

        return Eval(bound, state) is Scalar index ? index.Number : Number.Unknown;
    }

    private static Value? Sliced(Value? list, Number start, Number? count, ITypeSymbol? elementType) => list switch
    {
        SegmentWindow window => new SegmentWindow(window.Cell, window.Start + start, count ?? window.Count - start),
        Block block => block.Slice(start * Size(elementType), count is { } known ? known * Size(elementType) : null),
        _ => null,
    };
}
