namespace VmSplice.Tests.Modes;

/// <summary>The transport tests where vmsplice is refused, as by containers, sandboxes and kernels that were proposed.</summary>
public class RefusingKernelTests
{
    [SkippableTheory]
    [InlineData("eperm")]
    [InlineData("enosys")]
    [InlineData("einval")]
    [InlineData("eopnotsupp")]
    public void TransportTests_PassWhereVmspliceAnswers(string errno) => ModeRun.AssertPasses(errno);

    [Fact]
    public void FailingCommand_ItsExitCodeIsPassedOn()
        => Child.Run(Child.Command(Child.DotNet, Child.KernelModePath, "eperm", "--", "/bin/sh", "-c", "exit 7"), expectedExitCode: 7);

    [Theory]
    [InlineData("nonsense", "--", "true")]
    [InlineData("eperm", "true", "--")]
    public void WrongUse_IsRefused(params string[] arguments)
        => Child.Run(Child.Command("/bin/sh", ["-c", "exec \"$@\" 2>&1", "sh", Child.DotNet, Child.KernelModePath, .. arguments]), expectedExitCode: 2);
}
