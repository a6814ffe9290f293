using VmSplice;

internal enum Side
{
    Bid = 0,
    Ask = 1,
}

[Spliceable]
internal partial struct Tick
{
    public const int Count = 100_000;
    public long Time;
    public int Venue;
    public Side Side;
}

[Spliceable]
internal partial struct Answer
{
    public long Records;
    public long Sum;
    public long Book;
    public long AwaitedSum;
}
