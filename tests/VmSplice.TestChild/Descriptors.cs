using System.Globalization;
using System.Reflection;
using Microsoft.Win32.SafeHandles;

namespace VmSplice.TestChild;

/// <summary>What this process inherited, and what happens where it can have no more.</summary>
internal static class Descriptors
{
    /// <summary>Asks what the kernel supports while no descriptor is left, and again: prints the error number, then the answer.</summary>
    internal static int AskForSupportWithNoneLeft()
    {
        // What this takes must be loaded before: libraries are files, and so is a pipe.
        Array.ForEach(typeof(KernelSupport).Assembly.GetReferencedAssemblies(), name => Assembly.Load(name));
        SplicePipe.Create(1).Dispose();
        List<SafeFileHandle> all = [];
        try
        {
            while (true)
            {
                all.Add(File.OpenHandle("/dev/null"));
            }
        }
        catch (IOException)
        {
            // Now there is none left.
        }

        int errno = 0;
        try
        {
            _ = KernelSupport.Current;
        }
        catch (SystemCallException e)
        {
            errno = e.ErrorNumber;
        }

        all.ForEach(one => one.Dispose());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{errno}\n{KernelSupport.Current.PageSharing}"));
        return 0;
    }

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
