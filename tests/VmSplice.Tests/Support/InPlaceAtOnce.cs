using System.Runtime.CompilerServices;

namespace VmSplice.Tests.Support;

/// <summary>A stream need not be long to go in place here, nor in the children of a test, which inherit it.</summary>
internal static class InPlaceAtOnce
{
    // Before the library reads its switches, which it does once.
#pragma warning disable CA2255 // This is the application here.
    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable("VMSPLICE_IN_PLACE_AFTER", "0");
#pragma warning restore CA2255
}
