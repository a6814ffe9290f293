using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>The value of an expression in a state, and what evaluating it does to that state.</summary>
internal sealed partial class Evaluator(RawCalls calls, SemanticModel model, HashSet<ISymbol> writtenElsewhere, CancellationToken cancellation)
{
    private readonly Dictionary<CaptureId, IOperation> _captured = [];

    /// <summary>What a temporary was made of.</summary>
    public IOperation? Captured(CaptureId temporary) => _captured.TryGetValue(temporary, out IOperation? value) ? value : null;

    /// <summary>Told of each call, with its operands, before the call has its effect.</summary>
    public Action<IOperation, ValueState>? Calling { get; set; }

    /// <summary>What is known where a method begins.</summary>
    public static ValueState Entry(IMethodSymbol? method)
    {
        var state = new ValueState();
        foreach (IParameterSymbol parameter in method?.Parameters ?? [])
        {
            if (parameter.RefKind == RefKind.None)
            {
                state[parameter] = Default(parameter.Type, parameter, state);
            }
        }

        return state;
    }

    public Value? Eval(IOperation? operation, ValueState state)
    {
        cancellation.ThrowIfCancellationRequested();
        switch (operation)
        {
            case null:
                return null;
            case { ConstantValue: { HasValue: true, Value: { } constant } } when Operand.Integer(constant) is { } integer:
                return new Scalar(Number.Constant(integer));
            case IParenthesizedOperation parenthesized:
                return Eval(parenthesized.Operand, state);
            case IConversionOperation conversion:
                return Coerce(Eval(conversion.Operand, state), conversion.Type);
            case IExpressionStatementOperation statement:
                return Eval(statement.Operation, state);
            case ILocalReferenceOperation local:
                return Variable(local.Local, local.Type, state);
            case IParameterReferenceOperation parameter:
                return Variable(parameter.Parameter, parameter.Type, state);
            case IFlowCaptureReferenceOperation reference:
                return Variable(reference.Id, reference.Type, state);
            case IFlowCaptureOperation capture:
                _captured[capture.Id] = capture.Value;
                Store(capture.Id, capture.Value.Type, Eval(capture.Value, state), state);
                return null;
            case ISimpleAssignmentOperation assignment:
                return Assign(assignment, state);
            case ICompoundAssignmentOperation compound:
                return Compound(compound, state);
            case IIncrementOrDecrementOperation step:
                return Increment(step, state);
            case IBinaryOperation binary:
                return Arithmetic(binary.OperatorKind, Eval(binary.LeftOperand, state), Eval(binary.RightOperand, state), binary.LeftOperand.Type, binary.RightOperand.Type);
            case IUnaryOperation unary:
                return Unary(unary, state);
            case IInvocationOperation or IFunctionPointerInvocationOperation:
                return Call(operation, state);
            case IObjectCreationOperation creation:
                return Create(creation, state);
            case IArrayCreationOperation array:
                return CreateArray(array, state);
            case ICollectionExpressionOperation collection:
                return Collection(collection, state);
            case IArrayElementReferenceOperation element:
                return Element(Eval(element.ArrayReference, state), Index(element.Indices, state), element.Type, state);
            case IPropertyReferenceOperation property:
                return Property(property, state);
            case IImplicitIndexerReferenceOperation indexer:
                return ImplicitIndexer(indexer, state);
            case IFieldReferenceOperation field:
                return Field(field, state);
            case IAddressOfOperation address:
                return AddressOf(address.Reference, state);
            case IDeclarationExpressionOperation declaration:
                return Eval(declaration.Expression, state);
            case IFlowAnonymousFunctionOperation or IAnonymousFunctionOperation or INameOfOperation or ITypeOfOperation:
                return null;
            default:
                return operation.Kind == OperationKind.None ? Unnamed(operation, state) : Other(operation, state);
        }
    }

    private Value? Other(IOperation operation, ValueState state)
    {
        foreach (IOperation child in operation.ChildOperations)
        {
            // A target that is not understood may be anything of the variables in it.
            if (operation is IDeconstructionAssignmentOperation)
            {
                Forget(child, state);
            }

            Eval(child, state);
        }

        return Default(operation.Type, operation.Syntax, state);
    }

    // Pointers, stackalloc and fixed have no operation of their own: they keep their children and their syntax.
    private Value? Unnamed(IOperation operation, ValueState state)
    {
        IOperation[] children = operation.ChildOperations.ToArray();
        switch (operation.Syntax)
        {
            case StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax:
                return StackAllocation(operation, children, state);
            case ElementAccessExpressionSyntax when children.Length == 2:
                return Element(Eval(children[0], state), Eval(children[1], state), operation.Type ?? model.GetTypeInfo(operation.Syntax, cancellation).Type, state);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression } when children.Length == 1:
                return Element(Eval(children[0], state), new Scalar(Number.Constant(0)), operation.Type, state);
        }

        if (children.Length == 1)
        {
            return Coerce(Eval(children[0], state), operation.Type);
        }

        return Other(operation, state);
    }

    private Value? Variable(object variable, ITypeSymbol? type, ValueState state)
    {
        if (variable is ISymbol symbol && writtenElsewhere.Contains(symbol))
        {
            return Default(type, null, state);
        }

        if (type is INamedTypeSymbol && SegmentType.Of(type) is { } shape && SymbolEqualityComparer.Default.Equals(shape.Type, type))
        {
            return state.CellOf(variable).At(Number.Constant(0));
        }

        return state[variable] ?? Default(type, null, state);
    }

    private static void Store(object variable, ITypeSymbol? type, Value? value, ValueState state)
    {
        if (IsSegment(type))
        {
            state.SetCell(variable, value is Segment segment ? SegmentCell.Empty.With(Number.Constant(0), segment) : SegmentCell.Lost);
        }
        else
        {
            state[variable] = value;
        }

        if (variable is ISymbol symbol)
        {
            state[new CountOf(symbol)] = null;
        }
    }

    private static bool IsSegment(ITypeSymbol? type)
        => type is INamedTypeSymbol { TypeKind: TypeKind.Struct, Name: not ("Span" or "ReadOnlySpan") } && SegmentType.Of(type) is not null;

    /// <summary>What a value of the type is, of which nothing else is known. Provenance lets two addresses of one allocation be compared.</summary>
    private static Value? Default(ITypeSymbol? type, object? site, ValueState state)
    {
        if (site is SyntaxNode)
        {
            state.Renew(site);
        }

        switch (type)
        {
            case IPointerTypeSymbol when SegmentType.Of(type) is not null:
                return new SegmentWindow(null, Number.Unknown, Number.Unknown);
            case IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr }:
                return new Scalar(Number.Unknown, new Provenance(site, Number.Constant(0)));
            case INamedTypeSymbol { Name: "PageBuffer" or "FrozenPages", ContainingNamespace.Name: "VmSplice" } pages:
                return new Block(Number.PageAligned, new Provenance(site, Number.Constant(0)), Number.Unknown, pages.Name == "FrozenPages");
            case IArrayTypeSymbol or INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", TypeArguments.Length: 1 } when SegmentType.Of(type) is not null:
                return new SegmentWindow(null, Number.Constant(0), site is IParameterSymbol ? Number.RunTimeCount : Number.Unknown);
            case { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64 or SpecialType.System_UIntPtr }:
                // Nobody passes a negative count or length.
                return site is IParameterSymbol ? new Scalar(Number.RunTimeCount) : null;
            default:
                return null;
        }
    }

    private static Value? Coerce(Value? value, ITypeSymbol? type) => (value, type) switch
    {
        (Block block, IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr }) => new Scalar(block.Address, block.Provenance),
        (Scalar scalar, { SpecialType: SpecialType.System_Int32 }) => Narrow(scalar, int.MinValue, int.MaxValue),
        (Scalar scalar, { SpecialType: SpecialType.System_UInt32 }) => Narrow(scalar, 0, uint.MaxValue),
        (Scalar scalar, { SpecialType: SpecialType.System_Byte }) => Narrow(scalar, 0, byte.MaxValue),
        (Scalar scalar, { SpecialType: SpecialType.System_UInt16 or SpecialType.System_Char }) => Narrow(scalar, 0, ushort.MaxValue),
        (Scalar scalar, { SpecialType: SpecialType.System_Int16 or SpecialType.System_SByte }) =>
            scalar.Number.Low >= sbyte.MinValue && scalar.Number.High <= sbyte.MaxValue ? scalar : null,
        _ => value,
    };

    private static Scalar Narrow(Scalar scalar, long low, long high)
    {
        if (scalar.Number.Low >= low && scalar.Number.High <= high)
        {
            return scalar;
        }

        // A count that was too large for its type before is as large as the type now; a wrapped address or mask is not known.
        return scalar.Number.Low >= low && scalar.Number.Measured ? new Scalar(scalar.Number.WithBounds(scalar.Number.Low, high))
            : scalar.Number.Exact is { } exact && low == 0 ? new Scalar(Number.Constant(exact & high))
            : new Scalar(scalar.Number.WithBounds(low, high));
    }

    private Scalar? Index(IEnumerable<IOperation> indices, ValueState state)
    {
        Scalar? only = null;
        foreach (IOperation index in indices)
        {
            only = Eval(index, state) as Scalar;
        }

        return only;
    }
}
