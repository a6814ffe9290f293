using VmSplice;

namespace Doctor;

/// <summary>Whether vmsplice(2) shares pages here: the one thing on which all else depends.</summary>
internal static class PageSharingCheck
{
    public static Finding Run()
    {
        KernelSupport kernel = KernelSupport.Current;
        string found = $"{kernel.PageSharingReason} (Linux {SystemFile.Read("/proc/sys/kernel/osrelease") ?? "?"})";
        return kernel.PageSharing switch
        {
            PageSharing.SharesPages => new("page sharing", Verdict.Good, found),
            PageSharing.Copies => new("page sharing", Verdict.Copies, found, "nothing to change but the kernel; VMSPLICE_SHARING=off saves the attempt"),
            _ => new("page sharing", Verdict.Copies, found, WayOut()),
        };
    }

    private static string WayOut()
    {
        if (SwitchesCheck.SharingIsOff)
        {
            return "unset VMSPLICE_SHARING";
        }

        return Sandbox.Current switch
        {
            { Kind: SandboxKind.GVisor } => "run the container with another runtime (runc): gVisor has no vmsplice",
            { HasSeccompFilter: true } => "allow vmsplice in the seccomp profile of the container: --security-opt seccomp=profile.json",
            _ => "a kernel that has vmsplice: Linux 2.6.17 or newer, on the machine itself",
        };
    }
}
