namespace VmSplice.TestChild;

/// <summary>What this process inherited.</summary>
internal static class Descriptors
{
    internal static int Print()
    {
        foreach (string path in Directory.GetFileSystemEntries("/proc/self/fd"))
        {
            try
            {
                Console.WriteLine($"{Path.GetFileName(path)} {Path.GetFileName(File.ResolveLinkTarget(path, returnFinalTarget: false)!.FullName)}");
            }
            catch (IOException)
            {
                // The one by which the folder was listed, closed by now.
            }
        }

        return 0;
    }
}
