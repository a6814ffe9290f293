namespace VmSplice.Kernel;

/// <summary>A file of /proc or /sys, which may be missing or closed to this process. Nothing depends on it but speed.</summary>
internal static class SystemFile
{
    /// <summary>Reads a file of one line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its text without white space around it; empty where it could not be read.</param>
    /// <param name="isFinal">Where it could not be read: whether the next attempt would give the same.</param>
    /// <returns>Whether it was read.</returns>
    internal static bool TryRead(string path, out string text, out bool isFinal)
    {
        try
        {
            text = File.ReadAllText(path).Trim();
            return isFinal = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No descriptor left (EMFILE) is a moment; a missing file, or one that is forbidden, is the machine.
            text = string.Empty;
            isFinal = e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException;
            return false;
        }
    }
}
