namespace VmSplice.TestChild;

/// <summary>An enum without a member for 0.</summary>
internal enum Side : byte
{
    Buy = 1,
    Sell = 2,
}
