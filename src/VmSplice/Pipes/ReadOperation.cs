namespace VmSplice.Pipes;

/// <summary>A read into memory. One for each reader, reused once it was awaited, so that waiting allocates nothing.</summary>
internal sealed class ReadOperation(SpliceReader reader) : ReaderOperation<int>(reader)
{
    private ReadGoal _goal;
    private int _filled;

    internal ValueTask<int> Start(in ReadGoal goal, CancellationToken cancellation)
    {
        Aim(in goal);
        return Start(cancellation);
    }

    internal ValueTask StartWithoutResult(in ReadGoal goal, CancellationToken cancellation)
    {
        Aim(in goal);
        return StartWithoutResult(cancellation);
    }

    protected override bool TryAdvance() => Reader.TryRead(in _goal, ref _filled);

    protected override int Finish(ref Exception? error)
    {
        error ??= _goal.Check(_filled);
        int result = _filled / _goal.ElementSize;
        _goal = default;
        return result;
    }

    private void Aim(in ReadGoal goal)
    {
        Reader.ReserveRead();
        _goal = goal;
        _filled = 0;
    }
}
