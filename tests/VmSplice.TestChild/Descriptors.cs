namespace VmSplice.TestChild;

/// <summary>Prints what this process inherited.</summary>
internal static class Descriptors
{
    internal static int Print()
    {
        foreach (string path in Directory.GetFileSystemEntries("/proc/self/fd"))
        {
            if (File.ResolveLinkTarget(path, returnFinalTarget: false) is { } target)
            {
                Console.WriteLine($"{Path.GetFileName(path)} {Path.GetFileName(target.FullName)}");
            }
        }

        return 0;
    }
}
