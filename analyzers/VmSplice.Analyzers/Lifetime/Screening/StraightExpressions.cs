using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;

namespace VmSplice.Analyzers.Lifetime.Screening;

/// <summary>The expressions of a body that <see cref="StraightUse"/> passes: what may be done with a buffer and its views while they are owned.</summary>
internal sealed class StraightExpressions(LifetimeContext context)
{
    private readonly List<RentedVariable> _rented = [];

    /// <summary>The buffers that the body has rented so far.</summary>
    public IReadOnlyList<RentedVariable> Rented => _rented;

    public void Add(RentedVariable rented) => _rented.Add(rented);

    /// <summary>Whether nothing in the expression, if it names a buffer at all, does more than reach the elements of one that is owned.</summary>
    [MethodImpl(Hot.Path)]
    public bool Expression(IOperation? expression)
    {
        switch (expression)
        {
            case null or ILiteralOperation or IInstanceReferenceOperation or IDefaultValueOperation or ISizeOfOperation or ITypeOfOperation or INameOfOperation:
                return true;
            case ILocalReferenceOperation local:
                return local.Local.RefKind == RefKind.None && IsHarmless(local.Type) && !IsView(local.Local);
            case IParameterReferenceOperation parameter:
                return IsHarmless(parameter.Type);
            case IFieldReferenceOperation field:
                return IsHarmless(field.Type) && Expression(field.Instance);
            case IPropertyReferenceOperation property:
                return IsHarmless(property.Type) && ReachesElements(property);
            case IInvocationOperation call:
                return Calls(call);
            case IAwaitOperation awaited:
                return IsHarmless(awaited.Type) && (FillsAwaited(awaited) || Expression(awaited.Operation));
            case ISimpleAssignmentOperation { IsRef: false } or ICompoundAssignmentOperation or IIncrementOrDecrementOperation or IBinaryOperation
                or IUnaryOperation or IConversionOperation or IArrayElementReferenceOperation or IConditionalOperation { IsRef: false }
                or ICoalesceOperation or IParenthesizedOperation or IArrayCreationOperation or IArrayInitializerOperation
                or IInterpolatedStringOperation or IInterpolatedStringTextOperation or IInterpolationOperation:
                return IsHarmless(expression.Type) && Parts(expression);
            case IObjectCreationOperation { Initializer: null } creation:
                return IsHarmless(creation.Type) && Constructs(creation);
            default:
                return false;
        }
    }

    [MethodImpl(Hot.Path)]
    private bool Parts(IOperation expression)
    {
        foreach (IOperation part in expression.ChildOperations)
        {
            if (!Expression(part))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsHarmless(ITypeSymbol? type) => !context.Types.IsFollowed(type);

    /// <summary>An element or the length of a buffer or of a view, or a property of something else.</summary>
    [MethodImpl(Hot.Path)]
    private bool ReachesElements(IPropertyReferenceOperation property)
    {
        foreach (IArgumentOperation argument in property.Arguments)
        {
            if (!Expression(argument.Value))
            {
                return false;
            }
        }

        return (Find(property.Instance) ?? PagesOf(property.Instance)) is { } pages
            ? !pages.IsGone && !Carrier.IsView(property.Type)
            : Expression(property.Instance);
    }

    [MethodImpl(Hot.Path)]
    private bool Calls(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.MethodKind is MethodKind.DelegateInvoke or MethodKind.LocalFunction || method.RefKind != RefKind.None || !IsHarmless(method.ReturnType)
            || context.RawReach.Comes(call))
        {
            return false;
        }

        // A value comes back, not a view or a task: whatever looked at the pages is done with them.
        bool isOfLibrary = LibraryModel.Declares(method);
        bool mayTakePages = !Carrier.Carries(method.ReturnType)
            && (isOfLibrary || IsWrite(method) || IsOfSegmentView(method)
                || (!RuntimeNamespace.Holds(method) && call.Instance?.Type is not { IsRefLikeType: true } && context.RawReach.StaysClear(method)));
        return (isOfLibrary || mayTakePages || !RuntimeNamespace.Holds(method))
            && ((mayTakePages && IsPages(call.Instance)) || Expression(call.Instance))
            && Arguments(call, mayTakePages);
    }

    /// <summary>The call whose task is awaited at once.</summary>
    public static IInvocationOperation? AwaitedCall(IAwaitOperation awaited) => awaited.Operation switch
    {
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: IInvocationOperation call } => call,
        IInvocationOperation call => call,
        _ => null,
    };

    /// <summary><c>await stream.ReadAsync(buffer.Memory)</c>: a stream keeps nothing of what it is given until its task is over.</summary>
    private bool FillsAwaited(IAwaitOperation awaited)
    {
        if (AwaitedCall(awaited) is not { Instance: { } stream } call || !IsStream(stream.Type) || !LibraryModel.Declares(call.TargetMethod)
            || !Expression(stream))
        {
            return false;
        }

        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.None } || !(IsOwnedMemory(argument.Value) || Expression(argument.Value)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsStream(ITypeSymbol? type) => type is { Name: "Stream", ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" } };

    /// <summary><c>buffer.Memory</c> of a buffer that is still owned.</summary>
    private bool IsOwnedMemory(IOperation value)
        => (value is IConversionOperation conversion && Carrier.IsView(conversion.Type) ? conversion.Operand : value)
            is IPropertyReferenceOperation { Property: { Name: "Memory" } property, Instance: { } buffer }
        && context.Types.Of(property.ContainingType) == SpliceType.PageBuffer && Find(buffer) is { IsGone: false };

    /// <summary>A text or a list of a buffer is read or changed where it lies, by a copy of what is given.</summary>
    private bool IsOfSegmentView(IMethodSymbol method) => context.Types.Of(method.ContainingType) == SpliceType.SegmentView;

    /// <summary>A call of the writer that copies, and is done with the pages when it returns.</summary>
    private bool IsWrite(IMethodSymbol method)
        => method.ReturnsVoid && context.Types.Of(method.ContainingType) == SpliceType.SpliceWriter && context.SurfaceOf(method).OnlyBorrows;

    [MethodImpl(Hot.Path)]
    public bool Arguments(IInvocationOperation call, bool mayBePages)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            bool passes = argument.Parameter is { RefKind: RefKind.None }
                ? (mayBePages && argument.Parameter.Type.IsRefLikeType && IsPages(argument.Value)) || Expression(argument.Value)
                : IsOrdinaryVariable(argument.Value);
            if (!passes)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A constructor of the project's own may give memory to a raw call.</summary>
    private bool Constructs(IObjectCreationOperation creation)
    {
        bool isOfLibrary = creation.Constructor is { } constructor && LibraryModel.Declares(constructor);
        foreach (IArgumentOperation argument in creation.Arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.None } || !(isOfLibrary || !Carrier.Carries(argument.Value.Type)) || !Expression(argument.Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What is given by reference: <c>out int count</c>.</summary>
    private bool IsOrdinaryVariable(IOperation variable) => variable switch
    {
        IDeclarationExpressionOperation declared => IsOrdinaryVariable(declared.Expression),
        ILocalReferenceOperation local => !Carrier.Carries(local.Type) && Expression(local),
        IDiscardOperation => IsHarmless(variable.Type),
        _ => false,
    };

    /// <summary>A view of pages that are still owned.</summary>
    public bool IsPages(IOperation? view) => PagesOf(view) is { IsGone: false };

    /// <summary>The buffer that an expression is a view of: a variable made for that, <c>buffer.Span</c>, a slice of them.</summary>
    public RentedVariable? PagesOf(IOperation? view)
    {
        switch (view)
        {
            case IConversionOperation conversion when Carrier.IsView(conversion.Type):
                return PagesOf(conversion.Operand);
            case ILocalReferenceOperation local:
                foreach (RentedVariable one in _rented)
                {
                    if (one.Shows(local.Local))
                    {
                        return one;
                    }
                }

                return null;
            case IPropertyReferenceOperation { Property: { Type.IsRefLikeType: true } property }
                when context.Types.Of(property.ContainingType) == SpliceType.PageBuffer:
                return Find(((IPropertyReferenceOperation)view).Instance);
            case IPropertyReferenceOperation { Property: { Type.IsRefLikeType: true } property, Instance: { } text }
                when context.Types.Of(property.ContainingType) == SpliceType.SegmentView:
                return PagesOf(text);
            case IInvocationOperation { TargetMethod: { Name: "Slice", ContainingType.Name: "Span" or "ReadOnlySpan" } method } slice
                when LibraryModel.Declares(method):
                return PagesOf(slice.Instance) is { } pages && Arguments(slice, mayBePages: false) ? pages : null;
            default:
                return null;
        }
    }

    [MethodImpl(Hot.Path)]
    public RentedVariable? Find(IOperation? buffer)
    {
        if (buffer is ILocalReferenceOperation local)
        {
            foreach (RentedVariable one in _rented)
            {
                if (SymbolEqualityComparer.Default.Equals(one.Local, local.Local))
                {
                    return one;
                }
            }
        }

        return null;
    }

    [MethodImpl(Hot.Path)]
    private bool IsView(ILocalSymbol local)
    {
        foreach (RentedVariable one in _rented)
        {
            if (one.Shows(local))
            {
                return true;
            }
        }

        return false;
    }
}
