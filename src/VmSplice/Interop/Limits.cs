namespace VmSplice.Interop;

/// <summary>limits.h: what the kernel promises of pipes, and takes at once.</summary>
internal static class Limits
{
    /// <summary>A write of so many bytes goes into a pipe whole, and one that polls as writable has room for it.</summary>
    internal const int PIPE_BUF = 4096;

    /// <summary>The most segments of one call.</summary>
    internal const int IOV_MAX = 1024;
}
