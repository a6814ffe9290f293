namespace VmSplice.Tests.Modes;

/// <summary>The transport tests where vmsplice copies, and where memory comes in small pages alone.</summary>
public class DifferentKernelTests
{
    [SkippableFact]
    public void TransportTests_PassWhereVmspliceCopies() => ModeRun.AssertPasses("copying");

    [SkippableFact]
    public void TransportTests_PassWithoutHugePages() => ModeRun.AssertPasses("nohugepages");
}
