using VmSplice;

namespace Contracts;

/// <summary>A price, for every process that references this library.</summary>
[Spliceable]
public partial struct Price
{
    /// <summary>In hundredths.</summary>
    public long Cents;
}
