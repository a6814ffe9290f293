using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>Fields, properties and indexers.</summary>
internal sealed class MemberValues(Evaluator evaluator, SemanticModel model, CancellationToken cancellation)
{
    public Value? Field(IFieldReferenceOperation field, ValueState state)
    {
        if (TypeValues.IsSegment(field.Field.ContainingType) && SegmentType.Of(field.Field.ContainingType) is { } shape)
        {
            return evaluator.Locations.Part(SegmentLocations.Owner(field, field.Instance), field.Field, shape, state);
        }

        if (SpliceFlagBits.Named(field.Field.Name) is { } flag)
        {
            return new Scalar(Number.Constant(flag));
        }

        if (field.Field.IsReadOnly && Initial(field.Field, state) is { } initial)
        {
            return initial;
        }

        return TypeValues.Of(field.Type, null, state);
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
        return evaluator.Eval(operation, new ValueState()) is Scalar scalar ? new Scalar(scalar.Number) : null;
    }

    public Value? Property(IPropertyReferenceOperation property, ValueState state)
    {
        IPropertySymbol symbol = property.Property;
        if (symbol.IsIndexer)
        {
            return property.Arguments.Length == 1
                ? ListValues.Element(evaluator.Eval(property.Instance, state), evaluator.Eval(property.Arguments[0].Value, state), property.Type, state)
                : evaluator.EvalParts(property, state);
        }

        if (property.Instance is null)
        {
            return symbol.Name switch
            {
                "SystemPageSize" => new Scalar(Number.PageSize),
                _ when SpliceFlagBits.Named(symbol.Name) is { } flag => new Scalar(Number.Constant(flag)),
                _ => TypeValues.Of(property.Type, null, state),
            };
        }

        if (TypeValues.IsSegment(symbol.ContainingType) && SegmentType.Of(symbol.ContainingType) is { } shape)
        {
            return evaluator.Locations.Part(property.Instance, symbol, shape, state) ?? TypeValues.Of(property.Type, null, state);
        }

        Value? instance = evaluator.Eval(property.Instance, state);
        return symbol.Name switch
        {
            "PageSize" when symbol.ContainingType.Name == "KernelSupport" => new Scalar(Number.PageSize),
            "Length" when instance is SegmentWindow window => new Scalar(window.Count),
            "Length" when instance is Block block => new Scalar(block.Bytes / TypeValues.Size(TypeValues.ElementType(property.Instance.Type))),
            "Length" or "Count" => new Scalar(ListValues.CountOf(property.Instance, state)),
            "Address" when instance is Block block => new Scalar(block.Address, block.Provenance),
            "Span" or "Memory" when instance is Block => instance,
            _ => Descriptors.OfProperty(property, instance) ?? TypeValues.Of(property.Type, null, state),
        };
    }

    // list[^1], span[a..b]
    public Value? ImplicitIndexer(IImplicitIndexerReferenceOperation indexer, ValueState state)
    {
        Value? instance = evaluator.Eval(indexer.Instance, state);
        if (indexer.Argument is not IRangeOperation range)
        {
            evaluator.Eval(indexer.Argument, state);
            return TypeValues.Of(indexer.Type, null, state);
        }

        Number count = instance switch
        {
            SegmentWindow window => window.Count,
            Block block => block.Bytes / TypeValues.Size(TypeValues.ElementType(indexer.Instance.Type)),
            _ => Number.Unknown,
        };
        Number start = range.LeftOperand is null ? Number.Constant(0) : Bound(range.LeftOperand, count, state);
        Number end = range.RightOperand is null ? count : Bound(range.RightOperand, count, state);
        return ListValues.Slice(instance, start, end - start, TypeValues.ElementType(indexer.Instance.Type));
    }

    private Number Bound(IOperation bound, Number count, ValueState state)
    {
        bound = Operand.Unwrap(bound);
        if (bound is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } fromEnd)
        {
            return evaluator.Eval(fromEnd.Operand, state) is Scalar distance ? count - distance.Number : Number.Unknown;
        }

        return evaluator.Eval(bound, state) is Scalar index ? index.Number : Number.Unknown;
    }
}
