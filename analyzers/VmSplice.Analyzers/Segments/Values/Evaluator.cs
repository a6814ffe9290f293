using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>The value of an expression in a state, and what evaluating it does to that state.</summary>
internal sealed class Evaluator
{
    private readonly SemanticModel _model;
    private readonly HashSet<ISymbol> _writtenElsewhere;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<CaptureId, IOperation> _captured = [];

    public Evaluator(RawCalls calls, SemanticModel model, HashSet<ISymbol> writtenElsewhere, CancellationToken cancellation)
    {
        (_model, _writtenElsewhere, _cancellation) = (model, writtenElsewhere, cancellation);
        Assignments = new AssignedValues(this);
        Locations = new SegmentLocations(this);
        Members = new MemberValues(this, model, cancellation);
        Calls = new CallValues(this, calls);
        Helpers = new HelperValues(this, model, cancellation);
        Creations = new CreatedValues(this, model, cancellation);
        Addresses = new AddressValues(this);
        Aggregates = new AggregateValues(this);
        Counts = new ListCounts(this);
    }

    public AssignedValues Assignments { get; }

    public SegmentLocations Locations { get; }

    public MemberValues Members { get; }

    public CallValues Calls { get; }

    public HelperValues Helpers { get; }

    public CreatedValues Creations { get; }

    public AddressValues Addresses { get; }

    public AggregateValues Aggregates { get; }

    public ListCounts Counts { get; }

    /// <summary>Whether a lambda, a local function, a pointer or a reference changes it: what is known of it may be over at any time.</summary>
    public bool IsWrittenElsewhere(object variable) => variable is ISymbol symbol && _writtenElsewhere.Contains(symbol);

    /// <summary>Of what is changed elsewhere a test says something until other code runs.</summary>
    public void ForgetCountsElsewhere(ValueState state)
    {
        foreach (ISymbol variable in _writtenElsewhere)
        {
            state[new CountOf(variable)] = null;
        }
    }

    /// <summary>What a temporary was made of.</summary>
    public IOperation? Captured(CaptureId temporary) => _captured.TryGetValue(temporary, out IOperation? value) ? value : null;

    /// <summary>Told of each call, with its operands, before the call has its effect.</summary>
    public Action<IOperation, ValueState>? Calling { get; set; }

    /// <summary>Told of each variable that is assigned, and of what is assigned to it.</summary>
    public Action<ISymbol, Value?>? Assigned { get; set; }

    /// <summary>What is known where a method begins; <paramref name="around"/> is what is known of the variables around a function, wherever it runs.</summary>
    public static ValueState Entry(IMethodSymbol? method, IEnumerable<KeyValuePair<ISymbol, Value?>> around)
    {
        var state = new ValueState();
        foreach (KeyValuePair<ISymbol, Value?> variable in around)
        {
            state[variable.Key] = variable.Value;
        }

        foreach (IParameterSymbol parameter in method?.Parameters ?? [])
        {
            if (parameter.RefKind == RefKind.None)
            {
                state[parameter] = TypeValues.Of(parameter.Type, parameter, state);
            }
        }

        return state;
    }

    public Value? Eval(IOperation? operation, ValueState state)
    {
        _cancellation.ThrowIfCancellationRequested();
        switch (operation)
        {
            case null:
                return null;
            case { ConstantValue: { HasValue: true, Value: { } constant } } when Operand.Integer(constant) is { } integer:
                return new Scalar(Number.Constant(integer));
            case { ConstantValue: { HasValue: true, Value: string text } }:
                return RegularFile.Named(text, operation);
            case IParenthesizedOperation parenthesized:
                return Eval(parenthesized.Operand, state);
            case IConversionOperation conversion:
                Value? converted = Eval(conversion.Operand, state);
                return converted is Aggregate parts ? AggregateValues.Convert(parts, conversion) : TypeValues.Convert(converted, conversion.Type);
            case ITupleOperation tuple:
                return Aggregates.Tuple(tuple, state);
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
                return Assignments.Assign(assignment, state);
            case ICompoundAssignmentOperation compound:
                return Assignments.Compound(compound, state);
            case IIncrementOrDecrementOperation step:
                return Assignments.Increment(step, state);
            case IDeconstructionAssignmentOperation deconstruction when Assignments.Deconstruct(deconstruction, state):
                return null;
            case IBinaryOperation binary:
                return Arithmetic.Binary(
                    binary.OperatorKind, Eval(binary.LeftOperand, state), Eval(binary.RightOperand, state), binary.LeftOperand.Type, binary.RightOperand.Type);
            case IUnaryOperation unary:
                return Arithmetic.Unary(unary.OperatorKind, Eval(unary.Operand, state));
            case IAwaitOperation:
                Value? awaited = EvalParts(operation, state);
                state.ForgetFields();
                return awaited;
            case IInvocationOperation or IFunctionPointerInvocationOperation:
                return Calls.Call(operation, state);
            case IObjectCreationOperation creation:
                return Creations.Create(creation, state);
            case IArrayCreationOperation array:
                return Creations.CreateArray(array, state);
            case ICollectionExpressionOperation collection:
                return Creations.Collection(collection, state);
            case IArrayElementReferenceOperation element:
                return ListValues.Element(Eval(element.ArrayReference, state), Index(element.Indices, state), element.Type, state);
            case IPropertyReferenceOperation property:
                return Members.Property(property, state);
            case IImplicitIndexerReferenceOperation indexer:
                return Members.ImplicitIndexer(indexer, state);
            case IFieldReferenceOperation field:
                return Members.Field(field, state);
            case ISizeOfOperation size:
                return new Scalar(TypeValues.Size(size.TypeOperand));
            case IAddressOfOperation address:
                return Addresses.AddressOf(address.Reference, state);
            case IDeclarationExpressionOperation declaration:
                return Eval(declaration.Expression, state);
            case IFlowAnonymousFunctionOperation or IAnonymousFunctionOperation or INameOfOperation or ITypeOfOperation:
                return null;
            default:
                return operation.Kind == OperationKind.None ? Unnamed(operation, state) : EvalParts(operation, state);
        }
    }

    /// <summary>Evaluates what an operation is made of, where nothing more is known of it than its type.</summary>
    public Value? EvalParts(IOperation operation, ValueState state)
    {
        foreach (IOperation child in operation.ChildOperations)
        {
            // A target that is not understood may be anything of the variables in it.
            if (operation is IDeconstructionAssignmentOperation)
            {
                Assignments.Forget(child, state);
            }

            Eval(child, state);
        }

        return TypeValues.Of(operation.Type, operation.Syntax, state);
    }

    // Pointers, stackalloc and fixed have no operation of their own: they keep their children and their syntax.
    private Value? Unnamed(IOperation operation, ValueState state)
    {
        IOperation[] children = operation.ChildOperations.ToArray();
        switch (operation.Syntax)
        {
            case StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax:
                return Creations.StackAllocation(operation, children, state);
            case ElementAccessExpressionSyntax when children.Length == 2:
                return ListValues.Element(Eval(children[0], state), Eval(children[1], state),
                    operation.Type ?? _model.GetTypeInfo(operation.Syntax, _cancellation).Type, state);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression } when children.Length == 1:
                return ListValues.Element(Eval(children[0], state), new Scalar(Number.Constant(0)), operation.Type, state);
        }

        if (children.Length == 1)
        {
            return TypeValues.Convert(Eval(children[0], state), operation.Type);
        }

        return EvalParts(operation, state);
    }

    private Value? Variable(object variable, ITypeSymbol? type, ValueState state)
    {
        if (IsWrittenElsewhere(variable))
        {
            return TypeValues.Of(type, null, state);
        }

        if (type is INamedTypeSymbol && SegmentType.Of(type) is { } shape && SymbolEqualityComparer.Default.Equals(shape.Type, type))
        {
            return state.CellOf(variable).At(Number.Constant(0));
        }

        return state[variable] ?? TypeValues.Of(type, null, state);
    }

    /// <summary>What a variable has from now on.</summary>
    public static void Store(object variable, ITypeSymbol? type, Value? value, ValueState state)
    {
        if (TypeValues.IsSegment(type))
        {
            state.SetCell(variable, value is Segment segment ? SegmentCell.Empty.With(Number.Constant(0), segment) : SegmentCell.Lost);
        }
        else
        {
            state[variable] = value;
        }

        state[new CountOf(variable)] = null;
    }

    /// <summary>The value of the last index.</summary>
    public Scalar? Index(IEnumerable<IOperation> indices, ValueState state)
    {
        Scalar? only = null;
        foreach (IOperation index in indices)
        {
            only = Eval(index, state) as Scalar;
        }

        return only;
    }
}
