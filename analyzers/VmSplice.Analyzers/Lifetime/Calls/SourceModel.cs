using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Lifetime.Summaries;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Methods that somebody wrote: annotated, in source with a summary, or unknown; for each argument what is known best.</summary>
internal sealed class SourceModel(BodyEvaluation body) : ICallModel
{
    public PointsToSet? Evaluate(Call call)
    {
        body.Adoption.ForgetShared();
        IMethodSymbol method = call.Method;
        MethodSummary? summary = IsRelevant(call) ? body.Shared.Summaries.Of(method, body.Budget.Cancellation) : null;
        if (summary == MethodSummary.NeverReturns)
        {
            body.Calls.Summaries.MarkUnreachable();
            return PointsToSet.Nothing;
        }

        IReadOnlyList<CallOutcome.Argument> before = summary is { Outcomes.Count: > 1 } ? body.Calls.Outcomes.Before(summary, call) : [];
        foreach (PassedArgument argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Out } && Locations.IsLocation(argument.Operation))
            {
                // Whatever the method does: it assigns this before it returns.
                body.Ownership.Access(argument.Value, argument.Node, MemoryAccess.Write);
            }

            if (argument.Value.Single is { Kind: AllocationKind.Slot } && Carrier.IsView(argument.Operation.Type) && argument.Parameter is { } used
                && BackgroundWork.UsesAfterAwait(method, used, body.Budget.Cancellation))
            {
                body.Running.Begin(argument.Value, new UnfinishedIo(call.Node, method.Name, fills: false));
            }

            ParameterEffect effect = argument.Parameter is { } parameter ? body.Shared.Annotations.Of(parameter) : ParameterEffect.Unknown;
            if (effect != ParameterEffect.Unknown)
            {
                ApplyAnnotation(call, argument, effect);
            }
            else if (summary is not null && argument.Parameter is { } given && given.Ordinal < summary.Parameters.Count)
            {
                OwnershipState becomes = body.Calls.Summaries.WhatIsSure(summary, given.Ordinal, call);
                PointsToSet passed = body.Ranges.Passed(argument.Value, argument.Operation);
                body.Calls.Summaries.Apply(becomes, passed, argument.Node, call, summary.Parameters[given.Ordinal].Given, argument.Operation.Type);
                if (summary.Parameters[given.Ordinal].Fields is { } fields)
                {
                    body.Calls.Summaries.ApplyWithin(fields, argument, call);
                }

                body.Ownership.EscapeWithin(argument.Operation, argument.Value, summary.Parameters[given.Ordinal].Fields);
                if (summary.Parameters[given.Ordinal].IsAssigned && !Locations.IsLocation(argument.Operation))
                {
                    body.Stores.Assign(argument.Operation, PointsToSet.Unknown, source: null);
                }
            }
            else
            {
                body.Calls.Unknown.Pass(argument, method.Name);
            }
        }

        if (summary is not null)
        {
            AssignLeft(summary, call);
        }

        if (before.Count > 0)
        {
            body.Calls.Outcomes.After(summary!, call, before);
        }

        // What Take() returns of a field is what was in it before: it put something else there.
        AccessPath? on = HolderOf(call);
        PointsToSet[] taken = [.. (summary?.Result.Taken ?? []).Select(field => HeldIn(on, field))];
        if (call.Receiver is { Operation: { } receiver } && body.Paths.PathOf(receiver) is { } holder && body.Shared.Types.Of(receiver.Type) == SpliceType.None)
        {
            body.Calls.Summaries.ApplyToFields(summary, holder, call);
        }
        else if (call.Receiver is null && !method.IsStatic && call.Operation is not IObjectCreationOperation)
        {
            body.Calls.Summaries.ApplyToFields(summary, new AccessPath(AccessPath.This, ""), call);
        }

        body.Calls.Summaries.ApplyToStatics(summary, call);
        if (summary is null ? RawCallModel.CouldDrain(call) || method.IsExtern || body.Shared.RawCalls is not null : summary.MayDrain)
        {
            body.Calls.RawCalls.MayDrain();
        }

        return ResultOf(summary, call, taken);
    }

    /// <summary>Variables that the callee gave views or buffers of its other arguments: <c>out span</c>, a swap.</summary>
    private void AssignLeft(MethodSummary summary, Call call)
    {
        List<(IOperation Target, PointsToSet Value)>? left = null;
        foreach (PassedArgument argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Out or RefKind.Ref } parameter && ExtensionMembers.OrdinalOf(parameter) is var ordinal
                && ordinal < summary.Parameters.Count
                && summary.Parameters[ordinal].Left is { } ordinals && !(ordinals.Count == 1 && ordinals[0] == ordinal)
                && (!Locations.IsLocation(argument.Operation) || Carrier.IsView(argument.Operation.Type)))
            {
                PointsToSet value =
                    ordinals.Select(from => call.Arguments.FirstOrDefault(one => one.Parameter is { } given && ExtensionMembers.OrdinalOf(given) == from).Value
                        ?? PointsToSet.Unknown)
                    .Aggregate(PointsToSet.Join);
                (left ??= []).Add((argument.Operation, value));
            }
        }

        foreach ((IOperation target, PointsToSet value) in left ?? [])
        {
            body.Stores.Assign(target, value, source: null);
        }
    }

    public void ApplyAnnotation(Call call, PassedArgument argument, ParameterEffect effect)
    {
        string name = call.Name;
        switch (effect)
        {
            case ParameterEffect.Consumes:
                body.Ownership.Transfer(argument.Value, argument.Node, OwnershipState.Sent, $"handed to '{name}'");
                break;
            case ParameterEffect.Writes:
                body.Ownership.Access(argument.Value, argument.Node, MemoryAccess.Write,
                    body.Shared.Types.Of(argument.Operation.Type) == SpliceType.PageBuffer);
                break;
            default:
                body.Ownership.Access(argument.Value, argument.Node, MemoryAccess.Read, body.Shared.Types.Of(argument.Operation.Type) == SpliceType.PageBuffer);
                break;
        }
    }

    public bool IsRelevant(Call call)
    {
        if (call.Method.DeclaringSyntaxReferences.IsEmpty && call.Method.MethodKind != MethodKind.Constructor)
        {
            return false;
        }

        if (body.Shared.Types.IsFollowed(call.Method.ReturnType) || body.Shared.RawReach.MayMakeMemory(call.Method)
            || call.Arguments.Any(one => !one.Value.References.IsEmpty || !one.Value.Parts.IsEmpty || body.Ownership.HoldsBuffers(one.Operation)))
        {
            return true;
        }

        bool onHolder = call.Receiver is { Operation: { } receiver } ? body.Ownership.HoldsBuffers(receiver) : !call.Method.IsStatic;
        return body.State.Paths.Any(pair => onHolder
            ? !ReferenceEquals(pair.Key.Root, AccessPath.Statics) || pair.Key.IsLasting : ReferenceEquals(pair.Key.Root, AccessPath.Statics));
    }

    /// <summary>The object whose fields the method names.</summary>
    public AccessPath? HolderOf(Call call) => call.Receiver is { } receiver ? body.Paths.PathOf(receiver.Operation) : new AccessPath(AccessPath.This, "");

    private PointsToSet HeldIn(AccessPath? holder, string field)
        => holder is null ? PointsToSet.Unknown : body.State.Get(new AccessPath(holder.Root, holder.Fields + field));

    private PointsToSet ResultOf(MethodSummary? summary, Call call, PointsToSet[] taken)
    {
        if (summary is null)
        {
            // A view that an unknown method makes may be of anything.
            return Carrier.Carries(call.Method.ReturnType) || call.Method.RefKind != RefKind.None ? PointsToSet.Unknown : PointsToSet.Nothing;
        }

        PointsToSet result = PointsToSet.Nothing;
        bool first = true;
        foreach (int ordinal in summary.Result.Parameters)
        {
            PointsToSet argument = ordinal < 0 ? call.On : call.Arguments.FirstOrDefault(one => one.Parameter?.Ordinal == ordinal).Value ?? PointsToSet.Unknown;
            result = first ? argument : PointsToSet.Join(result, argument);
            first = false;
        }

        AccessPath? holder = HolderOf(call);
        foreach (PointsToSet held in taken.Concat(summary.Result.Fields.Select(field => HeldIn(holder, field))))
        {
            result = first ? held : PointsToSet.Join(result, held);
            first = false;
        }

        foreach (PointsToSet source in summary.Result.Slots
            .Select(ordinal => call.Arguments.FirstOrDefault(one => one.Parameter?.Ordinal == ordinal).Value ?? PointsToSet.Unknown)
            .Concat(summary.Result.SlotsOfFields.Select(field => HeldIn(holder, field))))
        {
            PointsToSet handedOut = source.Single is { } writer ? body.Expressions.Make(call.Node, AllocationKind.Slot, writer) : PointsToSet.Unknown;
            result = first ? handedOut : PointsToSet.Join(result, handedOut);
            first = false;
        }

        if (summary.Result.IsFresh)
        {
            PointsToSet made = body.Expressions.Make(call.Node, AllocationKind.Pages);
            result = first ? made : PointsToSet.Join(result, made);
            first = false;
        }

        if (summary.Result.IsNewSource)
        {
            PointsToSet made = body.Calls.Records.MakeSource(call.Node, call.Method.ReturnType, isNew: true);
            result = first ? made : PointsToSet.Join(result, made);
            first = false;
        }

        if (summary.Result.IsNewArray)
        {
            PointsToSet made = body.Expressions.Make(call.Node, AllocationKind.Managed);
            result = first ? made : PointsToSet.Join(result, made);
        }

        if (summary.Result.IsOther)
        {
            result = PointsToSet.Join(result, PointsToSet.Unknown);
        }

        foreach (KeyValuePair<string, int> part in summary.Result.Parts)
        {
            PointsToSet held = call.Arguments.FirstOrDefault(one => one.Parameter?.Ordinal == part.Value).Value ?? PointsToSet.Unknown;
            result = held.References.IsEmpty ? result : result.WithPart(part.Key, held);
        }

        foreach (string field in summary.Result.Allocated)
        {
            result = result.WithPart(field, body.Expressions.Make(call.Node, AllocationKind.Native));
        }

        return result;
    }
}
