using Microsoft.Win32.SafeHandles;
using VmSplice.Kernel;

namespace VmSplice.InPlace;

/// <summary>The blocks' memory, and the file by whose number a reader finds it: open as long as it is offered to anybody.</summary>
internal sealed class OfferedBlocks
{
    private readonly Lock _gate = new();

    // Whoever made this, and each offer.
    private int _users = 1;

    private OfferedBlocks(SharedMemory memory, SafeFileHandle file)
    {
        Memory = memory;
        File = file;
    }

    /// <summary>Gets the memory. Disposed by whoever hands its blocks out.</summary>
    internal SharedMemory Memory { get; }

    /// <summary>Gets the file.</summary>
    internal SafeFileHandle File { get; }

    /// <summary>Makes it.</summary>
    /// <param name="bytes">Rounded up to pages.</param>
    /// <param name="errno">Why there is none.</param>
    /// <returns><see langword="null"/> where the kernel, a sandbox or a limit does not give it.</returns>
    internal static OfferedBlocks? TryCreate(long bytes, out int errno)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint length = ((nuint)bytes + page - 1) & ~(page - 1);
        SharedMemory? memory = SharedMemory.TryCreate("VmSplice.blocks", length, othersMayWrite: false, out SafeFileHandle? file, out errno);
        return memory is null ? null : new OfferedBlocks(memory, file!);
    }

    /// <summary>It is offered to one reader more.</summary>
    internal void Open()
    {
        lock (_gate)
        {
            _users++;
        }
    }

    /// <summary>An offer has ended, or no other one follows. What is mapped stays.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            if (--_users == 0)
            {
                File.Dispose();
            }
        }
    }
}
