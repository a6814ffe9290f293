using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Calls;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Ownership;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>New objects: what they are, and what their constructors put into them.</summary>
internal sealed class Creations(BodyEvaluation body)
{
    public PointsToSet EvaluateCreation(IObjectCreationOperation creation)
    {
        PassedArgument[] arguments = body.Calls.EvaluateArguments(creation.Arguments);
        PointsToSet result = EvaluateCreated(creation, arguments);
        if (creation.Initializer is { } initializer)
        {
            // In the graph initializers are statements of their own, save where nothing branches.
            body.Expressions.Evaluate(initializer);
        }

        return result;
    }

    private PointsToSet EvaluateCreated(IObjectCreationOperation creation, PassedArgument[] arguments)
    {
        if (body.Shared.Types.Of(creation.Type) is SpliceType.RecordWriter or SpliceType.RecordReader)
        {
            return body.Calls.Records.MakeSource(creation.Syntax, creation.Type, isNew: true);
        }

        if (SegmentType.Of(creation.Type) is { } shape)
        {
            (IOperation? address, IOperation? length) = SegmentType.Parts(creation, shape);
            if (length is not null && arguments.FirstOrDefault(one => ReferenceEquals(one.Operation, address)) is { Operation: not null } given)
            {
                return body.Ranges.Take(given.Value.References.IsEmpty ? PointsToSet.Nothing : given.Value, length, body.Expressions.PointedAt(type: null));
            }

            return arguments.Aggregate(PointsToSet.Nothing, (all, one) =>
                one.Value.References.IsEmpty ? all : PointsToSet.Both(all, one.Value));
        }

        if (LibraryMemory.MakesPin(creation) && body.Shared.SeesRawCalls)
        {
            return body.Calls.Pins.PinAt(creation.Syntax, arguments[0].Value);
        }

        if (Carrier.IsView(creation.Type))
        {
            // A ref struct is a view as a whole, and its fields are views of their own.
            PointsToSet viewed = (arguments.FirstOrDefault(one => !one.Value.References.IsEmpty).Value ?? PointsToSet.Unknown).WithoutParts();
            viewed = InRange(viewed, creation);
            return creation.Constructor is { } made && !LibraryModel.Declares(made) ? WithHeld(viewed, new Call(made, creation, null, arguments)) : viewed;
        }

        if (creation.Constructor is not { } constructor)
        {
            return PointsToSet.Unknown;
        }

        var call = new Call(constructor, creation, null, arguments);
        if (LibraryMemory.IsStreamOverMemory(creation.Type) && arguments.Length > 0 && arguments[0].Value.Single is not null)
        {
            return arguments[0].Value;
        }

        if (LibraryModel.Declares(constructor))
        {
            bool isCollection = LibraryModel.IsCollection(creation.Type);
            foreach (PassedArgument argument in arguments)
            {
                if (IsReadByConstructor(argument, creation.Type))
                {
                    body.Ownership.Access(argument.Value, argument.Node, MemoryAccess.Read);
                }

                if (isCollection)
                {
                    body.Collections.StoredIn(argument.Value, argument.Node, collection: null);
                }

                if (BackgroundWork.Starts(constructor))
                {
                    body.Calls.Functions.BeginWork(argument.Value, creation.Syntax, "new Thread");
                }

                body.Ownership.Escape(argument.Operation, argument.Value);
            }
        }
        else
        {
            body.Calls.Source.Evaluate(call);
            return WithHeld(PointsToSet.Nothing, call);
        }

        return PointsToSet.Nothing;
    }

    /// <summary>What is no view itself cannot hold a span: <c>new Guid(span)</c> has read it. So does a text that is made from a pointer.</summary>
    private static bool IsReadByConstructor(PassedArgument argument, ITypeSymbol? made) => argument.Parameter?.Type switch
    {
        INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", IsRefLikeType: true } => true,
        IPointerTypeSymbol => made?.SpecialType == SpecialType.System_String,
        _ => false,
    };

    /// <summary><c>new Span&lt;byte&gt;(p, n)</c>, <c>new Memory&lt;byte&gt;(array, start, n)</c>.</summary>
    private PointsToSet InRange(PointsToSet viewed, IObjectCreationOperation creation)
    {
        ITypeSymbol? element = Expressions.ElementOf(creation.Type);
        if (creation.Arguments.Length == 3)
        {
            viewed = body.Ranges.From(viewed, creation.Arguments[1].Value, element, creation);
        }

        return creation.Arguments.Length is 2 or 3 ? body.Ranges.Take(viewed, creation.Arguments[creation.Arguments.Length - 1].Value, element) : viewed;
    }

    /// <summary>
    /// What a constructor consumes the new object owns: by the caller's name it is given away, by the object's it is what the object may
    /// send or dispose. So the object's is a site of its own.
    /// </summary>
    private PointsToSet InNewObject(PassedArgument given)
    {
        PointsToSet value = given.Value;
        if (value.References.IsEmpty || body.Shared.Annotations.Of(given.Parameter!) != ParameterEffect.Consumes
            || !body.Shared.Types.IsFollowed(given.Operation.Type))
        {
            return value;
        }

        AllocationSite owned = body.Sites.HeldBy(given.Node, value.References[0].Site);
        body.State.Renew(owned, SiteState.Alive);
        return PointsToSet.Of(owned);
    }

    /// <summary>With what the constructor puts into the new object.</summary>
    private PointsToSet WithHeld(PointsToSet made, Call call)
    {
        if (body.Calls.Source.IsRelevant(call) && body.Shared.Summaries.Of(call.Method, body.Budget.Cancellation) is { } summary)
        {
            foreach (string field in summary.Allocated)
            {
                made = made.WithPart(field, body.Expressions.Make(call.Node, AllocationKind.Native));
            }

            foreach (KeyValuePair<string, int> held in summary.Held)
            {
                PassedArgument given = call.Arguments.FirstOrDefault(one => one.Parameter?.Ordinal == held.Value);
                made = made.WithPart(held.Key, given.Parameter is null ? PointsToSet.Unknown : InNewObject(given));
            }
        }

        return made;
    }
}
