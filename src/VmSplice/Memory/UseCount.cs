namespace VmSplice.Memory;

/// <summary>
/// Who uses some memory: its owner, and each call that has its address. Whoever disposes the memory ends the ownership, and
/// the last user gives the memory up. The one rule for all memory that this library unmaps or hands out again.
/// </summary>
internal struct UseCount
{
    // The sign says that the ownership has ended; the rest counts the calls.
    private const int Ended = int.MinValue;

    private int _word;

    /// <summary>Gets whether the owner has given the memory up.</summary>
    internal readonly bool IsEnded => Volatile.Read(in _word) < 0;

    /// <summary>Gets whether a call uses the memory.</summary>
    internal readonly bool IsUsed => (Volatile.Read(in _word) & int.MaxValue) != 0;

    /// <summary>Adds a user. <see langword="false"/> where the ownership has ended.</summary>
    internal bool TryAdd()
    {
        int word = Volatile.Read(in _word);
        while (word >= 0)
        {
            int seen = Interlocked.CompareExchange(ref _word, word + 1, word);
            if (seen == word)
            {
                return true;
            }

            word = seen;
        }

        return false;
    }

    /// <summary>Adds the only user. <see langword="false"/> where there is one, or the ownership has ended.</summary>
    internal bool TryAddOnly() => Interlocked.CompareExchange(ref _word, 1, 0) == 0;

    /// <summary>Takes a user away. <see langword="true"/> where it was the last one and the ownership has ended: give the memory up.</summary>
    internal bool Release() => Interlocked.Decrement(ref _word) == Ended;

    /// <summary>Ends the ownership. <see langword="false"/> where it has ended before.</summary>
    /// <param name="isUnused">Whether nobody uses the memory: give it up.</param>
    internal bool TryEnd(out bool isUnused)
    {
        int before = Interlocked.Or(ref _word, Ended);
        isUnused = before == 0;
        return before >= 0;
    }

    /// <summary>Starts over with a new owner. Nobody uses the memory.</summary>
    internal void Reset() => Volatile.Write(ref _word, 0);
}
