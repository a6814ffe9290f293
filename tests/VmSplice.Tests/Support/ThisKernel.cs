namespace VmSplice.Tests.Support;

/// <summary>What holds on this kernel alone is skipped on others, and says so.</summary>
internal static class ThisKernel
{
    /// <summary>Set for a run of the transport tests under kernel-mode: the <see cref="PageSharing"/> to be expected.</summary>
    internal const string ModeVariable = "VMSPLICE_TEST_MODE";

    internal static bool SharesPages => KernelSupport.Current.PageSharing == PageSharing.SharesPages;

    internal static bool UnderMode => Environment.GetEnvironmentVariable(ModeVariable) is not null;

    internal static void NeedsSharing() => Skip.IfNot(SharesPages, $"holds where pages are shared; here: {KernelSupport.Current.PageSharingReason}");

    internal static void NeedsCall()
        => Skip.If(KernelSupport.Current.PageSharing == PageSharing.Unavailable, $"needs vmsplice; here: {KernelSupport.Current.PageSharingReason}");

    /// <summary>Fewer rounds in the further runs under kernel-mode, where nothing can be shared anyway.</summary>
    internal static int Rounds(int full) => UnderMode ? Math.Max(1, full / 20) : full;

    /// <summary>Fewer bytes there, and an odd number still.</summary>
    internal static int Bytes(int full) => UnderMode ? (full / 8) | 1 : full;
}
