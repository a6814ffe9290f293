using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VmSplice.Interop;

/// <summary>
/// On another system the first system call throws, whichever it is: every import of this assembly is resolved here then. Linux has no
/// resolver, so that nothing is paid there.
/// </summary>
internal static class LinuxOnly
{
    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255:The 'ModuleInitializer' attribute should not be used in libraries",
        Justification = "Nothing else runs before every import, from whatever type it is called.")]
    internal static void Initialize()
    {
        // The imports pass 64-bit offsets and lengths.
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            NativeLibrary.SetDllImportResolver(typeof(LinuxOnly).Assembly, Refuse);
        }
    }

    internal static nint Refuse(string library, Assembly assembly, DllImportSearchPath? searchPath)
        => throw new PlatformNotSupportedException(
            $"VmSplice.Generators needs 64-bit Linux; this is {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}. Ask "
                + $"OperatingSystem.IsLinux() first and use System.IO.Pipes elsewhere.");
}
