namespace VmSplice.TestChild;

/// <summary>A record whose content follows from its place in the stream.</summary>
internal interface ITestRecord<TSelf>
    where TSelf : unmanaged
{
    static abstract TSelf At(long index);

    bool IsAt(long index);
}
