namespace Quickstart;

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
