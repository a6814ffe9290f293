using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>Conditions that say that there is no buffer: it is null, it is <c>default</c>, its length is 0.</summary>
internal sealed class AbsenceConditions(BodyEvaluation body)
{
    /// <summary>Which outcome says that the value is null or default: of <c>is null</c> and <c>is { }</c>; null of any other pattern.</summary>
    public static bool? MeansNone(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation negated => !MeansNone(negated.Pattern),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } => true,
        IDeclarationPatternOperation { MatchesNull: false }
            or IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } => false,
        ITypePatternOperation => false,
        _ => null,
    };

    /// <summary>What is compared with null or default.</summary>
    public static IOperation? ComparedWithNone(IBinaryOperation comparison)
        => comparison.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals) ? null
            : IsDefault(comparison.RightOperand) ? Operand.Unwrap(comparison.LeftOperand)
            : IsDefault(comparison.LeftOperand) ? Operand.Unwrap(comparison.RightOperand)
            : null;

    public static bool IsDefault(IOperation operation)
        => Operand.Unwrap(operation) is { ConstantValue: { HasValue: true, Value: null } }
            or IDefaultValueOperation { Type.IsValueType: true, ConstantValue.HasValue: false }
            or IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null, Type: { IsValueType: true } };

    /// <summary>The buffer of <c>buffer.Span</c>.</summary>
    public static IOperation? Viewed(IOperation view)
        => Operand.Unwrap(view) is IPropertyReferenceOperation { Property.Name: "Span" or "Memory", Instance: { } buffer } ? buffer : null;

    /// <summary>A variable without a buffer: none that it may have held was left behind on this path.</summary>
    public bool Assume(IOperation tested)
    {
        IOperation variable = tested is IFlowCaptureReferenceOperation capture ? body.Function.OnlyCaptured(capture.Id) ?? tested : tested;

        // The variable may be over by now, the temporary that the test looks at is not.
        foreach (Reference reference in HeldIn(variable).References.Concat(ReferenceEquals(variable, tested) ? [] : HeldIn(tested).References))
        {
            SiteState before = body.State.Get(reference.Site);
            if (reference.Site.Kind is not (AllocationKind.Pages or AllocationKind.RecordSource) || (before.Ownership & OwnershipState.Owned) == 0)
            {
                continue;
            }

            if (reference.Site.IsFresh)
            {
                body.State.Set(reference.Site, before.With((before.Ownership & ~OwnershipState.Owned) | OwnershipState.Shared));
            }
            else if (reference.Site.Ordinal >= 0)
            {
                // Of a parameter that is none nothing is asked, and nothing is done to it.
                body.State.Set(reference.Site, before.With(before.Ownership & ~OwnershipState.Owned));
            }
        }

        return true;
    }

    /// <summary>The test that <c>using</c> makes of a writer or reader, or of an object, that was made in this body: it is one.</summary>
    public bool IsMadeHere(IIsNullOperation test)
        => test.IsImplicit && (HeldIn(test.Operand).Single is { Kind: AllocationKind.RecordSource, Node: not null } || IsDeclaredNew(test.Operand)
            || IsFrozen(test.Operand));

    /// <summary>What <c>Freeze</c> returned on each path, or a helper that cannot return null.</summary>
    private bool IsFrozen(IOperation tested)
        => Operand.Unwrap(tested) is ILocalReferenceOperation { Local.Type: { } type } && body.Shared.Types.Of(type) == SpliceType.FrozenPages
            && HeldIn(tested).Single is { Kind: AllocationKind.Pages } pages && body.State.Get(pages) is { Ownership: OwnershipState.Frozen } state
            && (state.EventOf(OwnershipState.Frozen) is not null || type.NullableAnnotation == NullableAnnotation.NotAnnotated);

    /// <summary>The variable of <c>using X x = new(…)</c>, which nothing else can be assigned to.</summary>
    private static bool IsDeclaredNew(IOperation tested)
        => Operand.Unwrap(tested) is ILocalReferenceOperation { Local: { IsUsing: true, DeclaringSyntaxReferences: { Length: 1 } declared } }
            && declared[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax };

    /// <summary><c>buffer.Span.IsEmpty</c>.</summary>
    public bool AssumeEmpty(IOperation view) => Viewed(view) is not { } buffer || Assume(buffer);

    /// <summary>What a local variable holds, or what the call that is tested on the spot made: <c>TryReceive</c>, awaited or not.</summary>
    private PointsToSet HeldIn(IOperation tested)
    {
        if (body.Paths.PathOf(tested) is { } path)
        {
            return path.IsLasting ? PointsToSet.Nothing : body.State.Get(path);
        }

        IOperation made = Operand.Unwrap(tested);
        if (made is ISimpleAssignmentOperation assignment)
        {
            return HeldIn(assignment.Target);
        }

        made = made is IAwaitOperation await ? Operand.Unwrap(await.Operation) : made;
        return made is IInvocationOperation call && (RuntimeNamespace.Holds(call.TargetMethod) ? body.Shared.SurfaceOf(call.TargetMethod).ReturnsPages
                : call.TargetMethod.IsStatic && body.Shared.Types.Of(call.TargetMethod.ContainingType) == SpliceType.PageBuffer)
            ? PointsToSet.Of(body.Sites.At(call.Syntax, AllocationKind.Pages, owner: null, isFresh: true))
            : PointsToSet.Nothing;
    }
}
