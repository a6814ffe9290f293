namespace VmSplice.Tests.ForeignReaders;

/// <summary>The example of a fingerprint in docs/protocol.md.</summary>
[Spliceable]
internal partial struct PageTick
{
#pragma warning disable CS0649 // Only its layout is looked at.
    public long Time;
    public double Price;
#pragma warning restore CS0649
}

/// <summary>The example of an enum there.</summary>
internal enum PageLevel : byte
{
    Debug,
    Error = 4,
}

[Spliceable]
internal partial struct PageEvent
{
#pragma warning disable CS0649
    public PageLevel Level;
#pragma warning restore CS0649
}

internal enum PageLogLevel
{
    Debug,
    Info,
}

[Spliceable]
internal partial struct PageLogEvent
{
#pragma warning disable CS0649 // Only its layout is looked at.
    public long Time;
    public PageLogLevel Level;
    public int Thread;
    public SpliceText Message;
    public SpliceList<double> Samples;
#pragma warning restore CS0649
}
