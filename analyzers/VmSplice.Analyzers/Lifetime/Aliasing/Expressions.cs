using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>What an expression refers to.</summary>
internal sealed class Expressions(BodyEvaluation body)
{
    /// <summary>The value of an expression. Reading an element of memory is a use of it.</summary>
    [MethodImpl(Hot.Path)]
    public PointsToSet Evaluate(IOperation? operation)
    {
        switch (operation)
        {
            case null or ILiteralOperation:
                return PointsToSet.Nothing;
            case ILocalReferenceOperation { Local.RefKind: RefKind.None } or IParameterReferenceOperation { Parameter.RefKind: RefKind.None }:
                return body.State.Get(body.Paths.PathOf(operation)!);
            case ILocalReferenceOperation { Local: { RefKind: not RefKind.None } local }
                when body.Shared.Types.IsFollowed(local.Type) && body.State.AliasOf(local) is { } variable:
                return body.State.Get(variable);
            case IExpressionStatementOperation statement:
                Evaluate(statement.Operation);
                return PointsToSet.Nothing;
            case ISimpleAssignmentOperation assignment:
                return body.Assignments.EvaluateAssignment(assignment);
            case ICompoundAssignmentOperation compound:
                return body.Assignments.EvaluateCompound(compound);
            case IIncrementOrDecrementOperation increment:
                return body.Assignments.EvaluateIncrement(increment);
            case IDeconstructionAssignmentOperation deconstruction:
                return body.Assignments.EvaluateDeconstruction(deconstruction);
            case IEventAssignmentOperation subscription:
                body.Ownership.Escape(subscription.HandlerValue, Evaluate(subscription.HandlerValue));
                return PointsToSet.Nothing;
            case IFlowCaptureOperation capture:
                return EvaluateCapture(capture);
            case IInvocationOperation invocation:
                return Load(invocation, body.Calls.Evaluate(invocation), invocation.TargetMethod.RefKind != RefKind.None);
            case IFunctionPointerInvocationOperation pointer:
                return body.Calls.Evaluate(pointer);
            case IObjectCreationOperation creation:
                return body.Creations.EvaluateCreation(creation);
            case IPropertyReferenceOperation property when !Locations.IsLocation(property):
                return body.Calls.Properties.Evaluate(property);
            case IConversionOperation conversion:
                PointsToSet converted = Evaluate(conversion.Operand);
                if (body.Shared.SeesRawCalls && conversion is { Type.Name: "ReadOnlySpan", Operand: { Type.SpecialType: SpecialType.System_String,
                    ConstantValue.HasValue: false } })
                {
                    return Make(conversion.Syntax, AllocationKind.Managed);
                }

                return Carrier.Carries(conversion.Type) && !MakesSegments(conversion) ? converted : PointsToSet.Nothing;
            case IDelegateCreationOperation creation:
                return body.Calls.Functions.EvaluateDelegate(creation);
            case IFlowAnonymousFunctionOperation lambda:
                return body.Calls.Functions.FunctionAt(lambda, lambda.Syntax);
            case ICollectionExpressionOperation { Type: IArrayTypeSymbol } array when SegmentType.Of(array.Type) is null:
                return Make(array.Syntax, AllocationKind.Managed).WithPartsOf(body.Collections.EvaluateList(array));
            case ITupleOperation or IArrayInitializerOperation or ICollectionExpressionOperation:
                return body.Collections.EvaluateList(operation);
            case IArrayCreationOperation array:
                return EvaluateArray(array);
            case IAddressOfOperation address:
                PointsToSet referred = body.Locations.EvaluateReference(address.Reference);
                return SegmentType.Of(address.Type) is null ? body.Ranges.Unbounded(referred) : referred;
            case IAwaitOperation await:
                PointsToSet awaited = Evaluate(await.Operation);
                body.Running.End();
                body.Adoption.ForgetShared();
                return awaited;
            case IIsPatternOperation test:
                body.Patterns.Bind(test.Pattern, Evaluate(test.Value), body.Paths.PathOf(test.Value), test.Value);
                return PointsToSet.Nothing;
            case IReturnOperation { Kind: OperationKind.YieldReturn, ReturnedValue: { } yielded }:
                PointsToSet handed = Evaluate(yielded);
                if (ReturnedViews.IsView(yielded.Type))
                {
                    body.Ownership.RecordIfInvalid(handed, yielded.Syntax, AccessKind.Read);
                }

                body.Ownership.Escape(yielded, handed);
                return PointsToSet.Nothing;
            case IImplicitIndexerReferenceOperation { Argument: not IRangeOperation } last when body.Elements.Keeps(last.Type)
                && body.Elements.Load(last) is { } atEnd:
                return atEnd;
            case IImplicitIndexerReferenceOperation range when !Locations.IsLocation(range):
                EvaluateChildren(range, except: range.Instance);
                PointsToSet sliced = Evaluate(range.Instance);
                return range.Argument is IRangeOperation slice && SegmentType.Of(range.Type) is null
                    ? body.Ranges.Slice(sliced, slice, ElementOf(range.Type), range) : sliced;
            case IDefaultValueOperation:
                return PointsToSet.Nothing;
            case IBinaryOperation binary:
                return EvaluateBinary(binary);
            case IUnaryOperation or IParenthesizedOperation:
                PointsToSet operand = Evaluate(operation.ChildOperations.First());
                return Carrier.Carries(operation.Type) ? operand : PointsToSet.Nothing;
            case { Kind: OperationKind.None } when !Locations.IsLocation(operation):
                return EvaluateUnnamed(operation);
        }

        if (operation is IArrayElementReferenceOperation && (body.Shared.Types.IsFollowed(operation.Type) || body.Elements.Keeps(operation.Type)))
        {
            body.Locations.EvaluateReference(operation);
            return body.Elements.Load(operation) ?? PointsToSet.Unknown;
        }

        if (Locations.IsLocation(operation))
        {
            return Load(operation, body.Locations.EvaluateReference(operation), isReference: true);
        }

        if (body.Paths.PathOf(operation) is { } path)
        {
            EvaluateInstances(operation);
            return body.State.Get(path);
        }

        EvaluateChildren(operation);
        return Carrier.Carries(operation.Type) ? PointsToSet.Unknown : PointsToSet.Nothing;
    }

    /// <summary>Plain memory that is taken for a list of segments: what the list will describe is not known yet.</summary>
    private static bool MakesSegments(IConversionOperation conversion)
        => SegmentType.Of(conversion.Type) is not null && SegmentType.Of(Operand.Unwrap(conversion.Operand).Type) is null
            && Carrier.IsView(conversion.Operand.Type);

    private PointsToSet Load(IOperation operation, PointsToSet location, bool isReference)
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
        body.Ownership.Access(location, node, MemoryAccess.Read);
        return Carrier.Carries(operation.Type) ? PointsToSet.Unknown : PointsToSet.Nothing;
    }

    public void EvaluateInstances(IOperation operation)
    {
        if (operation is IMemberReferenceOperation { Instance: { } instance } && body.Paths.PathOf(instance) is null)
        {
            Evaluate(instance);
        }
    }

    public void EvaluateChildren(IOperation operation, IOperation? except = null)
    {
        foreach (IOperation child in operation.ChildOperations)
        {
            if (child != except)
            {
                Evaluate(child);
            }
        }
    }

    private PointsToSet EvaluateCapture(IFlowCaptureOperation capture)
    {
        if (Overwrites.IsTarget(capture.Value))
        {
            // Only assigned: what the variable holds so far is not kept by it.
            return PointsToSet.Nothing;
        }

        PointsToSet value = Locations.IsLocation(capture.Value) && !Locations.IsReadNumber(capture.Value)
            ? body.Locations.EvaluateReference(capture.Value) : Evaluate(capture.Value);
        body.Stores.Store(new AccessPath(capture.Id, ""), value, capture.Value);
        return PointsToSet.Nothing;
    }

    private PointsToSet EvaluateBinary(IBinaryOperation binary)
    {
        PointsToSet left = Evaluate(binary.LeftOperand);
        PointsToSet right = Evaluate(binary.RightOperand);
        if (!Carrier.Carries(binary.Type))
        {
            return PointsToSet.Nothing;
        }

        // An address plus a number is that address still; a number alone is nothing.
        return left.References.IsEmpty ? right.References.IsEmpty ? PointsToSet.Unknown : Moved(right, binary.LeftOperand, binary)
            : right.References.IsEmpty ? Moved(left, binary.RightOperand, binary)
            : PointsToSet.Join(left, right);
    }

    private PointsToSet Moved(PointsToSet address, IOperation by, IBinaryOperation sum)
        => SegmentType.Of(sum.Type) is not null ? address : sum.OperatorKind switch
        {
            BinaryOperatorKind.Add => body.Ranges.From(address, by, PointedAt(sum.Type), sum),
            BinaryOperatorKind.Subtract => body.Ranges.From(address, by, PointedAt(sum.Type), sum, isNegative: true),
            _ => body.Ranges.From(address, offset: null, element: null, sum),
        };

    /// <summary>What a pointer is counted in; an address as a number is counted in bytes.</summary>
    public ITypeSymbol PointedAt(ITypeSymbol? type)
        => type is IPointerTypeSymbol pointer ? pointer.PointedAtType : body.Shared.Compilation.GetSpecialType(SpecialType.System_Byte);

    /// <summary>What a view is counted in.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol? view) => view switch
    {
        INamedTypeSymbol { TypeArguments: { Length: 1 } elements } => elements[0],
        IArrayTypeSymbol array => array.ElementType,
        _ => null,
    };

    /// <summary>Operations without a name: pointer work, <c>fixed</c>, <c>stackalloc</c>.</summary>
    private PointsToSet EvaluateUnnamed(IOperation operation)
    {
        if (operation.Syntax is StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax)
        {
            PointsToSet segments = PointsToSet.Nothing;
            foreach (IOperation child in operation.ChildOperations)
            {
                segments = PointsToSet.Both(segments, Evaluate(child));
            }

            return SegmentType.Of(operation.Type) is not null ? segments : Make(operation.Syntax, AllocationKind.Stack);
        }

        PointsToSet only = PointsToSet.Nothing;
        int count = 0;
        foreach (IOperation child in operation.ChildOperations)
        {
            only = Evaluate(child);
            count++;
        }

        return count == 1 && Carrier.Carries(operation.Type) ? only : PointsToSet.Unknown;
    }

    private PointsToSet EvaluateArray(IArrayCreationOperation array)
    {
        foreach (IOperation size in array.DimensionSizes)
        {
            Evaluate(size);
        }

        PointsToSet segments = array.Initializer is { } initializer ? Evaluate(initializer) : PointsToSet.Nothing;
        return SegmentType.Of(array.Type) is not null ? segments : Make(array.Syntax, AllocationKind.Managed).WithPartsOf(segments);
    }

    /// <summary>A new object at this node.</summary>
    [MethodImpl(Hot.Path)]
    public PointsToSet Make(SyntaxNode node, AllocationKind kind, AllocationSite? owner = null)
    {
        AllocationSite site = body.Sites.At(node, kind, owner, isFresh: true);
        body.State.Renew(site, SiteState.Fresh);
        return PointsToSet.Of(site);
    }
}
