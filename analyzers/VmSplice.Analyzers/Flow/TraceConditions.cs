using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// Conditions that a body tests more than once, or sets to a constant and then tests: <c>if (sent) … if (!sent) …</c>.
/// The paths between are told apart by them. Only what cannot change unseen counts: locals, parameters and fields that
/// the body assigns in plain sight, if at all. An assignment of anything but a constant leaves the condition open again.
/// </summary>
internal sealed class TraceConditions
{
    /// <summary>Each may be true, false or open: 27 partitions at most.</summary>
    private const int Most = 3;

    /// <summary>Constants with which one variable is compared, of which <see cref="Most"/> guards can tell enough apart. A long chain gains nothing.</summary>
    private const int MostAlternatives = 8;

    private static readonly TraceConditions s_none = new();

    private readonly List<TraceCondition> _conditions = [];
    private readonly Dictionary<IOperation, (int, int)[]> _sets = [];

    /// <summary>Temporaries that hold a variable, and nothing else.</summary>
    private readonly Dictionary<CaptureId, IOperation> _captured = [];
    private readonly HashSet<CaptureId> _seen = [];

    private TraceConditions()
    {
    }

    public bool Any => _conditions.Count > 0;

    /// <summary>Whether a statement may end some of the paths, and not only a branch.</summary>
    public bool AnyWithinBlock { get; private set; }

    public static TraceConditions Of(ControlFlowGraph graph)
    {
        var tests = new Dictionary<string, (TraceCondition Condition, int Count)>(StringComparer.Ordinal);
        var guards = new TraceConditions();
        foreach (BasicBlock block in graph.Blocks)
        {
            guards.NoteCaptures(block);
            foreach (IOperation operation in block.Operations)
            {
                if (Termination.DemandOf(operation) is { } demand && TraceCondition.Of(demand.Condition, guards._captured) is { } demanded)
                {
                    Count(tests, demanded.Condition);
                    guards.AnyWithinBlock = true;
                }
            }

            if (block.BranchValue is { Type.SpecialType: SpecialType.System_Boolean, ConstantValue.HasValue: false } value
                && TraceCondition.Of(value, guards._captured) is { } asked)
            {
                Count(tests, asked.Condition);
            }
        }

        return tests.Count == 0 ? s_none : guards.Of(graph, tests);
    }

    private static void Count(Dictionary<string, (TraceCondition Condition, int Count)> tests, TraceCondition asked)
        => tests[asked.Key] = (asked, tests.TryGetValue(asked.Key, out (TraceCondition, int Count) known) ? known.Count + 1 : 1);

    /// <summary>A switch tests a copy of its variable.</summary>
    private void NoteCaptures(BasicBlock block)
    {
        foreach (IOperation operation in block.Operations)
        {
            if (operation is IFlowCaptureOperation capture)
            {
                bool isVariable = Operand.Unwrap(capture.Value) is ILocalReferenceOperation { Local.RefKind: RefKind.None }
                    or IParameterReferenceOperation { Parameter.RefKind: RefKind.None };
                if (isVariable && _seen.Add(capture.Id))
                {
                    _captured.Add(capture.Id, capture.Value);
                }
                else
                {
                    _seen.Add(capture.Id);
                    _captured.Remove(capture.Id);
                }
            }
        }
    }

    private TraceConditions Of(ControlFlowGraph graph, Dictionary<string, (TraceCondition Condition, int Count)> tests)
    {
        var constants = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.Operations)
            {
                CountConstant(operation, constants);
            }

            if (block.BranchValue is { } value)
            {
                CountConstant(value, constants);
            }
        }

        HashSet<string>? alternatives = tests.Count > 1 ? Alternatives(tests.Values.Select(static test => test.Condition)) : null;
        List<(TraceCondition Condition, int Count)> ranked = [];
        foreach ((TraceCondition condition, int asked) in tests.Values)
        {
            int count = asked + (alternatives?.Contains(condition.Key) == true ? 1 : 0);
            foreach (string variable in condition.Variables)
            {
                count += constants.TryGetValue(variable, out int set) ? set : 0;
            }

            // What is tested once and never set tells no paths apart.
            if (count >= 2)
            {
                ranked.Add((condition, count));
            }
        }

        if (ranked.Count == 0)
        {
            return this;
        }

        HashSet<string> spoiled = VariableWrites.Hidden(graph);
        foreach ((TraceCondition condition, _) in ranked.OrderByDescending(one => one.Count).ThenBy(one => one.Condition.Key, StringComparer.Ordinal))
        {
            if (_conditions.Count < Most && !condition.Variables.Any(variable => spoiled.Contains(variable) || spoiled.Contains(variable.Split('@')[0])))
            {
                _conditions.Add(condition);
            }
        }

        return this;
    }

    private static void CountConstant(IOperation operation, Dictionary<string, int> constants)
    {
        if (VariableWrites.Plain(operation) is { Constant.HasValue: true } set)
        {
            constants[set.Variable] = constants.TryGetValue(set.Variable, out int count) ? count + 1 : 1;
        }
    }

    /// <summary>The keys of conditions that another one excludes: <c>mode == 1</c> beside <c>mode == 2</c>.</summary>
    private static HashSet<string> Alternatives(IEnumerable<TraceCondition> conditions)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (IGrouping<string, TraceCondition> same in conditions.Where(static one => one.IsComparison)
            .GroupBy(static one => one.Subject, StringComparer.Ordinal))
        {
            TraceCondition[] all = [.. same];
            if (all.Length <= MostAlternatives)
            {
                found.UnionWith(all.Where(one => Array.Exists(all, one.Excludes)).Select(static one => one.Key));
            }
        }

        return found;
    }

    /// <summary>Which guard a branch asks, and whether "true" means that it holds; -1 where it asks none.</summary>
    public (int Index, bool Holds) Asked(IOperation condition, bool value)
        => TraceCondition.Of(condition, _captured) is { } asked && _conditions.FindIndex(one => one.Key == asked.Condition.Key) is >= 0 and var index
            ? (index, asked.Negated != value) : (-1, false);

    /// <summary>The guards that cannot hold where one of them does.</summary>
    public IEnumerable<int> ExcludedBy(int index)
    {
        for (int i = 0; i < _conditions.Count; i++)
        {
            if (i != index && _conditions[i].Excludes(_conditions[index]))
            {
                yield return i;
            }
        }
    }

    /// <summary>The guards that a statement changes, each with what it is then: 1 true, 2 false, 0 open.</summary>
    public (int Index, int Digit)[] Set(IOperation statement)
    {
        if (!_sets.TryGetValue(statement, out (int, int)[]? set))
        {
            _sets.Add(statement, set = FindSet(statement));
        }

        return set;
    }

    /// <summary>The guards of a local that leaves its scope.</summary>
    public IEnumerable<int> Of(ILocalSymbol local)
    {
        string key = TraceCondition.KeyOf(local);
        for (int i = 0; i < _conditions.Count; i++)
        {
            if (_conditions[i].Variables.Contains(key))
            {
                yield return i;
            }
        }
    }

    private (int, int)[] FindSet(IOperation statement)
    {
        (string Variable, Optional<object?> Constant)? plain = VariableWrites.Plain(statement);
        HashSet<string> written = VariableWrites.In(statement);
        List<(int, int)> set = [];
        for (int i = 0; i < _conditions.Count; i++)
        {
            TraceCondition condition = _conditions[i];
            if (plain is { Constant.HasValue: true } one && condition.Variables.Contains(one.Variable))
            {
                set.Add((i, condition.HoldsFor(one.Constant.Value) switch { true => 1, false => 2, null => 0 }));
            }
            else if (condition.Variables.Any(written.Contains))
            {
                set.Add((i, 0));
            }
        }

        return [.. set];
    }
}
