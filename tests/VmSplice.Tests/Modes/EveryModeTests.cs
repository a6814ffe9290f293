using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace VmSplice.Tests.Modes;

/// <summary>
/// The whole transport part of this suite again, in processes where vmsplice is refused, or copies, or where there are no
/// huge pages: what arrives must not depend on it.
/// </summary>
public partial class EveryModeTests
{
    private const string FilterByCategory = "Category=Transport";

    [SkippableTheory]
    [InlineData("eperm")]
    [InlineData("enosys")]
    [InlineData("einval")]
    [InlineData("eopnotsupp")]
    [InlineData("copying")]
    [InlineData("nohugepages")]
    public void TransportTests_PassInMode(string mode)
    {
        Skip.IfNot(CanFilter(mode), "seccomp filters are not permitted here");
        ProcessStartInfo info = Child.Command(
            Child.DotNet,
            [Child.KernelModePath, mode, "--", Child.DotNet, "vstest", Assembly.GetExecutingAssembly().Location, "--TestCaseFilter:" + FilterByCategory]);
        info.Environment[ThisKernel.ModeVariable] = mode;
        using Process run = Child.Start(info);
        string output = run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        Assert.True(run.ExitCode == 0, output);
        Match summary = Summary().Match(output);
        Assert.True(summary.Success, output);
        Assert.Equal(0, Number(summary, "failed"));
        Assert.InRange(Number(summary, "passed"), 100, int.MaxValue);
    }

    [Fact]
    public void FailingCommand_ItsExitCodeIsPassedOn()
        => Child.Run(Child.Command(Child.DotNet, Child.KernelModePath, "eperm", "--", "/bin/sh", "-c", "exit 7"), expectedExitCode: 7);

    [Theory]
    [InlineData("nonsense", "--", "true")]
    [InlineData("eperm", "true", "--")]
    public void WrongUse_IsRefused(params string[] arguments)
        => Child.Run(Child.Command("/bin/sh", ["-c", "exec \"$@\" 2>&1", "sh", Child.DotNet, Child.KernelModePath, .. arguments]), expectedExitCode: 2);

    private static bool CanFilter(string mode)
    {
        using Process trial = Child.Start(Child.Command(Child.DotNet, Child.KernelModePath, mode, "--", "/bin/true"));
        trial.WaitForExit();
        return trial.ExitCode == 0;
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Failed:\s+(?<failed>\d+), Passed:\s+(?<passed>\d+)")]
    private static partial Regex Summary();
}
