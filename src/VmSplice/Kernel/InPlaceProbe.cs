using System.Globalization;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Kernel;

/// <summary>Whether streams can be read in place here, found out by doing what a sender and its reader do, in one process.</summary>
internal static class InPlaceProbe
{
    /// <returns>Whether it works, and why.</returns>
    internal static (bool Available, string Reason) Run()
    {
        if (RuntimeSwitches.InPlaceIsOff)
        {
            return (false, $"switched off by {RuntimeSwitches.SharingVariable}");
        }

        nuint page = (nuint)Environment.SystemPageSize;
        using SharedMemory? mine = SharedMemory.TryCreate("VmSplice.probe", page, othersMayWrite: false, out SafeFileHandle? file, out int errno);
        if (mine is null)
        {
            return (false, $"memory cannot be shared: memfd_create or its seals answer {Errno.Name(errno)}");
        }

        using (file)
        {
            using HeldDescriptor held = new(file!);
            using SharedMemory? theirs = FileIdentity.TryGet(file!, out _) is { } identity
                ? SharedMemory.TryOpen(Environment.ProcessId, held.Number, identity, page, writable: false)
                : null;
            return theirs is null
                ? (false,
                    string.Create(
                        CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd cannot be opened: /proc is missing, or a sandbox forbids it"))
                : (true, "processes of one user can map each other's blocks");
        }
    }
}
