namespace VmSplice.Tests.Support;

/// <summary>What this process has open.</summary>
internal static class OpenFiles
{
    /// <summary>How many descriptors refer to a path.</summary>
    internal static int CountOf(string path) => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(descriptor => TargetOf(descriptor) == path);

    /// <summary>How many descriptors refer to memory that is shared with another process.</summary>
    internal static int CountOfMemory()
        => Directory.EnumerateFileSystemEntries("/proc/self/fd")
            .Count(descriptor => TargetOf(descriptor)?.Contains("memfd:VmSplice", StringComparison.Ordinal) == true);

    /// <summary>Nothing for a descriptor that another test closed meanwhile.</summary>
    private static string? TargetOf(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
