using System.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;

namespace VmSplice.Tests.Modes;

/// <summary>The probe finds out what vmsplice does here by doing it.</summary>
[Trait("Category", "Transport")]
public class KernelSupportTests
{
    [Fact]
    public void PageSharing_IsWhatTheModeSays()
    {
        string? mode = Environment.GetEnvironmentVariable(ThisKernel.ModeVariable);
        PageSharing expected = mode switch
        {
            null or "nohugepages" => KernelSupport.Current.PageSharing,
            "copying" => PageSharing.Copies,
            _ => PageSharing.Unavailable,
        };
        Assert.Equal(expected, KernelSupport.Current.PageSharing);
    }

    [SkippableFact]
    public void HugePages_AreNotSeenWhereThereAreNone()
    {
        Skip.IfNot(Environment.GetEnvironmentVariable(ThisKernel.ModeVariable) == "nohugepages", "for kernel-mode nohugepages");
        Assert.False(KernelSupport.Current.HugePages);
        Assert.Contains("small pages", KernelSupport.Current.HugePagesReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Reason_NamesTheErrorOfTheMode()
    {
        string? mode = Environment.GetEnvironmentVariable(ThisKernel.ModeVariable);
        string expected = mode switch
        {
            null or "nohugepages" => "",
            "copying" => "copies",
            _ => mode.ToUpperInvariant(),
        };
        Assert.Contains(expected, KernelSupport.Current.PageSharingReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Errno.EPERM, "EPERM", "seccomp")]
    [InlineData(Errno.ENOSYS, "ENOSYS", "does not have it")]
    [InlineData(Errno.EINVAL, "EINVAL", "does not take it")]
    [InlineData(Errno.EOPNOTSUPP, "EOPNOTSUPP", "does not take it")]
    public void RefusedCall_IsUnavailableAndSaysWhy(int errno, string name, string why)
        => Injected.Errno(errno, () =>
        {
            (PageSharing sharing, string reason, bool isFinal) = PageSharingProbe.Run();
            Assert.True(isFinal);
            Assert.Equal(PageSharing.Unavailable, sharing);
            Assert.Contains(name, reason, StringComparison.Ordinal);
            Assert.Contains(why, reason, StringComparison.Ordinal);
        });

    [Fact]
    public void SharingSwitchedOff_IsUnavailable()
    {
        ProcessStartInfo info = Child.Helper("kernel-support");
        info.Environment[RuntimeSwitches.SharingVariable] = "off";
        string output = Child.Run(info);
        Assert.StartsWith("Unavailable\n", output, StringComparison.Ordinal);
        Assert.Contains("switched off by VMSPLICE_SHARING=off", output, StringComparison.Ordinal);
    }

    [Fact]
    public void NoDescriptorIsLeft_WriterOpensAndSendsAndTheNextOneSharesAgain()
        => Assert.Equal(
            "Unavailable, True\nFalse\n-1\nTrue\n",
            Child.Run(Child.Shell($"ulimit -n 150; exec {Child.HelperCommand("no-descriptors")}")));

    [Fact]
    public void Figures_AreThoseOfTheSystem()
    {
        KernelSupport support = KernelSupport.Current;
        Assert.Equal(Environment.SystemPageSize, support.PageSize);
        Assert.InRange(support.PageSize, 4_096, 65_536);
        Assert.InRange(support.MaxPipeCapacity, support.PageSize,
            int.Parse(File.ReadAllText("/proc/sys/fs/pipe-max-size"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(0, support.HugePageSize % support.PageSize);
        string text = support.ToString();
        Assert.Contains(support.PageSharingReason, text, StringComparison.Ordinal);
        Assert.Contains(support.HugePagesReason, text, StringComparison.Ordinal);
        Assert.Contains($"{support.PageSize} bytes", text, StringComparison.Ordinal);
        Assert.Contains($"up to {support.MaxPipeCapacity} bytes", text, StringComparison.Ordinal);
    }
}
