using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Ownership;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <content>New objects: what they are, and what their constructors put into them.</content>
internal sealed partial class LifetimePolicy
{
    [MethodImpl(Hot.Path)]
    private Value EvaluateCreation(IObjectCreationOperation creation)
    {
        Passed[] arguments = EvaluateArguments(creation.Arguments);
        Value result = EvaluateCreated(creation, arguments);
        if (creation.Initializer is { } initializer)
        {
            // In the graph initializers are statements of their own, save where nothing branches.
            Evaluate(initializer);
        }

        return result;
    }

    [MethodImpl(Hot.Path)]
    private Value EvaluateCreated(IObjectCreationOperation creation, Passed[] arguments)
    {
        if (_context.Types.Of(creation.Type) is SpliceType.RecordWriter or SpliceType.RecordReader)
        {
            return MakeSource(creation.Syntax, creation.Type, isNew: true);
        }

        if (SegmentType.Of(creation.Type) is not null)
        {
            return arguments.Aggregate(Value.Nothing, (all, one) =>
                one.Value.References.IsEmpty ? all : Value.Both(all, one.Value));
        }

        if (MemoryCalls.MakesPin(creation) && _context.SeesRawCalls)
        {
            return PinAt(creation.Syntax, arguments[0].Value);
        }

        if (Carrier.IsView(creation.Type))
        {
            NoteHeldInView(creation, arguments);
            return arguments.FirstOrDefault(one => !one.Value.References.IsEmpty).Value ?? Value.Unknown;
        }

        if (creation.Constructor is not { } constructor)
        {
            return Value.Unknown;
        }

        var call = new Call(constructor, creation, null, arguments);
        if (BaseLibrary.Declares(constructor))
        {
            bool isCollection = BaseLibrary.IsCollection(creation.Type);
            foreach (Passed argument in arguments)
            {
                if (isCollection)
                {
                    StoredIn(argument.Value, argument.Node, collection: null);
                }

                Escape(argument.Operation, argument.Value);
            }
        }
        else
        {
            EvaluateUserCall(call);
            NoteHeld(creation, call);
        }

        return Value.Nothing;
    }

    /// <summary>A ref struct is a view as a whole, and its fields are views of their own.</summary>
    private void NoteHeldInView(IObjectCreationOperation creation, Passed[] arguments)
    {
        if (creation.Constructor is { } constructor && !BaseLibrary.Declares(constructor))
        {
            NoteHeld(creation, new Call(constructor, creation, null, arguments));
        }
    }

    /// <summary>What the constructor puts into the new object.</summary>
    private void NoteHeld(IObjectCreationOperation creation, Call call)
    {
        _heldBy.Remove(creation);
        if (IsRelevant(call) && _context.Summaries.Of(call.Method, _budget.Cancellation) is { HeldParameters.Count: > 0 } summary)
        {
            _heldBy.Add(creation, [.. summary.HeldParameters
                .Select(held => (held.Key, call.Arguments.FirstOrDefault(one => one.Parameter?.Ordinal == held.Value).Value ?? Value.Unknown))]);
        }
    }
}
