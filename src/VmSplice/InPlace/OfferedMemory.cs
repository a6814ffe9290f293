using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Pipes;

namespace VmSplice.InPlace;

/// <summary>
/// All that a sender makes to offer a stream in place to one reader: the control page, the pipe of the wake-ups, and what the reader opens by
/// number; and the blocks' memory, which other readers may be offered too.
/// </summary>
internal sealed class OfferedMemory : IDisposable
{
    private readonly OfferedBlocks _blocks;
    private SafeFileHandle? _controlFile;
    private SafePipeHandle? _wakeUpsForReader;
    private bool _isClosed;

    private OfferedMemory(OfferedBlocks blocks) => _blocks = blocks;

    /// <summary>Gets the memory of the blocks. Disposed by whoever hands them out.</summary>
    internal SharedMemory Blocks => _blocks.Memory;

    /// <summary>Gets the memory of the control page.</summary>
    internal SharedMemory Control { get; private set; } = null!;

    /// <summary>Gets what the reader writes to, to wake the sender.</summary>
    internal SafePipeHandle WakeUps { get; private set; } = null!;

    /// <summary>Gets what the stream says of it.</summary>
    internal Invitation Invitation { get; private set; }

    /// <summary>Makes it.</summary>
    /// <param name="end">The pipe of the stream.</param>
    /// <param name="bytes">Of the blocks' memory; rounded up to pages.</param>
    /// <returns><see langword="null"/> where the kernel, a sandbox or a limit does not give it.</returns>
    internal static OfferedMemory? TryCreate(PipeEnd end, long bytes)
    {
        OfferedBlocks? blocks = OfferedBlocks.TryCreate(bytes, out int errno);
        if (blocks is null)
        {
            Instruments.CountFallback(Instruments.InPlace, errno, end.Handle);
            return null;
        }

        OfferedMemory? offered = TryCreate(end, blocks);
        if (offered is null)
        {
            blocks.Memory.Dispose();
        }

        // The offer alone keeps the file.
        blocks.Close();
        return offered;
    }

    /// <summary>Offers blocks that are there, to one of several readers.</summary>
    /// <param name="end">The pipe of its stream.</param>
    /// <param name="blocks">Their memory, which stays the caller's.</param>
    /// <inheritdoc cref="TryCreate(PipeEnd, long)" path="/returns"/>
    internal static OfferedMemory? TryCreate(PipeEnd end, OfferedBlocks blocks)
    {
        blocks.Open();
        var offered = new OfferedMemory(blocks);
        if (offered.TryCreate(end.Handle, out int errno))
        {
            return offered;
        }

        Instruments.CountFallback(Instruments.InPlace, errno, end.Handle);
        offered.Dispose();
        return null;
    }

    /// <summary>Closes what a reader opens by number: it has, or shall not any more. What is mapped stays.</summary>
    internal void Close()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            _blocks.Close();
        }

        _controlFile?.Dispose();
        _wakeUpsForReader?.Dispose();
    }

    /// <summary>Gives all up but the blocks.</summary>
    public void Dispose()
    {
        Close();
        WakeUps?.Dispose();
        Control?.Dispose();
    }

    private bool TryCreate(SafeHandle pipe, out int errno)
    {
        Control = SharedMemory.TryCreate("VmSplice.control", (nuint)Environment.SystemPageSize, othersMayWrite: true, out _controlFile, out errno)!;
        if (Control is null || !TryCreateWakeUps(out errno))
        {
            return false;
        }

        // A sandbox may refuse statx(2): then nobody could tell whose memory it is.
        return FileIdentity.TryGet(pipe, out _) is { } stream
            && FileIdentity.TryGet(_blocks.File, out _) is { } blocks
            && FileIdentity.TryGet(_controlFile!, out _) is { } control
            && FileIdentity.TryGet(_wakeUpsForReader!, out _) is { } wakeUps
            && Describe(blocks, wakeUps, stream, control);
    }

    private bool TryCreateWakeUps(out int errno)
    {
        try
        {
            PipeFactory.Create(out SafePipeHandle mine, out SafePipeHandle readers, nonBlocking: true);
            (WakeUps, _wakeUpsForReader, errno) = (mine, readers, 0);
            return true;
        }
        catch (SystemCallException e)
        {
            errno = e.ErrorNumber;
            return false;
        }
    }

    private bool Describe(FileIdentity blocks, FileIdentity wakeUps, FileIdentity pipe, FileIdentity control)
    {
        using HeldDescriptor blocksNumber = new(_blocks.File);
        using HeldDescriptor wakeUpsNumber = new(_wakeUpsForReader!);
        using HeldDescriptor controlNumber = new(_controlFile!);

        // Only to tell one stream from another: who could guess it could also look.
        ulong key = (ulong)Stopwatch.GetTimestamp();
        new ControlPage(Control.Address).WriteOffer(new BlockOffer(key, Blocks.Length, blocks, blocksNumber.Number, wakeUps, wakeUpsNumber.Number, pipe));
        Invitation = new Invitation(Environment.ProcessId, controlNumber.Number, control, key);
        return true;
    }
}
