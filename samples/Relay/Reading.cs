using VmSplice;

namespace Relay;

/// <summary>
/// What publish, consume and replay carry. Put the fields of your own record here; the name stays. The relay wants of it only
/// <see cref="Sequence"/>.
/// </summary>
[Spliceable]
internal partial struct Reading
{
    /// <summary>Counts from 0, each record one more than the record before: by it one that comes twice is known, and one that is missing.</summary>
    public long Sequence;
    public double Value;
}
