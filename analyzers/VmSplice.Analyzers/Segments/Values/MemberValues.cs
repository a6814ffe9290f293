using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>Fields, properties and indexers.</summary>
internal sealed class MemberValues(Evaluator evaluator, SemanticModel model, CancellationToken cancellation)
{
    /// <summary>Fields whose only value is being evaluated: <c>_at = _at + n</c> asks for the field again.</summary>
    private readonly HashSet<IFieldSymbol> _asked = new(SymbolEqualityComparer.Default);

    public Value? Field(IFieldReferenceOperation field, ValueState state)
    {
        if (TypeValues.IsSegment(field.Field.ContainingType) && SegmentType.Of(field.Field.ContainingType) is { } shape)
        {
            return evaluator.Locations.Part(SegmentLocations.Owner(field, field.Instance), field.Field, shape, state);
        }

        if (FieldPlace.Of(field) is { } place && state[place] is { } stored)
        {
            return stored;
        }

        if (evaluator.Aggregates.Read(field, state) is { } part)
        {
            return part;
        }

        if (SpliceFlagBits.Named(field.Field.Name) is { } flag)
        {
            return new Scalar(Number.Constant(flag));
        }

        return InPlace(field, Initial(field.Field) ?? TypeValues.Of(field.Type, null, state), state);
    }

    /// <summary>The memory that a field of this object refers to is the same memory as long as nobody assigns the field.</summary>
    private static Value? InPlace(IMemberReferenceOperation member, Value? value, ValueState state)
    {
        bool isAddress = value is Block or Scalar && member.Type is { TypeKind: TypeKind.Pointer } or { SpecialType: SpecialType.System_IntPtr }
            or { Name: "PageBuffer" or "FrozenPages" };
        if (!isAddress || FieldPlace.Of(member) is not { } place)
        {
            return value;
        }

        bool isForever = member.Member is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null };
        object site = isForever ? place : member.Syntax;
        if (!isForever)
        {
            state.Renew(site);
        }

        var provenance = new Provenance(site, Number.Constant(0));
        Value known = value is Block block ? new Block(block.Address, provenance, block.Bytes, block.Frozen, block.LengthSyntax)
            : new Scalar(((Scalar)value!).Number, provenance);
        state[place] = known;
        return known;
    }

    // What a field is set to once and for all, as long as that is written where it can be evaluated.
    private Value? Initial(IFieldSymbol field)
    {
        if (field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation)
            is not VariableDeclaratorSyntax { Parent.Parent.Parent: TypeDeclarationSyntax type } declared)
        {
            return null;
        }

        if (field.IsReadOnly && declared.Initializer?.Value is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SystemPageSize" })
        {
            return new Scalar(Number.PageSize);
        }

        // Before it is set, a field that is not readonly is 0; as a descriptor that would be none.
        if (declared.SyntaxTree != model.SyntaxTree || OnlyValueOf(field, declared, type) is not { } value
            || model.GetOperation(value, cancellation) is not { } operation || !_asked.Add(field))
        {
            return null;
        }

        Value? only = evaluator.Helpers.Outside(operation);
        _asked.Remove(field);
        return only switch
        {
            Scalar scalar when field.IsReadOnly => scalar,
            Descriptor descriptor => descriptor,
            _ => null,
        };
    }

    /// <summary>The value that a field gets, where it gets one alone in the whole program: it is readonly, or private to a type of one part.</summary>
    private static ExpressionSyntax? OnlyValueOf(IFieldSymbol field, VariableDeclaratorSyntax declared, TypeDeclarationSyntax type)
    {
        if (!(field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private) || type.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            return null;
        }

        ExpressionSyntax? only = declared.Initializer?.Value;
        foreach (SyntaxNode node in type.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax { Identifier.ValueText: var name } mention || name != field.Name)
            {
                continue;
            }

            ExpressionSyntax whole = mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention ? access : mention;
            switch (whole.Parent)
            {
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment
                    when assignment.Left == whole && only is null:
                    only = assignment.Right;
                    break;
                case AssignmentExpressionSyntax assignment when assignment.Left == whole:
                case PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax or RefExpressionSyntax:
                case ArgumentSyntax { RefKindKeyword.RawKind: not 0 }
                    or ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax } }:
                    return null;
            }
        }

        return only;
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

        if (FieldPlace.Of(property) is { } place && state[place] is { } stored)
        {
            return stored;
        }

        if (property.Instance is null)
        {
            return symbol.Name switch
            {
                "SystemPageSize" => new Scalar(Number.PageSize),
                _ when SpliceFlagBits.Named(symbol.Name) is { } flag => new Scalar(Number.Constant(flag)),
                _ => InPlace(property, TypeValues.Of(property.Type, null, state), state),
            };
        }

        if (TypeValues.IsSegment(symbol.ContainingType) && SegmentType.Of(symbol.ContainingType) is { } shape)
        {
            return evaluator.Locations.Part(property.Instance, symbol, shape, state) ?? TypeValues.Of(property.Type, null, state);
        }

        if (evaluator.Aggregates.Read(property, state) is { } part)
        {
            return part;
        }

        Value? instance = evaluator.Eval(property.Instance, state);
        return symbol.Name switch
        {
            "PageSize" when symbol.ContainingType.Name == "KernelSupport" => new Scalar(Number.PageSize),
            "Length" or "Count" when instance is SegmentWindow window => new Scalar(window.Count),
            "Length" when instance is Block block => new Scalar(block.Bytes / TypeValues.Size(TypeValues.ElementType(property.Instance.Type))),
            "Length" or "Count" => new Scalar(evaluator.Counts.Of(property.Instance, state)),
            "Address" when instance is Block block => new Scalar(block.Address, block.Provenance),
            "Span" or "Memory" when instance is Block => instance,
            _ => Descriptors.OfProperty(property, instance) ?? InPlace(property, TypeValues.Of(property.Type, null, state), state),
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
