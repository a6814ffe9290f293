using VmSplice.Analyzers.Flow;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>
/// What the evaluation of a body meets that some check may object to. While the fixpoint is looked for, that is only noted as a reason
/// to replay; in the replay every state is final, and it is recorded, statement by statement.
/// </summary>
internal sealed class EventLog(bool isWanted)
{
    private readonly List<RecordedStep> _steps = [];
    private RecordedStep? _current;
    private bool _hasLoopDoubt;

    /// <summary>In the order of the replay. Functions that a statement runs come before it.</summary>
    public IReadOnlyList<RecordedStep> Steps => _steps;

    /// <summary>Whether anything was met that it takes a replay to record.</summary>
    public bool NeedsReplay { get; private set; }

    public bool IsReplaying => _current is not null;

    /// <summary>Whether the replay is of the iterations of a loop after the first.</summary>
    public bool IsLaterIteration => _current?.Mode == FlowMode.ReportingLaterRound;

    /// <summary>Whether the replay is of code that only an exception brings to this state.</summary>
    public bool IsExceptional => _current?.Mode == FlowMode.ReportingExceptional;

    /// <summary>Begins a statement; what was under way is to be given back at its end.</summary>
    public RecordedStep? Begin(FlowMode mode)
    {
        RecordedStep? before = _current;
        _current = isWanted && mode != FlowMode.Solving ? new RecordedStep(mode) : null;
        return before;
    }

    public void End(RecordedStep? before)
    {
        if (_current is { Events.Count: > 0 } recorded)
        {
            _steps.Add(recorded);
        }

        _current = before;
    }

    public void Record(LifetimeEvent met)
    {
        if (_current is null)
        {
            NeedsReplay = true;
        }
        else
        {
            _current.Events.Add(met);
            _hasLoopDoubt |= met is InvalidAccess { DependsOnPath: true };
        }
    }

    /// <summary>Records what is of no interest by itself.</summary>
    public void RecordAside(LifetimeEvent met) => _current?.Events.Add(met);

    /// <summary>Asks for a replay, where it is not under way.</summary>
    public bool AsksForReplay()
    {
        NeedsReplay |= _current is null;
        return _current is not null;
    }

    /// <summary>Whether something since then may be what every iteration but the first does.</summary>
    public bool TakeLoopDoubt()
    {
        bool taken = _hasLoopDoubt;
        _hasLoopDoubt = false;
        return taken;
    }

    /// <summary>What a function within a statement left open is not the statement's.</summary>
    public void RestoreLoopDoubt(bool before) => _hasLoopDoubt = before;
}
