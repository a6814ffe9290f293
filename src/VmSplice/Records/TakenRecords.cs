using System.Runtime.InteropServices;

namespace VmSplice.Records;

/// <summary>
/// What a copy has taken out of a stream and the target has not sent yet, as places of the reader's memory, in the order of the stream. What is put back
/// is taken again before anything else. Its user reads no more and returns no block before all of it is sent or put back and taken again.
/// </summary>
internal sealed class TakenRecords
{
    /// <summary>A place for each block, and blocks may be short: with so many the target has something to send.</summary>
    private const int MostPlaces = 64;

    // Those that are taken, then those that were put back.
    private readonly List<BatchPlace> _places = [];
    private bool _isKept;
    private long _putBack;

    /// <summary>Gets the records that are taken, and neither sent nor put back.</summary>
    internal long Count { get; private set; }

    /// <summary>Gets whether it is time to send.</summary>
    internal bool IsFull => _places.Count >= MostPlaces;

    /// <summary>A copy begins: what is taken is kept in mind. What an earlier one put back is still to be taken.</summary>
    internal void Begin() => _isKept = true;

    /// <summary>The copy has ended.</summary>
    internal void End()
    {
        Forget(Count);
        _isKept = false;
    }

    /// <summary>Records were taken for the first time.</summary>
    internal void Add(in BatchPlace place)
    {
        if (!_isKept)
        {
            return;
        }

        Count += place.Records;
        if (_places.Count != 0)
        {
            // Of one block, in pieces: of what was read, or of records that are checked.
            ref BatchPlace last = ref CollectionsMarshal.AsSpan(_places)[^1];
            if (last.Skip(last.Records).First == place.First && last.Tail == place.Tail && (long)last.Records + place.Records <= int.MaxValue)
            {
                last = last with { Records = last.Records + place.Records };
                return;
            }
        }

        _places.Add(place);
    }

    /// <summary>The last records were not used.</summary>
    internal void PutBack(long records)
    {
        Count -= records;
        _putBack += records;
    }

    /// <summary>Gets where the next records lie that were put back.</summary>
    internal bool TryPeek(out BatchPlace next)
    {
        next = default;
        if (_putBack == 0)
        {
            return false;
        }

        long before = Count;
        foreach (BatchPlace place in _places)
        {
            if (before < place.Records)
            {
                next = place.Skip((int)before);
                return true;
            }

            before -= place.Records;
        }

        return false;
    }

    /// <summary>So many of those were taken again.</summary>
    internal void TakeAgain(int records)
    {
        _putBack -= records;
        Count += records;
        if (!_isKept)
        {
            Forget(records);
        }
    }

    /// <summary>The first records were sent.</summary>
    internal void Forget(long records)
    {
        Count -= records;
        int whole = 0;
        while (whole < _places.Count && _places[whole].Records <= records)
        {
            records -= _places[whole++].Records;
        }

        _places.RemoveRange(0, whole);
        if (records != 0)
        {
            _places[0] = _places[0].Skip((int)records);
        }
    }
}
