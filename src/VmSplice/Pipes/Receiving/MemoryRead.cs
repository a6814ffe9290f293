using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>A read into memory. One for each receiver, reused once it was awaited, so that waiting allocates nothing.</summary>
internal sealed class MemoryRead(Receiver receiver) : IncomingOperation<int>(receiver)
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

    /// <summary>Reads in this thread.</summary>
    internal int Run(in ReadGoal goal)
    {
        Aim(in goal);
        return Run();
    }

    internal override bool IsEnded => _goal.Destination.IsLeft;

    protected override ObjectDisposedException WasDisposed() => IsEnded ? ReadDestination.WasLeft() : base.WasDisposed();

    protected override bool TryAdvance()
    {
        Receiver.ThrowIfDisposed();
        return Receiver.Steps.TryRead(in _goal, ref _filled);
    }

    protected override int Finish(ref Exception? error)
    {
        error ??= _goal.Check(_filled);
        _goal.Destination.Release(Receiver);
        int result = _filled / _goal.ElementSize;
        _goal = default;
        return result;
    }

    private void Aim(in ReadGoal goal)
    {
        Receiver.Reserve();
        try
        {
            goal.Destination.Use(Receiver);
        }
        catch
        {
            Receiver.EndReservation();
            throw;
        }

        _goal = goal;
        _filled = 0;
    }
}
