namespace VmSplice.Records;

/// <summary>Where records of one block lie at their reader, as they were sent.</summary>
/// <param name="First">The first one.</param>
/// <param name="Records">How many.</param>
/// <param name="Size">Bytes of each.</param>
/// <param name="Tail">Their texts and lists.</param>
internal readonly record struct BatchPlace(nint First, int Records, int Size, BatchTail Tail)
{
    /// <summary>Without the first ones.</summary>
    internal BatchPlace Skip(int records) => this with { First = First + ((nint)records * Size), Records = Records - records };
}
