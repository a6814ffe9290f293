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
        Assert.Equal("right\n",
            Run(Child.Command("timeout", "60", Child.DotNet, Child.KernelModePath, rules, "--", Child.DotNet, Child.HelperPath, "traffic")));
    }

    /// <summary>
    /// A call that is refused for one target alone: 700 is the pipe that is read, 701 a pipe that is forwarded to, 702 a file, 703 a
    /// socket, 704 and 705 writers that are forwarded and duplicated to.
    /// </summary>
    public static TheoryData<string> RefusalsOfOneTarget
    {
        get
        {
            TheoryData<string> rules = [];
            foreach (int target in (int[])[701, 702, 703, 704])
            {
                foreach (string error in (string[])["EINVAL", "ENOSYS", "EPERM", "EOPNOTSUPP"])
                {
                    rules.Add($"splice:2={target}={error}");
                }
            }

            rules.Add("tee:1=705=EINVAL");
            rules.Add("tee:1=705=EPERM");
            rules.Add("preadv2:0=700=EOPNOTSUPP");
            rules.Add("preadv2:0=700=EPERM");
            foreach (int target in (int[])[701, 702, 703, 704, 705])
            {
                rules.Add($"pwritev2:0={target}=EOPNOTSUPP");
            }

            rules.Add("splice:2=701=EINVAL,pwritev2:0=701=EINVAL,openat:2=526337=EACCES");
            rules.Add("splice:2=704=EINVAL,pwritev2:0=704=EINVAL,openat:2=526337=EACCES");
            rules.Add("splice:2=703=EINVAL,pwritev2:0=703=ENOSYS");
            rules.Add("tee:1=705=ENOSYS,preadv2:0=700=EINVAL,openat:2=526336=EMFILE");
            rules.Add("ioctl:0=700=EPERM");
            return rules;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(RefusalsOfOneTarget))]
    public void CallRefusedForOneTarget_EveryByteArrives(string rules)
    {
        Skip.IfNot(ModeRun.CanFilter("eperm"), "seccomp filters are not permitted here");
        Assert.Equal("right\n",
            Run(Child.Command("timeout", "60", Child.DotNet, Child.KernelModePath, rules, "--", Child.DotNet, Child.HelperPath, "traffic-to-targets")));
    }

    [Fact]
    public void NoRefusal_EveryByteArrivesAtEachTarget() => Assert.Equal("right\n", Run(Child.Helper("traffic-to-targets")));

    /// <summary>
    /// An ordinary user may lock 64 KiB on many systems, and mlockall fails or later mappings do. The address space may be limited:
    /// what a region takes is then not to be had, and small pages are.
    /// </summary>
    [SkippableTheory]
    [InlineData("ulimit -l 64")]
    [InlineData("ulimit -l 0")]
    [InlineData("ulimit -n 100")]
    [InlineData("ulimit -v 3000000; export DOTNET_GCHeapHardLimit=0x4000000 DOTNET_GCgen0size=0x400000")]
    public void LimitOfAnOrdinaryUser_EveryByteArrives(string limits)
    {
        Tool.Needs("setpriv");
        string user = Libc.geteuid() == 0 ? "setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set -all " : "";
        string output = Run(
            Child.Shell($"{limits}; export DOTNET_CLI_HOME=/tmp HOME=/tmp; exec timeout 60 {user}'{Child.DotNet}' '{Child.HelperPath}' traffic 2>&1"));
        Skip.If(output.Contains("Permission denied", StringComparison.Ordinal) || output.Contains("cannot access", StringComparison.Ordinal),
            "another user cannot read this folder");
        Assert.Equal("right\n", output);
    }

    /// <summary>What the system says of pipes and huge pages, in files, is not to be read. (Without /proc as a whole there is no .NET.)</summary>
    [SkippableTheory]
    [InlineData("/proc/sys")]
    [InlineData("/sys/kernel/mm")]
    [InlineData("/proc/sys", "/sys/kernel/mm")]
    public void UnreadableSettings_EveryByteArrives(params string[] hidden)
    {
        Tool.Needs("unshare");
        string hide = string.Join(" && ", hidden.Select(folder => $"mount -t tmpfs none {folder}"));
        using Process trial = Child.Start(Child.Command("unshare", "-m", "sh", "-c", hide));
        trial.WaitForExit();
        Skip.If(trial.ExitCode != 0, "nothing may be mounted here");
        Assert.Equal("right\n", Run(Child.Command("unshare", "-m", "sh", "-c", $"{hide} && exec timeout 60 '{Child.DotNet}' '{Child.HelperPath}' traffic")));
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
