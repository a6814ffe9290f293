namespace VmSplice.Benchmarks.Workers;

/// <summary>A record of the benchmarks: how it is filled and summed, as <c>Native/peer.c</c> does for the same size.</summary>
internal interface IShape<TSelf> : ISpliceable<TSelf>
    where TSelf : unmanaged, IShape<TSelf>
{
    /// <summary>Fills every field of a record.</summary>
    /// <param name="record">The slot.</param>
    /// <param name="first">The number of the chunk's first record.</param>
    /// <param name="index">The record's place in the chunk.</param>
    static abstract void Fill(ref TSelf record, long first, long index);

    /// <summary>Gets a sum of the fields.</summary>
    static abstract long Sum(ref readonly TSelf record);
}
