using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Lifetime.Summaries;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>The beginning of a body: what is in its parameters, and in the fields that it reaches.</summary>
internal sealed class BodyEntry(BodyEvaluation body)
{
    private readonly List<AccessPath> _readOnly = [];
    private readonly List<AccessPath> _shared = [];
    private readonly Dictionary<ISymbol, IReadOnlyList<(AccessPath, ITypeSymbol)>> _ofLocals = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// The state at the beginning. <paramref name="mentions"/> is what the scan found: fields that the body
    /// names, and calls of methods that may name others.
    /// </summary>
    public LifetimeState Enter(IMethodSymbol? method, List<IOperation> mentions)
    {
        var entry = new LifetimeState();
        if (method is not null)
        {
            EnterParameters(entry, method);
        }

        foreach (IOperation mention in mentions)
        {
            switch (mention)
            {
                case IInvocationOperation call:
                    EnterFieldsOf(entry, call);
                    break;
                case IMemberReferenceOperation field:
                    EnterField(entry, field, field.Member);
                    break;
                case IParameterReferenceOperation parameter when body.Paths.IsField(parameter.Parameter):
                    EnterField(entry, parameter, parameter.Parameter);
                    break;
            }
        }

        if (_readOnly.Count > 0 || _ofLocals.Count > 0)
        {
            body.Fields = new BodyFields(_readOnly, _shared, _ofLocals);
        }

        return entry;
    }

    public void EnterParameters(LifetimeState entry, IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in ExtensionMembers.ParametersIn(method))
        {
            bool isMemory = Carrier.IsView(parameter.Type) || parameter.RefKind is RefKind.Ref or RefKind.In;
            if (parameter.RefKind != RefKind.Out && AllocationKinds.Of(parameter.Type, isMemory, body) is { } kind)
            {
                Hold(entry, new AccessPath(parameter, ""), parameter.Type, kind, parameter.Name, ExtensionMembers.OrdinalOf(parameter));
            }
        }
    }

    private void EnterField(LifetimeState entry, IOperation field, ISymbol member)
    {
        if (body.Paths.PathOf(field) is not { } path || AllocationKinds.Of(field.Type!, Carrier.IsView(field.Type), body) is not { } kind)
        {
            return;
        }

        if (member is IFieldSymbol { IsReadOnly: true } || (member is IPropertySymbol { SetMethod: null or { IsInitOnly: true } } && path.Name == member.Name))
        {
            _readOnly.Add(path);
        }

        if (path.Root is ILocalSymbol local)
        {
            NoteField(local, path, (IMemberReferenceOperation)field);
        }
        else if (entry.Get(path).Equals(PointsToSet.Unknown))
        {
            bool isPinned = kind == AllocationKind.Managed && body.Shared.PinnedArrays.IsIn(member);
            bool isUnpinned = kind == AllocationKind.Managed && !body.Summarizes && body.Shared.SeesRawCalls && body.Shared.UnpinnedArrays.IsIn(member);
            Hold(entry, path, field.Type!, isPinned ? AllocationKind.Pinned : kind, path.Shown, ordinal: -1, isUnpinned);
        }
    }

    /// <summary>A private method is not asked by itself whether a field still holds what it sent: whoever calls it is.</summary>
    private void EnterFieldsOf(LifetimeState entry, IInvocationOperation call)
    {
        if (body.Shared.Summaries.Of(call.TargetMethod, body.Budget.Cancellation) is not { } summary)
        {
            return;
        }

        if (call.Instance is IInstanceReferenceOperation)
        {
            EnterFields(entry, new AccessPath(AccessPath.This, ""), summary.Fields,
                withPages: call.TargetMethod.DeclaredAccessibility == Accessibility.Private);
        }

        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument is { Value: IParameterReferenceOperation passed, Parameter: { } parameter }
                && ExtensionMembers.OrdinalOf(parameter) is var ordinal && ordinal < summary.Parameters.Count
                && summary.Parameters[ordinal].Fields is { } fields && body.Paths.PathOf(passed) is { } holder)
            {
                EnterFields(entry, holder, fields);
            }
        }
    }

    private void EnterFields(LifetimeState entry, AccessPath holder, IReadOnlyDictionary<string, FieldSummary> fields, bool withPages = true)
    {
        foreach (KeyValuePair<string, FieldSummary> field in fields)
        {
            var path = new AccessPath(holder.Root, holder.Fields + field.Key);
            bool isEntered = field.Value.Kind switch
            {
                AllocationKind.Pages => withPages,
                AllocationKind.RecordSource => true,
                _ => false,
            };
            if (isEntered && entry.Get(path).Equals(PointsToSet.Unknown))
            {
                AllocationSite site = body.Sites.In(path, field.Value.Kind, path.Shown);
                entry.Set(path, PointsToSet.Of(site));
                entry.Set(site, SiteState.Fresh);
            }
        }
    }

    private void Hold(LifetimeState entry, AccessPath path, ITypeSymbol type, AllocationKind kind, string name, int ordinal, bool isFresh = false)
    {
        AllocationSite site = body.Sites.In(path, kind, name, ordinal, isFresh);
        bool isFrozen = body.Shared.Types.Of(type) == SpliceType.FrozenPages;
        entry.Set(path, PointsToSet.Of(site));
        entry.Set(site, isFrozen ? SiteState.Fresh.With(OwnershipState.Frozen) : SiteState.Fresh);
    }

    private void NoteField(ILocalSymbol local, AccessPath path, IMemberReferenceOperation member)
    {
        if (!body.Shared.Types.IsFollowed(member.Type))
        {
            return;
        }

        IReadOnlyList<(AccessPath, ITypeSymbol)> known = _ofLocals.TryGetValue(local, out IReadOnlyList<(AccessPath, ITypeSymbol)>? fields) ? fields : [];
        _ofLocals[local] = [.. known, (path, member.Type!)];
        if (IsInObject(member) && !_readOnly.Contains(path) && !_shared.Contains(path))
        {
            _shared.Add(path);
        }
    }

    private static bool IsInObject(IMemberReferenceOperation member)
    {
        for (IOperation? at = member; at is IMemberReferenceOperation { Instance: { } instance }; at = instance)
        {
            if (instance.Type is { IsReferenceType: true })
            {
                return true;
            }
        }

        return false;
    }
}
