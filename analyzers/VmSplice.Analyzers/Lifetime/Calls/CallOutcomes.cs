using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Lifetime.Summaries;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Calls of methods in source whose result says what became of a buffer: <c>if (!TrySend(writer, buffer)) other.Send(buffer);</c></summary>
internal sealed class CallOutcomes(BodyEvaluation body)
{
    private const OwnershipState Gone = OwnershipState.Transferred | OwnershipState.Frozen | OwnershipState.Disposed | OwnershipState.InFlight;

    /// <summary>Whether some results of a method mean that a parameter was taken, and others that it was not.</summary>
    public static bool Decide(MethodSummary summary, int ordinal)
        => summary.Outcomes.Count > 1 && summary.Outcomes.Any(one => (one.Effects[ordinal] & Gone) != 0)
            && summary.Outcomes.Any(one => (one.Effects[ordinal] & Gone) == 0);

    /// <summary>What is known of the arguments before the call; empty where the result says nothing about them.</summary>
    public IReadOnlyList<CallOutcome.Argument> Before(MethodSummary summary, Call call)
    {
        List<CallOutcome.Argument>? known = null;
        foreach (PassedArgument argument in call.Arguments)
        {
            if (argument is { Parameter: { } parameter, Value.Single: { } site } && ExtensionMembers.OrdinalOf(parameter) is var ordinal
                && ordinal < summary.Parameters.Count && Decide(summary, ordinal))
            {
                (known ??= []).Add(new(ordinal, site, body.State.Get(site), default));
            }
        }

        return known ?? [];
    }

    /// <summary>Keeps what the result of the call will say, until something else becomes of the memory.</summary>
    public void After(MethodSummary summary, Call call, IReadOnlyList<CallOutcome.Argument> before)
    {
        if (before.Count > 0)
        {
            body.State.SetOutcome(call.Operation,
                new CallOutcome(call.Node, summary.Outcomes, [.. before.Select(one => one with { After = body.State.Get(one.Site) })]));
        }
    }

    /// <summary>The call whose result an expression surely is.</summary>
    public CallOutcome? Of(IOperation? source)
    {
        for (IOperation? at = source; at is not null;)
        {
            at = Operand.Unwrap(at);
            if ((at is ILocalReferenceOperation local ? body.State.OutcomeOf(local.Local) : body.State.OutcomeOf(at)) is { } outcome)
            {
                return outcome;
            }

            at = at switch
            {
                IAwaitOperation await => await.Operation,
                IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "GetAwaiter" or "GetResult", Instance: { } task } => task,
                IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } => task,
                ISimpleAssignmentOperation assignment => assignment.Value,
                IFlowCaptureReferenceOperation capture => body.Function.OnlyCaptured(capture.Id),
                _ => null,
            };
        }

        return null;
    }

    /// <summary>The result is one of those that <paramref name="isPossible"/> leaves.</summary>
    public void Assume(CallOutcome outcome, Func<object, bool> isPossible)
    {
        OutcomeSummary[] left = [.. outcome.Outcomes.Where(one => one.Constant is null || isPossible(one.Constant))];
        if (left.Length == 0 || left.Length == outcome.Outcomes.Count)
        {
            return;
        }

        foreach (CallOutcome.Argument argument in outcome.Arguments)
        {
            // Something else happened to it since.
            if (!body.State.Get(argument.Site).Equals(argument.After))
            {
                continue;
            }

            OwnershipState gone = OwnershipState.None;
            bool isAlive = false;
            foreach (OutcomeSummary one in left)
            {
                OwnershipState effect = one.Effects[argument.Ordinal];
                gone |= effect & Gone;
                isAlive |= (effect & Gone) == 0 || (effect & (OwnershipState.Owned | OwnershipState.Shared)) != 0;
            }

            if (gone == OwnershipState.None)
            {
                body.State.Set(argument.Site, argument.Before);
            }
            else if (!isAlive && argument.After.EventOf(gone) is { } cause)
            {
                body.State.Set(argument.Site, argument.Before.After(cause));
            }
        }
    }
}
