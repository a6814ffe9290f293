using System.Diagnostics;
using VmSplice.Kernel;

namespace VmSplice.Tests.Modes;

/// <summary>
/// Something that only makes it faster is refused or used up: a call, a flag, a descriptor, memory, a file of /proc. Every way
/// of sending is tried in a process of its own, and every byte is checked there.
/// </summary>
public class ScarcityTests
{
    /// <summary>Each call that is made for speed, with the error that a sandbox, a limit or an older kernel gives.</summary>
    public static TheoryData<string> Refusals => new(
        "vmsplice:3&8=EOPNOTSUPP",
        "vmsplice:3&8=EINVAL",
        "vmsplice:3=10=EPERM",
        "vmsplice:3=0=EOPNOTSUPP",
        "vmsplice:3=2=EINVAL",
        "vmsplice=EPERM",
        "splice=ENOSYS",
        "splice:5&2=EINVAL",
        "tee=EPERM",
        "preadv2=ENOSYS,pwritev2=ENOSYS",
        "preadv2:5&8=EOPNOTSUPP,pwritev2:5&8=EINVAL",
        "preadv2=EPERM,pwritev2=EPERM,openat:2=526337=EMFILE,openat:2=526336=EACCES",
        "fcntl:1=1031=EPERM",
        "fcntl:1=1032=EPERM",
        "fcntl:1=1032=ENOSYS,fcntl:1=1031=ENOSYS",
        "fcntl:1=1035=EINVAL",
        "fcntl:1=1036=EINVAL",
        "fcntl:1=1036=EPERM",
        "ioctl:1=21531=EPERM",
        "madvise:2=4=EINVAL",
        "madvise:2=4=ENOMEM,madvise:2=24=EINVAL",
        "madvise:2=10=EPERM",
        "madvise:2=14=EINVAL",
        "madvise:2=15=EINVAL",
        "madvise=EPERM",
        "getrusage=EPERM",
        "statx=ENOSYS",
        "epoll_create1=EMFILE",
        "epoll_ctl=ENOSPC",
        "eventfd2=EMFILE");

    [SkippableTheory]
    [MemberData(nameof(Refusals))]
    public void CallRefused_EveryByteArrives(string rules)
    {
        Skip.IfNot(ModeRun.CanFilter("eperm"), "seccomp filters are not permitted here");
        Assert.Equal("right\n", Run(Child.Command("timeout", "60", Child.DotNet, Child.KernelModePath, rules, "--", Child.DotNet, Child.HelperPath, "traffic")));
    }

    [Fact]
    public void LockedMemory_EveryByteArrives()
    {
        string output = Run(Child.Command("timeout", "60", Child.DotNet, Child.HelperPath, "locked-memory"));
        Assert.Contains(output, (string[])["right\n", "not permitted\n"]);
    }

    [Theory]
    [InlineData("off")]
    [InlineData("on")]
    public void GuardAndSharingSwitches_EveryByteArrives(string sharing)
    {
        ProcessStartInfo info = Child.Command("timeout", "60", Child.DotNet, Child.HelperPath, "traffic");
        info.Environment[RuntimeSwitches.SharingVariable] = sharing;
        info.Environment[RuntimeSwitches.GuardVariable] = "1";
        Assert.Equal("right\n", Run(info));
    }

    private static string Run(ProcessStartInfo info)
    {
        using Process child = Child.Start(info);
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return output;
    }
}
