using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Evaluates receiver and arguments of a call, then asks the models, most certain first, what it does.</summary>
internal sealed class CallEvaluator
{
    private readonly BodyEvaluation _body;
    private readonly ICallModel[] _models;

    public CallEvaluator(BodyEvaluation body)
    {
        _body = body;
        RawCalls = new RawCallModel(body);
        Functions = new NestedFunctions(body);
        Pages = new PagesModel(body);
        Records = new RecordModel(body);
        SegmentViews = new SegmentViewModel(body);
        Properties = new PropertyModel(body);
        Pins = new Pins(body);
        ForeignMemory = new ForeignMemoryModel(body);
        Summaries = new SummaryEffects(body);
        Outcomes = new CallOutcomes(body);
        Source = new SourceModel(body);
        Coded = new CodedProperties(body);
        Unknown = new UnknownArguments(body);
        _models = [RawCalls, Functions, new SurfaceModel(body), ForeignMemory, new BaseLibraryModel(body), Source];
    }

    public RawCallModel RawCalls { get; }

    public NestedFunctions Functions { get; }

    public PagesModel Pages { get; }

    public RecordModel Records { get; }

    public SegmentViewModel SegmentViews { get; }

    public PropertyModel Properties { get; }

    public Pins Pins { get; }

    public ForeignMemoryModel ForeignMemory { get; }

    public SummaryEffects Summaries { get; }

    public CallOutcomes Outcomes { get; }

    public SourceModel Source { get; }

    public CodedProperties Coded { get; }

    public UnknownArguments Unknown { get; }

    [MethodImpl(Hot.Path)]
    public PointsToSet Evaluate(IInvocationOperation invocation)
    {
        Call call = CallOf(invocation);
        if (!BackgroundWork.OnlyPassesOn(call.Method)
            && (BackgroundWork.IsTask(call.Receiver?.Operation.Type) || call.Arguments.Any(static one => BackgroundWork.IsTask(one.Operation.Type))))
        {
            _body.Running.End();
        }

        return Evaluate(call);
    }

    public PointsToSet Evaluate(IFunctionPointerInvocationOperation invocation)
    {
        _body.Expressions.Evaluate(invocation.Target);
        PassedArgument[] arguments = EvaluateArguments(invocation.Arguments);
        if (invocation.Target.Type is IFunctionPointerTypeSymbol type && RawCalls.Evaluate(new Call(type.Signature, invocation, null, arguments)) is { } result)
        {
            return result;
        }

        foreach (PassedArgument argument in arguments)
        {
            Unknown.Pass(argument, "the function pointer");
        }

        RawCalls.MayDrain();
        return PointsToSet.Unknown;
    }

    // A value-typed receiver in memory is passed by reference: span.Slice is no read, s[0].Reset() may be a write.
    [MethodImpl(Hot.Path)]
    public PointsToSet EvaluateReceiver(IOperation instance)
        => Locations.IsLocation(instance) && !Carrier.Carries(instance.Type)
            ? _body.Locations.EvaluateReference(instance) : _body.Expressions.Evaluate(instance);

    [MethodImpl(Hot.Path)]
    public PassedArgument[] EvaluateArguments(ImmutableArray<IArgumentOperation> arguments)
    {
        var passed = new PassedArgument[arguments.Length];
        for (int i = 0; i < passed.Length; i++)
        {
            passed[i] = new PassedArgument(arguments[i].Parameter, arguments[i].Value, EvaluateArgument(arguments[i]));
        }

        foreach (PassedArgument one in passed)
        {
            if (IsReplaced(one.Parameter, one.Operation))
            {
                _body.Stores.Assign(one.Operation, PointsToSet.Unknown, source: null);
            }
        }

        return passed;
    }

    /// <summary>A variable that the call gives another buffer: what it held before has no part in the call.</summary>
    [MethodImpl(Hot.Path)]
    public bool IsReplaced(IParameterSymbol? parameter, IOperation argument)
        => parameter is { RefKind: RefKind.Out } && _body.Shared.Types.IsFollowed(argument.Type) && !Locations.IsLocation(argument);

    [MethodImpl(Hot.Path)]
    private PointsToSet Evaluate(Call call)
    {
        foreach (ICallModel model in _models)
        {
            if (model.Evaluate(call) is { } result)
            {
                return result;
            }
        }

        return PointsToSet.Unknown;
    }

    private PointsToSet EvaluateArgument(IArgumentOperation argument)
        => IsReplaced(argument.Parameter, argument.Value) ? PointsToSet.Nothing
        : IsView(argument) && _body.Paths.PathOf(argument.Value) is { } view ? _body.State.Get(view)
        : argument.Parameter is { RefKind: not RefKind.None } ? _body.Locations.EvaluateReference(argument.Value) : _body.Expressions.Evaluate(argument.Value);

    /// <summary>A variable that is a view, passed by reference to a method in source: what that does with it, it does with its memory.</summary>
    private static bool IsView(IArgumentOperation argument)
        => argument is { Parameter: { RefKind: RefKind.Ref or RefKind.In or RefKind.RefReadOnlyParameter, DeclaringSyntaxReferences.IsEmpty: false },
            Value: ILocalReferenceOperation { Local.RefKind: RefKind.None } or IParameterReferenceOperation }
        && (Carrier.IsView(argument.Value.Type) || argument.Value.Type is IArrayTypeSymbol);

    private Call CallOf(IInvocationOperation invocation)
    {
        IMethodSymbol method = Implementation(invocation) ?? ExtensionMembers.AsStatic(invocation.TargetMethod);
        if (!ReferenceEquals(method, invocation.TargetMethod) && invocation.TargetMethod.ContainingType.TypeKind != TypeKind.Interface)
        {
            return ExtensionCallOf(invocation, method);
        }

        PassedArgument? receiver = invocation.Instance is { } instance and not IInstanceReferenceOperation
            ? new PassedArgument(null, instance, EvaluateReceiver(instance))
            : null;
        return new Call(method, invocation, receiver, EvaluateArguments(invocation.Arguments));
    }

    /// <summary>Of the call that <c>using</c> makes through IDisposable: the method of the type in source that it runs, where that is known.</summary>
    private IMethodSymbol? Implementation(IInvocationOperation invocation)
        => invocation.TargetMethod
            is { Name: "Dispose" or "DisposeAsync", ContainingType: { TypeKind: TypeKind.Interface, Name: "IDisposable" or "IAsyncDisposable" } } disposal
            && invocation.Instance is { } instance && Operand.Unwrap(instance).Type is { DeclaringSyntaxReferences.IsEmpty: false } type
            && _body.Shared.Types.Of(type) == SpliceType.None
            && type.FindImplementationForInterfaceMember(disposal) is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false } method
            && _body.Shared.Summaries.Of(method, _body.Budget.Cancellation) is not null
            ? method
            : null;

    /// <summary>The receiver of an extension member is the first argument of its static method.</summary>
    private Call ExtensionCallOf(IInvocationOperation invocation, IMethodSymbol method)
    {
        List<PassedArgument> passed = [];
        if (invocation.Instance is { } instance)
        {
            IParameterSymbol first = method.Parameters[0];
            passed.Add(new PassedArgument(first, instance,
                first.RefKind == RefKind.None ? _body.Expressions.Evaluate(instance) : _body.Locations.EvaluateReference(instance)));
        }

        foreach (PassedArgument argument in EvaluateArguments(invocation.Arguments))
        {
            IParameterSymbol? parameter = argument.Parameter is { } declared ? method.Parameters[ExtensionMembers.OrdinalOf(declared)] : null;
            passed.Add(new PassedArgument(parameter, argument.Operation, argument.Value));
        }

        return new Call(method, invocation, receiver: null, [.. passed]);
    }
}
