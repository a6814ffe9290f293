using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Pipes;

namespace VmSplice.InPlace;

/// <summary>
/// The reader's side of a stream that is read in place: the sender's memory, mapped read-only. All that the sender says is checked before
/// it is used; what lies in the memory the sender could still change (docs/safety.md).
/// </summary>
internal sealed unsafe class InPlaceReader : IDisposable
{
    private readonly SharedMemory _blocks;
    private readonly SharedMemory _controlMemory;
    private readonly ControlPage _control;
    private readonly SafeFileHandle _wakeUps;
    private long _received;

    private InPlaceReader(SharedMemory blocks, SharedMemory control, SafeFileHandle wakeUps)
    {
        _blocks = blocks;
        _controlMemory = control;
        _control = new ControlPage(control.Address);
        _wakeUps = wakeUps;
    }

    /// <summary>Gets whether the sender has dropped this reader: no further block may be looked at.</summary>
    internal bool IsDropped => _control.IsDropped;

    /// <summary>Takes an invitation up.</summary>
    /// <param name="invitation">What the stream says.</param>
    /// <param name="end">Where the stream is read from.</param>
    /// <returns>
    /// <see langword="null"/> where the sender's memory cannot be had (another user, another PID namespace, no /proc), where somebody else
    /// has joined, or where the stream came by way of another pipe. All goes on through the pipe then.
    /// </returns>
    internal static InPlaceReader? TryJoin(in Invitation invitation, PipeEnd end)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        SharedMemory? control = SharedMemory.TryOpen(invitation.Process, invitation.Descriptor, invitation.Control, page, writable: true);
        if (control is null)
        {
            Instruments.CountFallback(Instruments.InPlace, Marshal.GetLastPInvokeError(), end.Handle);
            return null;
        }

        var state = new ControlPage(control.Address);
        BlockOffer offer = state.ReadOffer();
        SharedMemory? blocks = null;
        SafeFileHandle? wakeUps = null;
        if (offer.Key == invitation.Key
            && FileIdentity.TryGet(end.Handle, out _) == offer.Pipe
            && offer.Length is > 0 and <= InPlaceSender.MostLength
            && (blocks = SharedMemory.TryOpen(invitation.Process, offer.BlocksDescriptor, offer.Blocks, (nuint)offer.Length, writable: false)) is not null
            && (wakeUps = OpenWakeUps(invitation.Process, offer)) is not null
            && state.TryJoin())
        {
            return new InPlaceReader(blocks, control, wakeUps);
        }

        wakeUps?.Dispose();
        blocks?.Dispose();
        control.Dispose();
        Instruments.CountFallback(Instruments.InPlace, 0, end.Handle);
        return null;
    }

    /// <summary>Looks up a block.</summary>
    /// <param name="reference">What the stream says.</param>
    /// <param name="recordSize">Bytes of a record.</param>
    /// <param name="alignment">What the place of records must be a multiple of, and the length of a block with texts or lists.</param>
    /// <returns>Where the records are; 0 where the reference is wrong.</returns>
    internal nint Find(in BlockReference reference, int recordSize, int alignment)
    {
        ulong length = ((ulong)reference.Records * (ulong)recordSize) + reference.TailLength;
        if (reference.Records == 0
            || reference.Sequence != _received + 1
            || reference.Offset > _blocks.Length
            || length > _blocks.Length - reference.Offset
            || reference.Offset % (ulong)alignment != 0
            || (reference.TailLength != 0 && length % (ulong)alignment != 0))
        {
            return 0;
        }

        _received++;
        Instruments.CountInPlace(Instruments.Receive, (long)length);
        return _blocks.Address + (nint)reference.Offset;
    }

    /// <summary>Returns the block that was looked up last: its memory is the sender's again.</summary>
    internal void Return()
    {
        if (_control.Return(_received))
        {
            byte one = 1;

            // SAFETY: the kernel reads one byte. A pipe that is full has enough to wake somebody with; a sender that is gone wakes no more.
            _ = Unistd.write(_wakeUps, &one, 1);
        }
    }

    /// <summary>Unmaps the memory. Spans into it fault from now on. Where the sender still waits for a block, it hears that nobody reads any more.</summary>
    public void Dispose()
    {
        _wakeUps.Dispose();
        _blocks.Dispose();
        _controlMemory.Dispose();
    }

    private static SafeFileHandle? OpenWakeUps(int process, in BlockOffer offer)
        => ProcessDescriptor.TryOpen(process, offer.WakeUpsDescriptor, offer.WakeUps, SysStat.S_IFIFO, Fcntl.O_WRONLY, out _);
}
