using System.Diagnostics;
using System.Text.Json;

namespace VmSplice.Tests.Tools;

/// <summary>samples/Doctor says of a machine what it is, and answers scripts by its exit code.</summary>
public class DoctorTests
{
    private const int Good = 0;
    private const int Slower = 2;
    private const int Copies = 3;

    [Fact]
    public void ThisMachine_ReportSaysWhatKernelSupportFinds()
    {
        string report = Report(out _);
        Assert.Contains(KernelSupport.Current.PageSharingReason, report, StringComparison.Ordinal);
        Assert.Contains($"pages of {KernelSupport.Current.PageSize} bytes", report, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void MachineThatSharesPages_ExitCodeSaysSo()
    {
        ThisKernel.NeedsSharing();
        Report(out int exitCode);
        Assert.InRange(exitCode, Good, Slower);
    }

    [Fact]
    public void Json_HasEveryFinding()
    {
        using JsonDocument report = JsonDocument.Parse(Run(Child.Command(Child.DotNet, Tool.DoctorPath, "--json"), out _));
        Assert.Equal(
            ["page sharing", "in place", "huge pages", "pipe size", "memory", "descriptors", "sandbox", "switches"],
            report.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("topic").GetString()));
    }

    [Fact]
    public void SharingSwitchedOff_IsFoundWithTheWayOut()
    {
        ProcessStartInfo doctor = Child.Command(Child.DotNet, Tool.DoctorPath);
        doctor.Environment["VMSPLICE_SHARING"] = "off";
        string report = Run(doctor, out int exitCode);
        Assert.Contains("→ unset VMSPLICE_SHARING", report, StringComparison.Ordinal);
        Assert.Equal(Copies, exitCode);
    }

    [Fact]
    public void FewDescriptors_AreFound()
    {
        string report = Run(Child.Shell($"ulimit -n 200; '{Child.DotNet}' '{Tool.DoctorPath}'"), out int exitCode);
        Assert.Contains("200 at most", report, StringComparison.Ordinal);
        Assert.NotEqual(Good, exitCode);
    }

    [SkippableTheory]
    [InlineData("eperm", "EPERM")]
    [InlineData("enosys", "ENOSYS")]
    [InlineData("eopnotsupp", "EOPNOTSUPP")]
    public void RefusedCall_IsFoundWithItsErrorAndTheFilter(string mode, string error)
    {
        string report = ReportUnder(mode, out int exitCode);
        Assert.Contains($"copies page sharing  vmsplice answers {error}", report, StringComparison.Ordinal);
        Assert.Contains("→ allow vmsplice in the seccomp profile", report, StringComparison.Ordinal);
        Assert.Equal(Copies, exitCode);
    }

    [SkippableFact]
    public void CopyingKernel_IsFound()
    {
        string report = ReportUnder("copying", out int exitCode);
        Assert.Contains("copies page sharing  this kernel's vmsplice copies", report, StringComparison.Ordinal);
        Assert.Equal(Copies, exitCode);
    }

    [SkippableFact]
    public void NoHugePages_AreFoundWithWhoForbadeThem()
    {
        ThisKernel.NeedsSharing();
        string report = ReportUnder("nohugepages", out int exitCode);
        Assert.Contains("slower huge pages", report, StringComparison.Ordinal);
        Assert.Contains("PR_SET_THP_DISABLE", report, StringComparison.Ordinal);
        Assert.Equal(Slower, exitCode);
    }

    private static string Report(out int exitCode) => Run(Child.Command(Child.DotNet, Tool.DoctorPath), out exitCode);

    private static string ReportUnder(string mode, out int exitCode)
    {
        Skip.IfNot(Modes.ModeRun.CanFilter(mode), "seccomp filters are not permitted here");
        return Run(Child.Command(Child.DotNet, Child.KernelModePath, mode, "--", Child.DotNet, Tool.DoctorPath), out exitCode);
    }

    private static string Run(ProcessStartInfo info, out int exitCode)
    {
        using Process process = Child.Start(info);
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "the doctor does not end");
        exitCode = process.ExitCode;
        return output;
    }
}
