using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VmSplice.Analyzers.Lifetime;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>The laws of the lattices, alone: join is idempotent, commutative, associative, and never loses anything.</summary>
public sealed class LatticeTests
{
    private static readonly SyntaxNode[] s_nodes = [.. CSharpSyntaxTree.ParseText("f(); g();").GetRoot().DescendantNodes()];

    private static readonly Origin[] s_origins =
        [.. Enumerable.Range(0, 12).Select(i => new Origin(OriginKind.Pages, s_nodes[0], "o" + i, owner: null, isFresh: true))];

    private static readonly Place[] s_places = [.. Enumerable.Range(0, 4).Select(i => new Place("root", ".f" + i))];

    private static readonly Gen<Value> s_values =
        from chosen in Gen.Int[0, s_origins.Length - 1].Array[0, 5]
        from other in Gen.Bool
        select chosen.Aggregate(other ? Value.Unknown : Value.Nothing, (value, i) => Value.Join(value, Value.Of(s_origins[i])));

    private static readonly Gen<OriginState> s_states =
        from conditions in Gen.Int[0, 255]
        from events in Gen.Int[0, s_nodes.Length - 1].Array[0, 2]
        select new OriginState((Condition)conditions, [.. events.Distinct().Select(i => new HandOver(Condition.Sent, s_nodes[i], "sent"))]);

    private static readonly Gen<LifetimeState> s_whole =
        from values in s_values.Array[s_places.Length]
        from known in Gen.Bool.Array[s_places.Length]
        from conditions in s_states.Array[s_origins.Length]
        select Make(values, known, conditions);

    [Fact]
    public void ValueJoin_IsIdempotent() => s_values.Sample(a => Value.Join(a, a).Equals(a));

    [Fact]
    public void ValueJoin_IsCommutative() => Gen.Select(s_values, s_values).Sample((a, b) => Value.Join(a, b).Equals(Value.Join(b, a)));

    [Fact]
    public void ValueJoin_IsAssociative() => Gen.Select(s_values, s_values, s_values)
        .Sample((a, b, c) => Value.Join(Value.Join(a, b), c).Equals(Value.Join(a, Value.Join(b, c))));

    [Fact]
    public void ValueJoin_LosesNothingSilently() => Gen.Select(s_values, s_values).Sample((a, b) =>
    {
        Value joined = Value.Join(a, b);
        return joined.Other || a.References.Concat(b.References).All(one => joined.References.Contains(one));
    });

    [Fact]
    public void ValueJoin_ManyOrigins_StaysUnknown()
    {
        Value all = s_origins.Aggregate(Value.Nothing, (value, origin) => Value.Join(value, Value.Of(origin)));
        Assert.True(all.Other);
        Assert.Equal(all, Value.Join(all, Value.Of(s_origins[0])));
    }

    [Fact]
    public void StateJoin_IsIdempotent() => s_states.Sample(a => OriginState.Join(a, a).Equals(a));

    [Fact]
    public void StateJoin_ConditionsAreUnion() => Gen.Select(s_states, s_states)
        .Sample((a, b) => OriginState.Join(a, b).Conditions == (a.Conditions | b.Conditions));

    [Fact]
    public void StateJoin_IsCommutative() => Gen.Select(s_states, s_states)
        .Sample((a, b) => OriginState.Join(a, b).Equals(OriginState.Join(b, a)));

    [Fact]
    public void WholeJoin_IsIdempotent() => s_whole.Sample(a => !a.Copy().JoinWith(a.Copy()));

    [Fact]
    public void WholeJoin_IsUpperBound() => Gen.Select(s_whole, s_whole).Sample((a, b) =>
    {
        LifetimeState joined = a.Copy();
        joined.JoinWith(b.Copy());
        return !joined.JoinWith(a.Copy()) && !joined.JoinWith(b.Copy());
    });

    [Fact]
    public void WholeJoin_IsCommutative() => Gen.Select(s_whole, s_whole).Sample((a, b) =>
    {
        LifetimeState left = a.Copy();
        left.JoinWith(b.Copy());
        LifetimeState right = b.Copy();
        right.JoinWith(a.Copy());
        return !left.JoinWith(right.Copy()) && !right.JoinWith(left.Copy());
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
                    changes += state.JoinWith(one.Copy()) ? 1 : 0;
                }
            }

            // Every place can grow by all origins, every origin by all conditions and events; no more.
            return changes <= (s_places.Length * (s_origins.Length + 2)) + (2 * s_origins.Length * 24);
        },
        iter: 50);

    private static LifetimeState Make(Value[] values, bool[] known, OriginState[] conditions)
    {
        var state = new LifetimeState();
        for (int i = 0; i < s_origins.Length; i++)
        {
            state.Set(s_origins[i], conditions[i]);
        }

        for (int i = 0; i < s_places.Length; i++)
        {
            if (known[i])
            {
                state.Set(s_places[i], values[i]);
            }
        }

        return state;
    }
}
