using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace VmSplice.Tests.Support;

/// <summary>
/// Starts processes for as long as the tests run, where VMSPLICE_FORKS is set: each has a copy of every descriptor between fork and exec. Shows which
/// tests take for granted that an end closed here is closed everywhere (docs/testing.md).
/// </summary>
internal static class ForksBeside
{
#pragma warning disable CA2255 // This is the application here.
    [ModuleInitializer]
    internal static void Start()
    {
        if (Environment.GetEnvironmentVariable("VMSPLICE_FORKS") is { Length: > 0 })
        {
            new Thread(StartForEver) { IsBackground = true, Name = "forks beside the tests" }.Start();
        }
    }
#pragma warning restore CA2255

    private static void StartForEver()
    {
        while (true)
        {
            try
            {
                using Process child = Child.Start(Child.Command("/bin/true"));
                child.WaitForExit();
            }
            catch (Win32Exception)
            {
                // A test has used up the descriptors of this process.
                Thread.Sleep(10);
            }
        }
    }
}
