using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>Stores: into memory, which is a write to it, and into variables, which makes aliases.</summary>
internal sealed class Stores(BodyEvaluation body)
{
    /// <summary>Evaluates what the target needs, before the value is.</summary>
    public StoreTarget Prepare(IOperation target)
    {
        if (target is IDiscardOperation)
        {
            return new StoreTarget(target, segments: null, memory: null, path: null);
        }

        IOperation? captured = body.Locations.CapturedLocation(target);
        if (body.Locations.ListOfSegments(captured ?? target) is { } list)
        {
            return new StoreTarget(target, list, memory: null, path: null);
        }

        bool isAlias = target is ILocalReferenceOperation { Local: { RefKind: not RefKind.None } reference } && body.State.AliasOf(reference) is not null;
        if (captured is not null || (!isAlias && Locations.IsLocation(target)
            && !(target is IFlowCaptureReferenceOperation capture && body.Paths.CapturedVariable(capture) is not null)))
        {
            return new StoreTarget(target, segments: null, body.Locations.EvaluateReference(target), path: null);
        }

        AccessPath? path = target is IFlowCaptureReferenceOperation temporary
            ? body.Paths.CapturedVariable(temporary) ?? body.Paths.PathOf(target) : body.Paths.PathOf(target);
        if (path is null)
        {
            body.Expressions.EvaluateChildren(target);
        }
        else
        {
            body.Expressions.EvaluateInstances(target);
        }

        return new StoreTarget(target, segments: null, memory: null, path);
    }

    /// <summary>A write to the memory of the target, of a value that nothing is kept in.</summary>
    public void WriteThrough(in StoreTarget target)
    {
        // The kernel has read the segments by the time the call returns: what they describe is in flight, they are not.
        if (target.Memory is { } memory)
        {
            body.Ownership.Access(memory, target.Operation.Syntax, MemoryAccess.Write);
        }
    }

    public void Assign(IOperation target, PointsToSet value, IOperation? source) => Assign(Prepare(target), value, source);

    public void Assign(in StoreTarget store, PointsToSet value, IOperation? source)
    {
        IOperation target = store.Operation;
        if (target is IDiscardOperation)
        {
            return;
        }

        if (store.Segments is { } list)
        {
            if (target is IMemberReferenceOperation member && SegmentType.Of(member.Instance?.Type) is { } shape
                && SymbolEqualityComparer.Default.Equals(member.Member, shape.Length))
            {
                CutLast(list, source);
                return;
            }

            // A field or element of a list of segments: the list now holds that memory too.
            body.State.Set(list, PointsToSet.Both(body.State.Get(list).Equals(PointsToSet.Unknown) ? PointsToSet.Nothing : body.State.Get(list), value));
            return;
        }

        if (store.Memory is { } memory)
        {
            body.Ownership.Access(memory, target.Syntax, MemoryAccess.Write);
            if ((body.Locations.CapturedLocation(target) ?? target) is IArrayElementReferenceOperation element)
            {
                body.Collections.StoredIn(value, target.Syntax, body.Paths.PathOf(element.ArrayReference));
                body.Elements.Store(element, value);
            }

            // Through a reference or a pointer it may be an element of a list that somebody has.
            body.Ownership.Escape(source, value);
            return;
        }

        if (store.Path is not { } path)
        {
            if (target is IPropertyReferenceOperation { Instance: { } buffer, Property: var set }
                && body.Shared.Types.Of(set.ContainingType) == SpliceType.PageBuffer)
            {
                // The length of a segment of a spliceable buffer.
                body.Ownership.Access(body.Expressions.Evaluate(buffer), target.Syntax, MemoryAccess.Write, throughBuffer: true);
            }

            // A property with code behind it, or an indexer: a collection keeps what it is given.
            bool isCollection = target is IPropertyReferenceOperation { Instance: { } instance } && LibraryModel.IsCollection(instance.Type);
            if (isCollection)
            {
                body.Collections.StoredIn(value, target.Syntax, body.Paths.PathOf(((IPropertyReferenceOperation)target).Instance));
                body.Elements.Store(target, value);
            }

            if (!isCollection && target is IPropertyReferenceOperation coded)
            {
                body.Calls.Coded.EvaluateSetter(coded, value, source);
            }

            body.Ownership.Escape(source, value);
            return;
        }

        if (body.Summarizes && body.Shared.Types.IsFollowed(target.Type))
        {
            body.Effects.Assigned.Add(path);
        }

        Store(path, value, source);
        WeakenAliasesOf(path);
        body.Adoption.Adopt(path, target.Type, target.Syntax, source);
        if (target is ILocalReferenceOperation local)
        {
            body.State.SetResult(local.Local, body.Calls.RawCalls.ResultOf(source));
            body.State.SetOutcome(local.Local, body.Calls.Outcomes.Of(source));
        }

        if (path.IsLasting || IsInObjectOfOthers(path) || path.Fields.Length > 0 && path.Root is IParameterSymbol
            || path.Root is IParameterSymbol { RefKind: not RefKind.None })
        {
            body.Ownership.Escape(source, value);
        }
    }

    /// <summary>A field of an object that the body did not make: <c>Session session = _open[id];</c>. It outlives the variable.</summary>
    private bool IsInObjectOfOthers(AccessPath path)
    {
        if (path is not { Root: ILocalSymbol { Type.IsReferenceType: true } local, Fields.Length: > 0 })
        {
            return false;
        }

        IOperation? only = body.Function.Names.OnlyValueOf(local) is { } value ? Operand.Unwrap(value) : null;
        only = only is IFlowCaptureReferenceOperation capture && body.Function.OnlyCaptured(capture.Id) is { } captured ? Operand.Unwrap(captured) : only;
        return only is IMemberReferenceOperation or IArrayElementReferenceOperation
            || (only is null && local.DeclaringSyntaxReferences.Length == 1
                && local.DeclaringSyntaxReferences[0].GetSyntax() is SingleVariableDesignationSyntax { Parent.Parent: ArgumentSyntax });
    }

    /// <summary>The length of the segment whose address was written last.</summary>
    private void CutLast(AccessPath list, IOperation? length)
    {
        PointsToSet held = body.State.Get(list);
        if (length is not null && !held.References.IsEmpty && held.References[held.References.Length - 1].Range.IsToTheEnd)
        {
            PointsToSet cut = body.Ranges.Take(held, length, body.Expressions.PointedAt(type: null));
            body.State.Set(list, held.InLastRange(_ => cut.References[cut.References.Length - 1].Range));
        }
    }

    /// <summary>The field of another variable may be the field of the same object.</summary>
    private void WeakenAliasesOf(AccessPath path)
    {
        if (!body.Fields.IsShared(path))
        {
            return;
        }

        foreach (AccessPath other in body.Fields.Shared)
        {
            if (!other.Equals(path) && other.Name == path.Name && !body.State.Get(other).Equals(PointsToSet.Unknown))
            {
                body.State.Set(other, PointsToSet.Join(body.State.Get(other), PointsToSet.Unknown));
            }
        }
    }

    /// <summary>Stores a value, with all that it holds where it is a structure or a holder of buffers.</summary>
    public void Store(AccessPath path, PointsToSet value, IOperation? source)
    {
        body.State.ForgetFields(path);
        if (!value.Parts.IsEmpty)
        {
            foreach (KeyValuePair<string, PointsToSet> part in value.Parts)
            {
                body.State.Set(new AccessPath(path.Root, path.Fields + part.Key), part.Value);
            }
        }
        else if (source is not null && body.Paths.PathOf(source) is { } from && !from.Equals(path))
        {
            bool isCopy = Operand.Unwrap(source) is IFlowCaptureReferenceOperation
                || (Operand.Unwrap(source) is IInvocationOperation call && AccessPaths.IsClone(call));
            bool shares = source.Type is { IsReferenceType: true } && !isCopy;
            foreach (KeyValuePair<AccessPath, PointsToSet> field in body.State.Within(from))
            {
                if (shares)
                {
                    // Two names for one object: what is stored through one would be missed through the other.
                    body.State.Forget(field.Key);
                }
                else
                {
                    body.State.Set(field.Key.Move(from, path), field.Value);
                }
            }
        }

        body.State.Set(path, value);
    }
}
