namespace VmSplice.Benchmarks.Workers.Events;

/// <summary>An event of a log, as a record with texts.</summary>
[Spliceable]
internal partial struct EventRecord
{
    public long Time;
    public int Level;
    public int Thread;
    public SpliceText Message;
    public SpliceText Host;
}
