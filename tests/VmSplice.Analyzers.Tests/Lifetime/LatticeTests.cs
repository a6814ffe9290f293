using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>The laws of the lattices, alone: join is idempotent, commutative, associative, and never loses anything.</summary>
public sealed class LatticeTests
{
    private static readonly SyntaxNode[] s_nodes = [.. CSharpSyntaxTree.ParseText("f(); g(); h(1, 2);").GetRoot().DescendantNodes()];

    private static readonly AllocationSite[] s_sites =
        [.. Enumerable.Range(0, 12).Select(i => new AllocationSite(AllocationKind.Pages, s_nodes[0], "o" + i, owner: null, isFresh: true))];

    private static readonly AccessPath[] s_paths = [.. Enumerable.Range(0, 4).Select(i => new AccessPath("root", ".f" + i))];

    private static readonly Gen<PointsToSet> s_values =
        from chosen in Gen.Int[0, s_sites.Length - 1].Array[0, 5]
        from other in Gen.Bool
        select chosen.Aggregate(other ? PointsToSet.Unknown : PointsToSet.Nothing, (value, i) => PointsToSet.Join(value, PointsToSet.Of(s_sites[i])));

    private static readonly Gen<SiteState> s_states =
        from conditions in Gen.Int[0, 255]
        from events in Gen.Int[0, s_nodes.Length - 1].Array[0, 6]
        from started in Gen.Int[-1, s_nodes.Length - 1]
        from fills in Gen.Bool
        select WithEvents(new SiteState((OwnershipState)conditions, []), events)
            .WithUnfinished(started < 0 ? null : new UnfinishedIo(s_nodes[started], "ReceiveAsync", fills));

    private static readonly Gen<LifetimeState> s_whole =
        from values in s_values.Array[s_paths.Length]
        from known in Gen.Bool.Array[s_paths.Length]
        from conditions in s_states.Array[s_sites.Length]
        select Make(values, known, conditions);

    [Fact]
    public void ValueJoin_IsIdempotent() => s_values.Sample(a => PointsToSet.Join(a, a).Equals(a));

    [Fact]
    public void ValueJoin_IsCommutative() => Gen.Select(s_values, s_values).Sample((a, b) => PointsToSet.Join(a, b).Equals(PointsToSet.Join(b, a)));

    [Fact]
    public void ValueJoin_IsAssociative() => Gen.Select(s_values, s_values, s_values)
        .Sample((a, b, c) => PointsToSet.Join(PointsToSet.Join(a, b), c).Equals(PointsToSet.Join(a, PointsToSet.Join(b, c))));

    [Fact]
    public void ValueJoin_LosesNothingSilently() => Gen.Select(s_values, s_values).Sample((a, b) =>
    {
        PointsToSet joined = PointsToSet.Join(a, b);
        return joined.Other || a.References.Concat(b.References).All(one => joined.References.Contains(one));
    });

    [Fact]
    public void ValueJoin_ManyOrigins_StaysUnknown()
    {
        PointsToSet all = s_sites.Aggregate(PointsToSet.Nothing, (value, site) => PointsToSet.Join(value, PointsToSet.Of(site)));
        Assert.True(all.Other);
        Assert.Equal(all, PointsToSet.Join(all, PointsToSet.Of(s_sites[0])));
    }

    [Fact]
    public void StateJoin_IsIdempotent() => s_states.Sample(a => SiteState.Join(a, a).Equals(a));

    [Fact]
    public void StateJoin_FactsAreUnion() => Gen.Select(s_states, s_states)
        .Sample((a, b) => SiteState.Join(a, b).Facts == (a.Facts | b.Facts));

    [Fact]
    public void StateJoin_IsCommutative() => Gen.Select(s_states, s_states)
        .Sample((a, b) => SiteState.Join(a, b).Equals(SiteState.Join(b, a)));

    [Fact]
    public void StateJoin_IsAssociative() => Gen.Select(s_states, s_states, s_states)
        .Sample((a, b, c) => SiteState.Join(SiteState.Join(a, b), c).Equals(SiteState.Join(a, SiteState.Join(b, c))));

    [Fact]
    public void WholeJoin_IsIdempotent() => s_whole.Sample(a => !a.Copy().Merge(a.Copy()));

    [Fact]
    public void WholeJoin_IsUpperBound() => Gen.Select(s_whole, s_whole).Sample((a, b) =>
    {
        LifetimeState joined = a.Copy();
        joined.Merge(b.Copy());
        return !joined.Merge(a.Copy()) && !joined.Merge(b.Copy());
    });

    [Fact]
    public void WholeJoin_IsCommutative() => Gen.Select(s_whole, s_whole).Sample((a, b) =>
    {
        LifetimeState left = a.Copy();
        left.Merge(b.Copy());
        LifetimeState right = b.Copy();
        right.Merge(a.Copy());
        return !left.Merge(right.Copy()) && !right.Merge(left.Copy());
    });

    [Fact]
    public void WholeJoin_Chain_Ends() => s_whole.Array[40].Sample(
        all =>
        {
            var state = new LifetimeState();
            int changes = 0;
            for (int round = 0; round < 20; round++)
            {
                foreach (LifetimeState one in all)
                {
                    changes += state.Merge(one.Copy()) ? 1 : 0;
                }
            }

            // Every place can grow by all origins, every site by all conditions and events; no more.
            return changes <= (s_paths.Length * (s_sites.Length + 2)) + (2 * s_sites.Length * 24);
        },
        iter: 50);

    /// <summary>More events than a state keeps, in any order.</summary>
    private static SiteState WithEvents(SiteState state, int[] events)
        => events.Aggregate(state,
            (known, i) => SiteState.Join(known, new SiteState(OwnershipState.None, [new OwnershipEvent(OwnershipState.Sent, s_nodes[i], "sent")])));

    private static LifetimeState Make(PointsToSet[] values, bool[] known, SiteState[] conditions)
    {
        var state = new LifetimeState();
        for (int i = 0; i < s_sites.Length; i++)
        {
            state.Set(s_sites[i], conditions[i]);
        }

        for (int i = 0; i < s_paths.Length; i++)
        {
            if (known[i])
            {
                state.Set(s_paths[i], values[i]);
            }
        }

        return state;
    }
}
