using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime;

/// <content>Calls: whose effect is it, and then what it is.</content>
internal sealed partial class LifetimePolicy
{
    [MethodImpl(Hot.Path)]
    private Value EvaluateInvocation(IInvocationOperation invocation)
    {
        Call call = CallOf(invocation);
        Passed? receiver = call.Receiver;
        if (_transfers.Count > 0 && (IsTask(receiver?.Operation.Type) || call.Arguments.Any(one => IsTask(one.Operation.Type))))
        {
            EndTransfers();
        }

        if (_context.RawCalls?.TryGet(invocation) is { } raw)
        {
            return EvaluateRawCall(raw, call);
        }

        IMethodSymbol method = call.Method;
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return EvaluateDelegateCall(call);
        }

        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return RunLocalFunction(call);
        }

        if (EvaluateSurfaceCall(call) is { } known)
        {
            return known;
        }

        if (EvaluateMemoryCall(call) is { } memory)
        {
            return memory;
        }

        return BaseLibrary.Declares(method) ? EvaluateBaseLibraryCall(call) : EvaluateUserCall(call);
    }

    [MethodImpl(Hot.Path)]
    private Call CallOf(IInvocationOperation invocation)
    {
        IMethodSymbol method = ExtensionMembers.AsStatic(invocation.TargetMethod);
        if (!ReferenceEquals(method, invocation.TargetMethod))
        {
            return ExtensionCallOf(invocation, method);
        }

        Passed? receiver = invocation.Instance is { } instance and not IInstanceReferenceOperation
            ? new Passed(null, instance, EvaluateReceiver(instance))
            : null;
        return new Call(method, invocation, receiver, EvaluateArguments(invocation.Arguments));
    }

    /// <summary>The receiver of an extension member is the first argument of its static method.</summary>
    private Call ExtensionCallOf(IInvocationOperation invocation, IMethodSymbol method)
    {
        List<Passed> passed = [];
        if (invocation.Instance is { } instance)
        {
            IParameterSymbol first = method.Parameters[0];
            passed.Add(new Passed(first, instance, first.RefKind == RefKind.None ? Evaluate(instance) : EvaluateReference(instance)));
        }

        foreach (Passed argument in EvaluateArguments(invocation.Arguments))
        {
            IParameterSymbol? parameter = argument.Parameter is { } declared ? method.Parameters[ExtensionMembers.OrdinalOf(declared)] : null;
            passed.Add(new Passed(parameter, argument.Operation, argument.Value));
        }

        return new Call(method, invocation, receiver: null, [.. passed]);
    }

    // A value-typed receiver in memory is passed by reference: span.Slice is no read, s[0].Reset() may be a write.
    [MethodImpl(Hot.Path)]
    private Value EvaluateReceiver(IOperation instance)
        => IsLocation(instance) && !Carrier.Carries(instance.Type) ? EvaluateReference(instance) : Evaluate(instance);

    [MethodImpl(Hot.Path)]
    private Passed[] EvaluateArguments(ImmutableArray<IArgumentOperation> arguments)
    {
        var passed = new Passed[arguments.Length];
        for (int i = 0; i < passed.Length; i++)
        {
            passed[i] = new Passed(arguments[i].Parameter, arguments[i].Value, EvaluateArgument(arguments[i]));
        }

        foreach (Passed one in passed)
        {
            if (IsReplaced(one.Parameter, one.Operation))
            {
                Assign(one.Operation, Value.Unknown, source: null);
            }
        }

        return passed;
    }

    [MethodImpl(Hot.Path)]
    private Value EvaluateArgument(IArgumentOperation argument)
        => IsReplaced(argument.Parameter, argument.Value) ? Value.Nothing
        : argument.Parameter is { RefKind: not RefKind.None } ? EvaluateReference(argument.Value) : Evaluate(argument.Value);

    /// <summary>A variable that the call gives another buffer: what it held before has no part in the call.</summary>
    [MethodImpl(Hot.Path)]
    private bool IsReplaced(IParameterSymbol? parameter, IOperation argument)
        => parameter is { RefKind: RefKind.Out } && _context.Types.IsFollowed(SpliceTypes.Unwrap(argument.Type)) && !IsLocation(argument);

    private Value EvaluateFunctionPointer(IFunctionPointerInvocationOperation invocation)
    {
        Evaluate(invocation.Target);
        Passed[] arguments = EvaluateArguments(invocation.Arguments);
        if (_context.RawCalls?.TryGet(invocation) is { } raw && invocation.Target.Type is IFunctionPointerTypeSymbol type)
        {
            return EvaluateRawCall(raw, new Call(type.Signature, invocation, null, arguments));
        }

        foreach (Passed argument in arguments)
        {
            PassToUnknown(argument, "the function pointer");
        }

        MayDrain();
        return Value.Unknown;
    }

    [MethodImpl(Hot.Path)]
    private Value EvaluateBaseLibraryCall(Call call)
    {
        IMethodSymbol method = call.Method;
        if (call.Receiver is { } receiver)
        {
            Touch touch = BaseLibrary.OfReceiver(method);
            if (Carrier.IsView(receiver.Operation.Type) || receiver.Operation.Type is IArrayTypeSymbol)
            {
                Use(receiver.Value, call.Node, touch);
            }
        }

        bool isCollection = BaseLibrary.IsCollection(method.ContainingType);
        if (isCollection && call.Receiver is { } collection && IsRemoval(method.Name) && PlaceOf(collection.Operation) is { } emptied)
        {
            _emptiedCollections.Add(emptied);
        }

        Value carried = call.On.References.IsEmpty ? Value.Nothing : call.On;
        foreach (Passed argument in call.Arguments)
        {
            carried = argument.Value.References.IsEmpty ? carried : Value.Join(carried, argument.Value);
            if (argument.Parameter is not { } parameter)
            {
                continue;
            }

            if (_context.Types.IsFollowed(SpliceTypes.Unwrap(argument.Operation.Type)) || !IsMemory(parameter))
            {
                PassToBaseLibrary(call, argument, isCollection);
            }
            else
            {
                Use(argument.Value, argument.Node, BaseLibrary.Of(method.ReducedFrom ?? method, parameter));
            }
        }

        if (CouldDrain(call))
        {
            MayDrain();
        }

        bool returnsView = Carrier.IsView(method.ReturnType) || method.RefKind != RefKind.None
            || method.Name is "GetValueOrDefault" or "GetAwaiter" or "ConfigureAwait" or "GetEnumerator" or "AsTask" or "GetResult" or "WaitAsync";
        return !returnsView ? Carrier.Carries(method.ReturnType) ? Value.Unknown : Value.Nothing
            : carried.References.IsEmpty ? Value.Unknown : carried;
    }

    private static bool IsRemoval(string name)
        => name is "Clear" || name.StartsWith("Remove", StringComparison.Ordinal) || name.Contains("Dequeue") || name.Contains("Pop") || name.Contains("TryTake");

    private static bool IsMemory(IParameterSymbol parameter)
        => parameter.RefKind != RefKind.None || Carrier.IsView(parameter.Type) || parameter.Type is IArrayTypeSymbol;

    [MethodImpl(Hot.Path)]
    private void PassToBaseLibrary(Call call, Passed argument, bool isCollection)
    {
        if (argument.Value.References.IsEmpty && !HoldsBuffers(argument.Operation))
        {
            return;
        }

        // Select, Task.Run: it ends with the work, or what it does is the work. A collection keeps its elements, and calls what is none.
        if (RunsFunction(argument, mayKeep: isCollection && argument.Parameter?.OriginalDefinition.Type is ITypeParameterSymbol))
        {
            return;
        }

        if (call.Method.Name is "KeepAlive" or "ThrowIfNull" or "ReferenceEquals")
        {
            return;
        }

        if (isCollection)
        {
            StoredIn(argument.Value, argument.Node, call.Receiver is { } receiver ? PlaceOf(receiver.Operation) : null);
        }

        Escape(argument.Operation, argument.Value);
    }

    /// <summary>A method that somebody wrote: annotated, in source, or unknown.</summary>
    [MethodImpl(Hot.Path)]
    private Value EvaluateUserCall(Call call)
    {
        ForgetShared();
        IMethodSymbol method = call.Method;
        MethodSummary? summary = IsRelevant(call) ? _context.Summaries.Of(method, _budget.Cancellation) : null;
        if (summary == MethodSummary.NeverReturns)
        {
            Strand();
            return Value.Nothing;
        }

        foreach (Passed argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Out } && IsLocation(argument.Operation))
            {
                // Whatever the method does: it assigns this before it returns.
                Use(argument.Value, argument.Node, Touch.Write);
            }

            ParameterEffect effect = argument.Parameter is { } parameter ? _context.Annotations.Of(parameter) : ParameterEffect.Unknown;
            if (effect != ParameterEffect.Unknown)
            {
                ApplyAnnotation(call, argument, effect);
            }
            else if (summary is not null && argument.Parameter is { } given && given.Ordinal < summary.Parameters.Length)
            {
                Apply(WhatIsSure(summary, given.Ordinal, call), argument.Value, argument.Node, call);
                EscapeWithin(argument.Operation);
                if (summary.AssignedParameters.Contains(given.Ordinal) && !IsLocation(argument.Operation))
                {
                    Assign(argument.Operation, Value.Unknown, source: null);
                }
            }
            else
            {
                PassToUnknown(argument, method.Name);
            }
        }

        if (call.Receiver is { Operation: { } receiver } && PlaceOf(receiver) is { } holder && _context.Types.Of(receiver.Type) == SpliceType.None)
        {
            ApplyToFields(summary, holder, call);
        }
        else if (call.Receiver is null && !method.IsStatic && call.Operation is not IObjectCreationOperation)
        {
            ApplyToFields(summary, new Place(Place.This, ""), call);
        }

        ApplyToStatics(summary, call);
        if (summary is null ? CouldDrain(call) || method.IsExtern || _context.RawCalls is not null : summary.MayDrain)
        {
            MayDrain();
        }

        return ResultOf(summary, call);
    }

    private void ApplyAnnotation(Call call, Passed argument, ParameterEffect effect)
    {
        string name = call.Method.MethodKind == MethodKind.DelegateInvoke ? call.Method.ContainingType.Name : call.Method.Name;
        switch (effect)
        {
            case ParameterEffect.Consumes:
                bool gift = name.IndexOf("Gift", StringComparison.Ordinal) >= 0;
                HandOverTo(argument.Value, argument.Node, gift ? Condition.Gifted : Condition.Sent, gift ? "gifted" : $"handed to '{name}'");
                break;
            case ParameterEffect.Writes:
                Use(argument.Value, argument.Node, Touch.Write, _context.Types.Of(argument.Operation.Type) == SpliceType.PageBuffer);
                break;
            default:
                Use(argument.Value, argument.Node, Touch.Read, _context.Types.Of(argument.Operation.Type) == SpliceType.PageBuffer);
                break;
        }
    }

    private void PassToUnknown(Passed argument, string callee)
    {
        if (RunsFunction(argument, mayKeep: true))
        {
            return;
        }

        if (argument.Parameter is { RefKind: RefKind.Out })
        {
            if (!IsReplaced(argument.Parameter, argument.Operation) && PlaceOf(argument.Operation) is { } written)
            {
                _state.Forget(written);
            }

            return;
        }

        // A variable that is passed by reference may be replaced without a look at what is in it.
        bool isBuffer = _context.Types.Of(SpliceTypes.Unwrap(argument.Operation.Type)) == SpliceType.PageBuffer;
        bool isVariable = isBuffer && argument.Parameter is { RefKind: RefKind.Ref };
        if (!isVariable && (isBuffer || Carrier.IsView(argument.Operation.Type) || argument.Parameter is { RefKind: not RefKind.None }))
        {
            Use(argument.Value, argument.Node, Touch.Read, isBuffer);
        }

        // What a primary constructor gets is in the new object; that much is known.
        bool isStored = argument.Parameter?.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor, DeclaringSyntaxReferences: { Length: 1 } declarations }
            && declarations[0].GetSyntax(_budget.Cancellation) is TypeDeclarationSyntax;
        if (isBuffer && !isStored && argument.Value.Single is { } buffer && (_state.Get(buffer).Fate & Condition.Owned) != 0 && MayTell())
        {
            string parameter = argument.Parameter?.Name ?? "";
            _findings.Add(new Finding(
                LifetimeRules.UnknownEffect, buffer, argument.Node, buffer.Name, null, $"'{(argument.Node == buffer.Site ? buffer.Name : Wording.AliasOf(argument.Node))}'", callee, parameter)
            {
                Properties = Finding.PropertiesOf(("method", callee), ("parameter", parameter)),
            });
        }

        Escape(argument.Operation, argument.Value);
        if (isVariable && !IsLocation(argument.Operation))
        {
            Assign(argument.Operation, Value.Unknown, source: null);
        }
    }
}
