namespace VmSplice.Records;

/// <summary>Counts changes, and lets a thread wait for one more than it has seen.</summary>
internal sealed class ChangeSignal
{
    private readonly object _gate = new();
    private long _count;

    /// <summary>Gets how many there were. Ask before looking at what changes.</summary>
    internal long Count => Volatile.Read(ref _count);

    /// <summary>Something has changed.</summary>
    internal void Tell()
    {
        lock (_gate)
        {
            _count++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for one more.</summary>
    /// <param name="seen">How many there were before.</param>
    /// <param name="milliseconds">How long at most.</param>
    /// <returns>Whether there was one.</returns>
    internal bool WaitBeyond(long seen, int milliseconds)
    {
        lock (_gate)
        {
            while (_count == seen && Monitor.Wait(_gate, milliseconds))
            {
            }

            return _count != seen;
        }
    }
}
