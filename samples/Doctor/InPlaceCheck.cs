using VmSplice;

namespace Doctor;

/// <summary>Whether a stream of records between two processes of one user can be read where it lies, without a copy in either direction.</summary>
internal static class InPlaceCheck
{
    public static Finding Run()
    {
        KernelSupport kernel = KernelSupport.Current;
        return kernel.InPlace
            ? new("in place", Verdict.Good, kernel.InPlaceReason)
            : new("in place", Verdict.Slower, kernel.InPlaceReason, WayOut(kernel.InPlaceReason));
    }

    private static string WayOut(string reason)
        => reason.StartsWith("switched off", StringComparison.Ordinal) ? "unset VMSPLICE_SHARING"
            : reason.StartsWith("memory", StringComparison.Ordinal) ? "allow memfd_create and fcntl(F_ADD_SEALS) in the seccomp profile of the container"
            : "mount /proc, and let processes of one user look into each other";
}
