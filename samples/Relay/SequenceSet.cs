namespace Relay;

/// <summary>Which numbers have come, as ranges: records come in runs, so there are few, however many numbers and in whatever order.</summary>
internal sealed class SequenceSet
{
    // From the first number of each range to the first number behind it; no two touch.
    private readonly SortedList<long, long> _ranges = [];

    public long Count { get; private set; }

    /// <summary>Gets the first number that has not come.</summary>
    public long FirstMissing => _ranges.Count > 0 && _ranges.GetKeyAtIndex(0) == 0 ? _ranges.GetValueAtIndex(0) : 0;

    /// <summary>Adds a number. <see langword="false"/> where it was there already.</summary>
    public bool Add(long number)
    {
        int at = RangeAtOrBefore(number);
        if (at >= 0 && number < _ranges.GetValueAtIndex(at))
        {
            return false;
        }

        Count++;
        bool touchesLeft = at >= 0 && _ranges.GetValueAtIndex(at) == number;
        bool touchesRight = at + 1 < _ranges.Count && _ranges.GetKeyAtIndex(at + 1) == number + 1;
        long end = touchesRight ? _ranges.GetValueAtIndex(at + 1) : number + 1;
        if (touchesRight)
        {
            _ranges.RemoveAt(at + 1);
        }

        if (touchesLeft)
        {
            _ranges.SetValueAtIndex(at, end);
        }
        else
        {
            _ranges.Add(number, end);
        }

        return true;
    }

    /// <summary>The index of the last range that begins at the number or before; -1 where none does.</summary>
    private int RangeAtOrBefore(long number)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _ranges.GetKeyAtIndex(middle) <= number ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
