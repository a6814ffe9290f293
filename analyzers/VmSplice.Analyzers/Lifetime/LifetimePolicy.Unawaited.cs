using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime;

/// <content>
/// Transfers that were started and not awaited. Until then a receive may write to its buffer, which therefore must not be
/// handed over; a copying write may still read its own, which must not be written either. Any await, and any look at a
/// task, is taken for the end of all of them: which is which is not followed.
/// </content>
internal sealed partial class LifetimePolicy
{
    private readonly Dictionary<Origin, (Call Call, bool Fills)> _transfers = [];

    /// <summary>Views are in use until the task is awaited; a buffer that is filled is, too. Frozen pages are held by the send itself.</summary>
    private void BeginTransfer(Passed argument, Call call, SurfaceMember member, bool fills)
    {
        bool lasts = member.IsInBackground && (fills || Carrier.IsView(argument.Operation.Type));
        if (lasts && argument.Value.Single is { } buffer)
        {
            _transfers[buffer] = (call, fills);
            _state.Set(buffer, _state.Get(buffer).Touch(Condition.None, Condition.Receiving));
        }
    }

    private void EndTransfers()
    {
        foreach (Origin buffer in _transfers.Keys)
        {
            OriginState before = _state.Get(buffer);
            if ((before.Conditions & Condition.Receiving) != 0)
            {
                _state.Set(buffer, before.Touch(Condition.Receiving, Condition.None));
            }
        }
    }

    private static bool IsTask(ITypeSymbol? type)
        => type?.Name is "Task" or "ValueTask" or "TaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredValueTaskAwaitable" or "ConfiguredTaskAwaitable";

    /// <summary>Finds what is handed over, frozen or disposed while a transfer is under way.</summary>
    private void CheckTransfer(Value value, SyntaxNode node, string verb) => CheckTransfer(value, node, $"it is {verb} here", writes: false);

    [MethodImpl(Hot.Path)]
    private void CheckTransfer(Value value, SyntaxNode node, string done, bool writes)
    {
        if (value.Single is { } buffer && (_state.Get(buffer).Conditions & Condition.Receiving) != 0
            && _transfers.TryGetValue(buffer, out (Call Call, bool Fills) transfer) && !(writes && transfer.Fills) && MayTell())
        {
            string alias = Wording.AliasOf(node);
            SyntaxNode start = transfer.Call.Node;
            (string touched, string may) = transfer.Fills ? ("written", "fill") : ("read", "read");
            _findings.Add(new Finding(
                LifetimeRules.Possible, buffer, node, alias, new HandOver(Condition.Receiving, start, "in transfer"), Wording.Subject(alias, buffer), done, touched,
                $"what '{transfer.Call.Method.Name}' on line {Wording.LineOf(start)} started is not awaited, and may still {may} it."));
        }
    }
}
