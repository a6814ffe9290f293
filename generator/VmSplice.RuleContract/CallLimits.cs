namespace VmSplice.RuleContract;

/// <summary>What the kernel takes in one call of vmsplice(2).</summary>
public static class CallLimits
{
    /// <summary>The most segments: <c>IOV_MAX</c>. A test compares it with the runtime's.</summary>
    public const int IovMax = 1024;

    /// <summary>The same number as messages write it.</summary>
    public const string IovMaxText = "1,024";
}
