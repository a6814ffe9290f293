using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Ownership;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <content>What an expression refers to.</content>
internal sealed partial class LifetimePolicy
{
    /// <summary>The value of an expression. Reading an element of memory is a use of it.</summary>
    [MethodImpl(Hot.Path)]
    private Value Evaluate(IOperation? operation)
    {
        switch (operation)
        {
            case null or ILiteralOperation:
                return Value.Nothing;
            case ILocalReferenceOperation { Local.RefKind: RefKind.None } or IParameterReferenceOperation { Parameter.RefKind: RefKind.None }:
                return _state.Get(PlaceOf(operation)!);
            case IExpressionStatementOperation statement:
                Evaluate(statement.Operation);
                return Value.Nothing;
            case ISimpleAssignmentOperation assignment:
                return EvaluateAssignment(assignment);
            case ICompoundAssignmentOperation compound:
                return EvaluateCompound(compound);
            case IIncrementOrDecrementOperation increment:
                return EvaluateIncrement(increment);
            case IDeconstructionAssignmentOperation deconstruction:
                return EvaluateDeconstruction(deconstruction);
            case IEventAssignmentOperation subscription:
                Escape(subscription.HandlerValue, Evaluate(subscription.HandlerValue));
                return Value.Nothing;
            case IFlowCaptureOperation capture:
                return EvaluateCapture(capture);
            case IInvocationOperation invocation:
                return Load(invocation, EvaluateInvocation(invocation), invocation.TargetMethod.RefKind != RefKind.None);
            case IFunctionPointerInvocationOperation pointer:
                return EvaluateFunctionPointer(pointer);
            case IObjectCreationOperation creation:
                return EvaluateCreation(creation);
            case IPropertyReferenceOperation property when !IsLocation(property):
                return EvaluateProperty(property);
            case IConversionOperation conversion:
                Value converted = Evaluate(conversion.Operand);
                return Carrier.Carries(conversion.Type) ? converted : Value.Nothing;
            case IDelegateCreationOperation creation:
                return EvaluateDelegate(creation);
            case IFlowAnonymousFunctionOperation lambda:
                return FunctionAt(lambda, lambda.Syntax);
            case ITupleOperation or IArrayInitializerOperation or ICollectionExpressionOperation:
                return EvaluateList(operation);
            case IArrayCreationOperation array:
                return EvaluateArray(array);
            case IAddressOfOperation address:
                return EvaluateAddress(address);
            case IAwaitOperation await:
                Value awaited = Evaluate(await.Operation);
                EndTransfers();
                ForgetShared();
                return awaited;
            case IIsPatternOperation test:
                Bind(test.Pattern, Evaluate(test.Value), PlaceOf(test.Value));
                return Value.Nothing;
            case IReturnOperation { Kind: OperationKind.YieldReturn } yielded:
                Escape(yielded.ReturnedValue!, Evaluate(yielded.ReturnedValue));
                return Value.Nothing;
            case IImplicitIndexerReferenceOperation range when !IsLocation(range):
                EvaluateChildren(range, except: range.Instance);
                return Evaluate(range.Instance);
            case IDefaultValueOperation:
                return Value.Nothing;
            case IBinaryOperation binary:
                return EvaluateBinary(binary);
            case IUnaryOperation or IParenthesizedOperation:
                Value operand = Evaluate(operation.ChildOperations.First());
                return Carrier.Carries(operation.Type) ? operand : Value.Nothing;
            case { Kind: OperationKind.None } when !IsLocation(operation):
                return EvaluateUnnamed(operation);
        }

        if (IsLocation(operation))
        {
            return Load(operation, EvaluateReference(operation), isReference: true);
        }

        if (PlaceOf(operation) is { } place)
        {
            EvaluateInstances(operation);
            return _state.Get(place);
        }

        EvaluateChildren(operation);
        return Carrier.Carries(operation.Type) ? Value.Unknown : Value.Nothing;
    }

    [MethodImpl(Hot.Path)]
    private Value Load(IOperation operation, Value location, bool isReference)
    {
        if (!isReference)
        {
            return location;
        }

        // A segment read out of a list of segments is as good as the list.
        if (SegmentType.Of(operation.Type) is not null)
        {
            return location;
        }

        // What foreach reads is implicit, at the type of its variable; the collection is what a reader looks for.
        SyntaxNode node = operation.IsImplicit && operation.Syntax.Parent is CommonForEachStatementSyntax loop ? loop.Expression : operation.Syntax;
        Use(location, node, Touch.Read);
        return Carrier.Carries(operation.Type) ? Value.Unknown : Value.Nothing;
    }

    /// <summary>The memory that a location is in: of <c>ref x</c>, of the target of an assignment.</summary>
    [MethodImpl(Hot.Path)]
    private Value EvaluateReference(IOperation operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation { Local.RefKind: not RefKind.None } or IParameterReferenceOperation { Parameter.RefKind: not RefKind.None }
                or IFlowCaptureReferenceOperation:
                return PlaceOf(operation) is { } held ? _state.Get(held) : Value.Unknown;
            case IPropertyReferenceOperation property when property.Property.RefKind != RefKind.None:
                return EvaluateProperty(property);
            case IInvocationOperation invocation when invocation.TargetMethod.RefKind != RefKind.None:
                return EvaluateInvocation(invocation);
            case IArrayElementReferenceOperation element:
                foreach (IOperation index in element.Indices)
                {
                    Evaluate(index);
                }

                return Evaluate(element.ArrayReference);
            case IImplicitIndexerReferenceOperation element:
                Evaluate(element.Argument);
                return Evaluate(element.Instance);
            case IInlineArrayAccessOperation element:
                Evaluate(element.Argument);
                return EvaluateReference(element.Instance);
            case IFieldReferenceOperation { Instance: { } instance } field when IsLocation(field):
                return EvaluateReference(instance);
            case IConversionOperation or IParenthesizedOperation:
                return EvaluateReference(operation.ChildOperations.First());
            case { Kind: OperationKind.None } when IsLocation(operation):
                bool first = true;
                Value pointer = Value.Nothing;
                foreach (IOperation child in operation.ChildOperations)
                {
                    Value value = Evaluate(child);
                    pointer = first ? value : pointer;
                    first = false;
                }

                return pointer;
        }

        if (PlaceOf(operation) is { } place)
        {
            return VariableMemory(operation, place);
        }

        return Evaluate(operation);
    }

    /// <summary>The address of a variable: of a list of segments, what the list holds; of any other local, the stack.</summary>
    [MethodImpl(Hot.Path)]
    private Value VariableMemory(IOperation operation, Place place)
    {
        if (SegmentType.Of(operation.Type) is not null || _context.Types.IsFollowed(SpliceTypes.Unwrap(operation.Type)))
        {
            return _state.Get(place);
        }

        bool isLocal = operation is ILocalReferenceOperation or IParameterReferenceOperation { Parameter.RefKind: RefKind.None };
        if (!_context.SeesRawCalls || !isLocal || operation.Type is not { IsUnmanagedType: true } || place.Root is not ISymbol variable)
        {
            return Value.Unknown;
        }

        Origin origin = _origins.In(place, OriginKind.Stack, variable.Name);
        if (_state.Get(origin).Conditions == Condition.None)
        {
            _state.Set(origin, OriginState.Fresh);
        }

        return Value.Of(origin);
    }

    /// <summary>Whether the expression is an element of memory, not a variable of this body.</summary>
    [MethodImpl(Hot.Path)]
    private static bool IsLocation(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local.RefKind != RefKind.None,
        IParameterReferenceOperation parameter => parameter.Parameter.RefKind != RefKind.None && !Carrier.Carries(parameter.Type),
        IPropertyReferenceOperation property => property.Property.RefKind != RefKind.None,
        IInvocationOperation invocation => invocation.TargetMethod.RefKind != RefKind.None,
        IArrayElementReferenceOperation or IInlineArrayAccessOperation => true,
        IImplicitIndexerReferenceOperation element => element.IndexerSymbol is IPropertySymbol { RefKind: not RefKind.None },
        IFlowCaptureReferenceOperation capture => !Carrier.Carries(capture.Type),
        IFieldReferenceOperation { Instance: { Type: { IsValueType: true } or null } instance } => IsLocation(instance),
        { Kind: OperationKind.None } => operation.Syntax is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression }
            || (operation.Syntax is ElementAccessExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax
                && operation.Type is { TypeKind: not TypeKind.Pointer } && operation.ChildOperations.FirstOrDefault()?.Type is IPointerTypeSymbol),
        _ => false,
    };

    [MethodImpl(Hot.Path)]
    private void EvaluateInstances(IOperation operation)
    {
        if (operation is IMemberReferenceOperation { Instance: { } instance } && PlaceOf(instance) is null)
        {
            Evaluate(instance);
        }
    }

    [MethodImpl(Hot.Path)]
    private void EvaluateChildren(IOperation operation, IOperation? except = null)
    {
        foreach (IOperation child in operation.ChildOperations)
        {
            if (child != except)
            {
                Evaluate(child);
            }
        }
    }

    [MethodImpl(Hot.Path)]
    private Value EvaluateCapture(IFlowCaptureOperation capture)
    {
        if (!_captures.TryGetValue(capture.Id, out List<IOperation>? captured))
        {
            _captures.Add(capture.Id, captured = []);
        }

        if (!captured.Contains(capture.Value))
        {
            captured.Add(capture.Value);
        }

        Value value = IsLocation(capture.Value) ? EvaluateReference(capture.Value) : Evaluate(capture.Value);
        Store(new Place(capture.Id, ""), value, capture.Value);
        return Value.Nothing;
    }

    [MethodImpl(Hot.Path)]
    private Value EvaluateBinary(IBinaryOperation binary)
    {
        Value left = Evaluate(binary.LeftOperand);
        Value right = Evaluate(binary.RightOperand);
        if (!Carrier.Carries(binary.Type))
        {
            return Value.Nothing;
        }

        // An address plus a number is that address still; a number alone is nothing.
        return left.References.IsEmpty ? right.References.IsEmpty ? Value.Unknown : right : right.References.IsEmpty ? left : Value.Join(left, right);
    }

    private Value EvaluateList(IOperation list)
    {
        Value all = Value.Nothing;
        bool ofSegments = list is not ITupleOperation && SegmentType.Of(list.Type) is not null || list is IArrayInitializerOperation;
        foreach (IOperation element in list.ChildOperations)
        {
            Value value = Evaluate(element);
            _elements[element] = value;
            if (ofSegments)
            {
                all = Value.Both(all, value);
            }
            else if (list is not ITupleOperation)
            {
                StoredIn(value, element.Syntax, collection: null);
            }
        }

        return ofSegments ? all : Value.Unknown;
    }

    /// <summary>Operations without a name: pointer work, <c>fixed</c>, <c>stackalloc</c>.</summary>
    private Value EvaluateUnnamed(IOperation operation)
    {
        if (operation.Syntax is StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax)
        {
            Value segments = Value.Nothing;
            foreach (IOperation child in operation.ChildOperations)
            {
                segments = Value.Both(segments, Evaluate(child));
            }

            return SegmentType.Of(operation.Type) is not null ? segments : Make(operation.Syntax, OriginKind.Stack);
        }

        Value only = Value.Nothing;
        int count = 0;
        foreach (IOperation child in operation.ChildOperations)
        {
            only = Evaluate(child);
            count++;
        }

        return count == 1 && Carrier.Carries(operation.Type) ? only : Value.Unknown;
    }

    private Value EvaluateAddress(IAddressOfOperation address) => EvaluateReference(address.Reference);

    private Value EvaluateArray(IArrayCreationOperation array)
    {
        foreach (IOperation size in array.DimensionSizes)
        {
            Evaluate(size);
        }

        Value segments = array.Initializer is { } initializer ? Evaluate(initializer) : Value.Nothing;
        return SegmentType.Of(array.Type) is not null ? segments : Make(array.Syntax, OriginKind.Managed);
    }

    /// <summary>A new object at this site.</summary>
    [MethodImpl(Hot.Path)]
    private Value Make(SyntaxNode site, OriginKind kind, Origin? owner = null)
    {
        Origin origin = _origins.At(site, kind, owner, isFresh: true);
        _state.Renew(origin, OriginState.Fresh);
        return Value.Of(origin);
    }
}
