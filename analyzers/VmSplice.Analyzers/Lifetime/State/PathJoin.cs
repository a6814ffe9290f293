using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.State;

/// <summary>Joins what the access paths refer to where two ways meet, and what the allocation sites must hear of that.</summary>
/// <param name="paths">Those of one way; what they are joined into.</param>
internal struct PathJoin(AccessPathTable paths)
{
    private List<AllocationSite>? _overflowed;
    private List<AccessPath>? _moved;

    /// <summary>Sites of a path that refers to too many of them to be followed.</summary>
    public readonly IReadOnlyList<AllocationSite> Overflowed => _overflowed ?? [];

    /// <summary>Pointers that the two ways found in different parts of their memory.</summary>
    public readonly IReadOnlyList<AccessPath> Moved => _moved ?? [];

    /// <summary>False where the other way knows nothing new.</summary>
    public bool With(AccessPathTable other)
    {
        bool changed = false;
        List<(AccessPath Path, PointsToSet Mine, PointsToSet Theirs)>? differing = null;
        foreach (KeyValuePair<AccessPath, PointsToSet> pair in paths.All)
        {
            PointsToSet theirs = other.TryGet(pair.Key) ?? PointsToSet.Unknown;
            if (!ReferenceEquals(pair.Value, theirs) && !pair.Value.Equals(theirs))
            {
                (differing ??= []).Add((pair.Key, pair.Value, theirs));
            }
        }

        foreach ((AccessPath path, PointsToSet mine, PointsToSet theirs) in differing ?? [])
        {
            changed |= Join(path, mine, theirs);
        }

        // What only the other way knows may here be anything else as well.
        foreach (KeyValuePair<AccessPath, PointsToSet> pair in other.All)
        {
            if (!paths.Contains(pair.Key))
            {
                changed |= Join(pair.Key, PointsToSet.Unknown, pair.Value);
            }
        }

        return changed;
    }

    private bool Join(AccessPath path, PointsToSet mine, PointsToSet theirs)
    {
        PointsToSet joined = PointsToSet.Join(mine, theirs);
        if (joined.IsOfLostPart)
        {
            // What was counted from the variable in the round before lies elsewhere now.
            joined = joined.InRanges(range => range.IsLost ? MemoryRange.OfVariable(path) : range);
            (_moved ??= []).Add(path);
        }

        if (joined.Equals(mine))
        {
            return false;
        }

        if (joined.IsFull)
        {
            (_overflowed ??= []).AddRange(mine.References.Concat(theirs.References).Select(reference => reference.Site));
        }

        paths.Put(path, joined);
        return true;
    }
}
