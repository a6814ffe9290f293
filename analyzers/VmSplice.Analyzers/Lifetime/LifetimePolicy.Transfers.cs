using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime;

/// <content>Calls that take, fill, read or make buffers: of pipes, gathers and encoders.</content>
internal sealed partial class LifetimePolicy
{
    /// <summary>Does to each argument what the member's declaration says.</summary>
    private Value EvaluateTransfer(Call call, SurfaceMember member)
    {
        foreach (Passed argument in call.Arguments)
        {
            switch (member.EffectOn(argument.Parameter))
            {
                case ParameterEffect.Consumes:
                    HandOverEach(call, argument);
                    break;
                case ParameterEffect.Writes:
                    Use(argument.Value, argument.Node, Touch.Write, _context.Types.Of(argument.Operation.Type) == SpliceType.PageBuffer);
                    BeginTransfer(argument, call, member, fills: true);
                    break;
                case ParameterEffect.Borrows:
                    Use(argument.Value, argument.Node, Touch.Read);
                    BeginTransfer(argument, call, member, fills: false);
                    break;
            }
        }

        return member.ReturnsPages ? Make(call.Node, OriginKind.Pages)
            : Carrier.Carries(call.Method.ReturnType) ? Value.Unknown : Value.Nothing;
    }

    /// <summary>The call takes the buffer, whether it is awaited or not; of a list whose text is in sight, each of its buffers.</summary>
    private void HandOverEach(Call call, Passed argument)
    {
        string name = call.Method.Name;
        bool gift = name.StartsWith("Gift", StringComparison.Ordinal);
        Condition became = gift ? Condition.Gifted : Condition.Sent;
        string verb = gift ? "gifted" : name.StartsWith("Send", StringComparison.Ordinal) ? "sent" : $"handed to '{name}'";
        if (_context.Types.IsFollowed(argument.Operation.Type) || ElementsOf(argument.Operation) is not { } list)
        {
            HandOverTo(argument.Value, argument.Node, became, verb);
            return;
        }

        foreach (IOperation element in list)
        {
            if (_elements.TryGetValue(element, out Value? buffer))
            {
                Unkeep(buffer, element.Syntax);

                // Where the list is a variable, it is the call that sends, not the line that made the list.
                SyntaxNode node = argument.Node.Contains(element.Syntax) ? element.Syntax : argument.Node;
                HandOverTo(buffer, node, became, verb);
            }
        }
    }

    /// <summary>The list of a call is nobody's after it.</summary>
    private void Unkeep(Value buffer, SyntaxNode element)
    {
        foreach (Reference reference in buffer.References)
        {
            if (_stores.TryGetValue(reference.Origin, out (SyntaxNode Node, Place? Collection) store) && store.Node == element)
            {
                _stores.Remove(reference.Origin);
                _state.Set(reference.Origin, _state.Get(reference.Origin).Touch(Condition.Kept, Condition.None));
            }
        }
    }
}
