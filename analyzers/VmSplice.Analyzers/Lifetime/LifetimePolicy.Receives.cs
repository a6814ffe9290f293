using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime;

/// <content>
/// Receives that were started and not awaited: until then they may write to their buffer, which therefore must not be
/// handed over. Any await, and any look at a task, is taken for the end of all of them: which is which is not followed.
/// </content>
internal sealed partial class LifetimePolicy
{
    private readonly Dictionary<Origin, Call> receives = [];

    private void BeginReceive(Value destination, Call call)
    {
        if (destination.Single is { } buffer)
        {
            receives[buffer] = call;
            state.Set(buffer, state.Get(buffer).Touch(Condition.None, Condition.Receiving));
        }
    }

    private void EndReceives()
    {
        foreach (Origin buffer in receives.Keys)
        {
            OriginState before = state.Get(buffer);
            if ((before.Conditions & Condition.Receiving) != 0)
            {
                state.Set(buffer, before.Touch(Condition.Receiving, Condition.None));
            }
        }
    }

    private static bool IsTask(ITypeSymbol? type) =>
        type?.Name is "Task" or "ValueTask" or "TaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredValueTaskAwaitable" or "ConfiguredTaskAwaitable";

    [MethodImpl(Hot.Path)]
    private void CheckReceiving(Value value, SyntaxNode node, string verb)
    {
        if (value.Single is { } buffer && (state.Get(buffer).Conditions & Condition.Receiving) != 0 && receives.TryGetValue(buffer, out Call? receive) && MayTell())
        {
            string alias = Wording.AliasOf(node);
            var started = new HandOver(Condition.Receiving, receive.Node, "received into");
            findings.Add(new Finding(
                LifetimeRules.Possible, buffer, node, alias, started, Wording.Subject(alias, buffer), $"it is {verb} here", "written",
                $"what '{receive.Method.Name}' on line {Wording.LineOf(receive.Node)} started is not awaited, and may still fill it."));
        }
    }
}
