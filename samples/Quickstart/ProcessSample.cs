using VmSplice;

namespace Quickstart;

/// <summary>One process at one moment, as /proc/[pid]/stat shows it, proc(5). Two cache lines, without a gap.</summary>
[Spliceable]
internal partial struct ProcessSample
{
    public long Sequence;
    public long StartTicks;
    public TimeSpan UserTime;
    public TimeSpan SystemTime;
    public TimeSpan ChildUserTime;
    public TimeSpan ChildSystemTime;
    public long MinorFaults;
    public long MajorFaults;
    public long VirtualBytes;
    public long ResidentBytes;
    public int Pid;
    public int ParentPid;
    public int ProcessGroup;
    public int Session;
    public int Terminal;
    public int Processor;
    public uint Flags;
    public ushort Threads;
    public ProcessState State;
    public sbyte Nice;
    public CommandName Name;
}
