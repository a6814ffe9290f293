using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace VmSplice.Tests.Modes;

/// <summary>
/// Runs the whole transport part of this suite again, in processes where vmsplice does something else: what arrives must
/// not depend on it.
/// </summary>
internal static partial class ModeRun
{
    private const string FilterByCategory = "Category=Transport";
    private const int Floor = 150;

    internal static void AssertPasses(string mode)
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
        Assert.InRange(Number(summary, "passed"), Floor, int.MaxValue);
    }

    internal static bool CanFilter(string mode)
    {
        using Process trial = Child.Start(Child.Command(Child.DotNet, Child.KernelModePath, mode, "--", "/bin/true"));
        trial.WaitForExit();
        return trial.ExitCode == 0;
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Failed:\s+(?<failed>\d+), Passed:\s+(?<passed>\d+)")]
    private static partial Regex Summary();
}
