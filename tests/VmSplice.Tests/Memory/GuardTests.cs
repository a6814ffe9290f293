using System.Diagnostics;
using VmSplice.Kernel;

namespace VmSplice.Tests.Memory;

/// <summary>A stale write dies on its line: in guard mode for what was sent, always for what was frozen.</summary>
public class GuardTests
{
    // 128 + SIGABRT: how the runtime ends after an access violation in managed code.
    private const int Aborted = 134;

    [Theory]
    [InlineData("touch-sent", "WriteToSentPages")]
    [InlineData("touch-gifted", "WriteToGiftedPages")]
    public void StaleWriteUnderGuard_DiesAndTheStackNamesTheMethod(string command, string method) => AssertDies(command, method, guard: true);

    [Fact]
    public void WriteToFrozenPages_DiesWithoutAnyGuard() => AssertDies("touch-frozen", "WriteToFrozenPages", guard: false);

    [Fact]
    public void StaleWriteWithoutGuard_GoesUnnoticed() => Run("touch-sent", guard: false, expectedExitCode: 0);

    [Fact]
    public void LegalTrafficUnderGuard_IsNotDisturbed() => Assert.Equal("right", Run("guarded-traffic", guard: true, expectedExitCode: 0).Trim());

    private static void AssertDies(string command, string method, bool guard)
    {
        string output = Run(command, guard, Aborted);
        Assert.Contains("AccessViolation", output, StringComparison.Ordinal);
        Assert.Contains("VmSplice.TestChild.Crashes." + method, output, StringComparison.Ordinal);
    }

    private static string Run(string command, bool guard, int expectedExitCode)
    {
        ProcessStartInfo info = Child.Shell($"ulimit -c 0; exec {Child.HelperCommand(command)} 2>&1");
        info.Environment[RuntimeSwitches.GuardVariable] = guard ? "1" : "0";
        return Child.Run(info, expectedExitCode);
    }
}
