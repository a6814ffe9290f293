using VmSplice;

namespace Host;

/// <summary>What the worker sends.</summary>
[Spliceable]
internal partial struct Tick
{
    public long Number;
    public double Price;
}
