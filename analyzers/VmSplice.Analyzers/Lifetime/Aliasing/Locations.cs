using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>Elements of memory, as against variables: where they are, and which memory it is.</summary>
internal sealed class Locations(BodyEvaluation body)
{
    /// <summary>The variable that holds the segments, where the target is in one.</summary>
    public AccessPath? ListOfSegments(IOperation target)
    {
        bool inside = target is ILocalReferenceOperation { Local.RefKind: not RefKind.None };
        for (IOperation? at = target; at is not null;)
        {
            if (inside && body.Paths.PathOf(at) is { } path && SegmentType.Of(at.Type) is not null)
            {
                return path;
            }

            inside = true;
            at = at switch
            {
                IMemberReferenceOperation member => member.Instance,
                IArrayElementReferenceOperation element => element.ArrayReference,
                { Kind: OperationKind.None } => at.ChildOperations.FirstOrDefault(),
                _ => null,
            };
        }

        return null;
    }

    /// <summary>
    /// The element of memory that a temporary stands for, where more than one block computes what is stored into it:
    /// <c>record.Time = c ? a : b</c>. Null of any other target.
    /// </summary>
    public IOperation? CapturedLocation(IOperation target)
        => target is IFlowCaptureReferenceOperation capture && body.Function.OnlyCaptured(capture.Id) is { } captured && IsLocation(captured) ? captured : null;

    /// <summary>
    /// A number that may be an address, as an arm of a condition: it is read where the arm is, since nothing tells it from its location later.
    /// </summary>
    public static bool IsReadNumber(IOperation captured)
        => captured is { Type.SpecialType: SpecialType.System_Int64 or SpecialType.System_UInt64, Syntax: { } node }
        && (node.Parent is ConditionalExpressionSyntax choice ? choice.WhenTrue == node || choice.WhenFalse == node
            : node.Parent is SwitchExpressionArmSyntax);

    /// <summary>The memory that a location is in: of <c>ref x</c>, of the target of an assignment.</summary>
    public PointsToSet EvaluateReference(IOperation operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation { Local.RefKind: not RefKind.None } or IParameterReferenceOperation { Parameter.RefKind: not RefKind.None }
                or IFlowCaptureReferenceOperation:
                return body.Paths.PathOf(operation) is { } held ? body.State.Get(held) : PointsToSet.Unknown;
            case IFieldReferenceOperation { Field.RefKind: not RefKind.None }:
                return body.Paths.PathOf(operation) is { } referred ? body.State.Get(referred) : PointsToSet.Unknown;
            case IPropertyReferenceOperation property when property.Property.RefKind != RefKind.None:
                return body.Calls.Properties.Evaluate(property);
            case IInvocationOperation invocation when invocation.TargetMethod.RefKind != RefKind.None:
                return body.Calls.Evaluate(invocation);
            case IArrayElementReferenceOperation element:
                foreach (IOperation index in element.Indices)
                {
                    body.Expressions.Evaluate(index);
                }

                PointsToSet array = body.Expressions.Evaluate(element.ArrayReference);
                return SegmentType.Of(element.Type) is not null ? array
                    : body.Ranges.Element(array, element.Indices.Length == 1 ? element.Indices[0] : null, element.Type, element);
            case IImplicitIndexerReferenceOperation element:
                body.Expressions.Evaluate(element.Argument);
                return body.Expressions.Evaluate(element.Instance);
            case IInlineArrayAccessOperation element:
                body.Expressions.Evaluate(element.Argument);
                return EvaluateReference(element.Instance);
            case IFieldReferenceOperation { Instance: { } instance } field when IsLocation(field):
                return body.Ranges.Field(EvaluateReference(instance), field.Field);
            case IConversionOperation or IParenthesizedOperation:
                return EvaluateReference(operation.ChildOperations.First());
            case { Kind: OperationKind.None } when IsLocation(operation):
                return PointedAt(operation);
        }

        if (body.Paths.PathOf(operation) is { } path)
        {
            return VariableMemory(operation, path);
        }

        return body.Expressions.Evaluate(operation);
    }

    /// <summary><c>*p</c>, <c>p[i]</c>, <c>p-&gt;Field</c>.</summary>
    private PointsToSet PointedAt(IOperation operation)
    {
        PointsToSet? pointer = null;
        IOperation? index = null;
        foreach (IOperation child in operation.ChildOperations)
        {
            PointsToSet value = body.Expressions.Evaluate(child);
            (pointer, index) = pointer is null ? (value, null) : (pointer, child);
        }

        if (pointer is null)
        {
            return PointsToSet.Nothing;
        }

        bool isElement = SegmentType.Of(operation.Type) is null && operation.Syntax is PrefixUnaryExpressionSyntax or ElementAccessExpressionSyntax;
        if (isElement)
        {
            return body.Ranges.Element(pointer, index, operation.Type, operation);
        }

        // p->Field is in the one structure that p points to.
        return operation.ChildOperations.FirstOrDefault()?.Type is IPointerTypeSymbol { PointedAtType: var structure } && SegmentType.Of(structure) is null
            ? body.Ranges.Element(pointer, index: null, structure, operation) : pointer;
    }

    /// <summary>The address of a variable: of a list of segments, what the list holds; of any other local, the stack.</summary>
    private PointsToSet VariableMemory(IOperation operation, AccessPath path)
    {
        if (SegmentType.Of(operation.Type) is not null || body.Shared.Types.IsFollowed(operation.Type))
        {
            return body.State.Get(path);
        }

        if (operation is IFieldReferenceOperation { Type: { IsUnmanagedType: true, TypeKind: not TypeKind.Pointer } }
            and ({ Instance.Type.IsReferenceType: true } or { Field.IsStatic: true })
            && body.Shared.SeesRawCalls
            && (operation.Type.SpecialType is SpecialType.System_Int64 or SpecialType.System_UInt64 || !Carrier.Carries(operation.Type)))
        {
            // A field of an object moves with the object.
            AllocationSite inObject = body.Sites.In(path, AllocationKind.Managed, path.Name);
            if (body.State.Get(inObject).Facts == OwnershipState.None)
            {
                body.State.Set(inObject, SiteState.Fresh);
            }

            return PointsToSet.Of(inObject);
        }

        bool isLocal = operation is ILocalReferenceOperation or IParameterReferenceOperation { Parameter.RefKind: RefKind.None };
        if (!body.Shared.SeesRawCalls || !isLocal || operation.Type is not { IsUnmanagedType: true } || path.Root is not ISymbol variable)
        {
            return PointsToSet.Unknown;
        }

        AllocationSite site = body.Sites.In(path, AllocationKind.Stack, variable.Name);
        if (body.State.Get(site).Facts == OwnershipState.None)
        {
            body.State.Set(site, SiteState.Fresh);
        }

        return PointsToSet.Of(site);
    }

    /// <summary>Whether the expression is an element of memory, not a variable of this body.</summary>
    public static bool IsLocation(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local.RefKind != RefKind.None,
        IParameterReferenceOperation parameter => parameter.Parameter.RefKind != RefKind.None && !Carrier.Carries(parameter.Type),
        IPropertyReferenceOperation property => property.Property.RefKind != RefKind.None,
        IInvocationOperation invocation => invocation.TargetMethod.RefKind != RefKind.None,
        IArrayElementReferenceOperation or IInlineArrayAccessOperation => true,
        IImplicitIndexerReferenceOperation element => element.IndexerSymbol is IPropertySymbol { RefKind: not RefKind.None },
        IFlowCaptureReferenceOperation capture => !Carrier.Carries(capture.Type),
        IFieldReferenceOperation { Field.RefKind: not RefKind.None } => true,
        IFieldReferenceOperation { Instance: { Type: { IsValueType: true } or null } instance } => IsLocation(instance),
        { Kind: OperationKind.None } => operation.Syntax is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression }
            || (operation.Syntax is ElementAccessExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax
                && operation.Type is { TypeKind: not TypeKind.Pointer } && operation.ChildOperations.FirstOrDefault()?.Type is IPointerTypeSymbol),
        _ => false,
    };
}
