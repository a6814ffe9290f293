using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Flow;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>The value analysis as a policy of the flow engine.</summary>
internal sealed class ValuePolicy(Evaluator evaluator, NamedConditions names) : FlowPolicy<ValueState>
{
    /// <summary>Joins at one point after which bounds that still move are pushed on.</summary>
    private const int PatientJoins = 3;

    private readonly ValueConditions _conditions = new(evaluator, names);

    public override ValueState Copy(ValueState state) => state.Copy();

    public override bool Join(ValueState into, ValueState from, int visits) => into.Join(from, widen: visits > PatientJoins);

    public override bool Visit(IOperation operation, ValueState state)
    {
        state.Changed = false;
        evaluator.Eval(operation, state);
        _conditions.AfterGuard(operation, state);
        return state.Changed;
    }

    public override bool Assume(IOperation condition, bool value, ValueState state) => _conditions.Assume(condition, value, state);
}
