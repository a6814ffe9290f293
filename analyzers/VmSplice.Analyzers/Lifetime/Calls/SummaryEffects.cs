using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Lifetime.Summaries;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>What the summary of a method in source does to what the call gives it.</summary>
internal sealed class SummaryEffects(BodyEvaluation body)
{
    /// <summary>Where the result of a wrapper of the raw call may say that nothing was sent, and is asked, that is left open.</summary>
    public OwnershipState WhatIsSure(MethodSummary summary, int ordinal, Call call)
    {
        OwnershipState effect = summary.Parameters[ordinal].Effect;
        const OwnershipState Given = OwnershipState.InFlight | OwnershipState.Gifted;
        if ((effect & Given) != 0 && summary.Descriptor >= 0
            && call.Arguments.FirstOrDefault(one => one.Parameter?.Ordinal == summary.Descriptor) is { Operation: { } descriptor })
        {
            body.Effects.GivesThrough(body.Calls.RawCalls.ParameterOf(descriptor));
            if (body.Calls.RawCalls.IsReadEnd(descriptor))
            {
                // The wrapper of a receive: the memory is filled while it runs.
                return (effect & ~(Given | OwnershipState.Unwritten)) | OwnershipState.Owned | OwnershipState.Written;
            }
        }

        bool isAsked = (effect & OwnershipState.InFlight) != 0 && !ReturnsNothing(call.Method) && !summary.Result.IsRawResult
            && call.Operation.Parent is not IExpressionStatementOperation;
        return isAsked || CallOutcomes.Decide(summary, ordinal) ? effect | OwnershipState.Shared : effect;
    }

    private static bool ReturnsNothing(IMethodSymbol method) => method.ReturnsVoid || (BackgroundWork.IsTask(method.ReturnType)
        && method.ReturnType is INamedTypeSymbol { TypeArguments.IsEmpty: true });

    public void Apply(OwnershipState effect, PointsToSet value, SyntaxNode node, Call call, MemoryRange? given = null, ITypeSymbol? type = null)
    {
        if (value.References.IsEmpty)
        {
            return;
        }

        if ((effect & OwnershipState.Written) != 0)
        {
            // On some path: enough where a call may still use it.
            body.Running.Record(value, node, "it is written here", MemoryAccess.Write);
            body.Ownership.Access((effect & OwnershipState.Unwritten) == 0 ? value : PointsToSet.Join(value, PointsToSet.Unknown), node, MemoryAccess.Write,
                throughBuffer: true);
        }
        else if ((effect & OwnershipState.Read) != 0)
        {
            body.Running.Record(value, node, "it is read here", MemoryAccess.Read);
            body.Ownership.Access((effect & OwnershipState.Unread) == 0 ? value : PointsToSet.Join(value, PointsToSet.Unknown), node, MemoryAccess.Read);
        }

        if ((effect & OwnershipState.Moved) != 0)
        {
            body.Calls.Records.MoveOn((effect & OwnershipState.Still) == 0 ? value : PointsToSet.Join(value, PointsToSet.Unknown),
                node, $"'{call.Method.Name}' was called");
        }

        const OwnershipState Alive = OwnershipState.Owned | OwnershipState.Shared;
        OwnershipState ownership = effect & OwnershipState.Ownership;
        OwnershipState gone = ownership & ~Alive;
        if (gone == OwnershipState.None)
        {
            if ((ownership & OwnershipState.Shared) != 0)
            {
                body.Ownership.Escape(value);
            }

            return;
        }

        string verb = Verb(gone) + $" by '{call.Name}'";
        PointsToSet taken = (ownership & Alive) == 0 ? value : PointsToSet.Join(value, PointsToSet.Unknown);
        if (value.Single is { } memory && (memory.Kind != AllocationKind.Pages || given is not null))
        {
            ApplyRaw(given is null ? taken : PartOf(taken, given, call), gone, node, call, verb);
            return;
        }

        if ((gone & (OwnershipState.Transferred | OwnershipState.Frozen)) != 0)
        {
            body.Ownership.RecordIfInvalid(taken, node, AccessKind.Transfer);
        }

        if (gone == OwnershipState.Disposed)
        {
            body.Ownership.Dispose(taken, node, isOfBuffer: body.Shared.Types.Of(RuntimeSymbols.Unwrap(type)) == SpliceType.PageBuffer, verb);
            return;
        }

        body.Ownership.Change(taken, gone, node, verb);
    }

    /// <summary>The part that the callee gives away; its length may be the number that the call passes.</summary>
    private static PointsToSet PartOf(PointsToSet memory, MemoryRange given, Call call)
    {
        IOperation? number = call.Arguments.FirstOrDefault(one => one.Parameter is { } parameter && parameter.Name == given.LengthText).Operation;
        long? length = number is null ? null : Operand.Constant(number) ?? Operand.Constant(Operand.Unwrap(number));
        string? text = number is null ? null : Operand.Unwrap(number).Syntax.ToString();
        return memory.InRanges(argument => given.Within(argument, length) is var part && length is null && number is not null
            ? part.TakeUnknown(text, isAll: false) : given.Within(argument, length));
    }

    /// <summary>Memory of the caller's own that a wrapper gave to the raw call, or freed.</summary>
    private void ApplyRaw(PointsToSet memory, OwnershipState gone, SyntaxNode node, Call call, string verb)
    {
        const OwnershipState Given = OwnershipState.InFlight | OwnershipState.Gifted;
        if ((gone & Given) != 0)
        {
            body.Calls.RawCalls.GiveToPipe(memory, gone & Given, node, call, verb, call.Name);
        }
        else if (gone == OwnershipState.Disposed)
        {
            body.Calls.ForeignMemory.Release(memory, call.Node, node, verb);
        }
        else
        {
            body.Ownership.Change(memory, gone, node, verb);
        }
    }

    /// <summary>The call does not come back on any path that is known so far: nothing that is here goes on.</summary>
    public void MarkUnreachable()
    {
        foreach (KeyValuePair<AllocationSite, SiteState> pair in body.State.Sites.ToArray())
        {
            body.State.Set(pair.Key, default(SiteState));
        }
    }

    private static string Verb(OwnershipState gone)
        => (gone & OwnershipState.Gifted) != 0 ? "gifted"
        : (gone & OwnershipState.Sent) != 0 ? "sent"
        : (gone & OwnershipState.InFlight) != 0 ? "given to vmsplice"
        : (gone & OwnershipState.Frozen) != 0 ? "frozen" : "disposed";

    public void ApplyToFields(MethodSummary? summary, AccessPath holder, Call call)
    {
        if (summary is null)
        {
            // It may have replaced what is in any field that can be assigned.
            foreach (KeyValuePair<AccessPath, PointsToSet> pair in body.State.Within(holder))
            {
                body.Ownership.Escape(pair.Value);
                if (!body.Fields.IsReadOnly(pair.Key))
                {
                    body.State.Forget(pair.Key);
                }
            }

            return;
        }

        Apply(summary.Fields, holder, call);
    }

    public void ApplyToStatics(MethodSummary? summary, Call call)
    {
        if (summary is not null)
        {
            Apply(summary.Statics, new AccessPath(AccessPath.Statics, ""), call);
        }
        else if (SymbolEqualityComparer.Default.Equals(call.Method.ContainingAssembly, body.Owner.ContainingAssembly))
        {
            foreach (KeyValuePair<AccessPath, PointsToSet> pair in body.State.Within(new AccessPath(AccessPath.Statics, "")))
            {
                if (!body.Fields.IsReadOnly(pair.Key))
                {
                    body.State.Forget(pair.Key);
                }
            }
        }
    }

    /// <summary>What the callee does to what a structure, a tuple or an object holds that it is given.</summary>
    public void ApplyWithin(IReadOnlyDictionary<string, FieldSummary> fields, PassedArgument argument, Call call)
    {
        AccessPath? holder = body.Paths.PathOf(argument.Operation);
        foreach (KeyValuePair<string, FieldSummary> field in fields)
        {
            PointsToSet held = holder is null ? argument.Value.Part(field.Key.Substring(1)) : body.State.Get(In(holder, field.Key));
            Apply(field.Value.Effect, held, argument.Node, call);
        }
    }

    private void Apply(IReadOnlyDictionary<string, FieldSummary> fields, AccessPath holder, Call call)
    {
        foreach (KeyValuePair<string, FieldSummary> field in fields)
        {
            Apply(field.Value.Effect, body.State.Get(In(holder, field.Key)), call.Node, call);
        }

        foreach (KeyValuePair<string, FieldSummary> field in fields.Where(static one => one.Value.IsAssigned))
        {
            AccessPath path = In(holder, field.Key);
            body.State.Forget(path);
            if (field.Value.Kind == AllocationKind.Pages)
            {
                body.Adoption.AdoptBuffer(path, AllocationKind.Pages, SiteState.Alive, call.Node);
            }
        }
    }

    private static AccessPath In(AccessPath holder, string field) => new(holder.Root, holder.Fields + field);
}
