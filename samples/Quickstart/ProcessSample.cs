using System.Runtime.CompilerServices;
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

/// <summary>The state letter of /proc/[pid]/stat, proc(5).</summary>
internal enum ProcessState : byte
{
    Running = (byte)'R',
    Sleeping = (byte)'S',
    DiskSleep = (byte)'D',
    Zombie = (byte)'Z',
    Stopped = (byte)'T',
    Traced = (byte)'t',
    Dead = (byte)'X',
    Idle = (byte)'I',
}

/// <summary>A command's name in UTF-8: at most 15 bytes (TASK_COMM_LEN), the rest zero.</summary>
[InlineArray(16)]
internal struct CommandName
{
    private byte _first;
}
