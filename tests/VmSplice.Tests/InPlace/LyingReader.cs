using Microsoft.Win32.SafeHandles;
using VmSplice.InPlace;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Records;

namespace VmSplice.Tests.InPlace;

/// <summary>Takes the place of the first reader of a broadcast: reads the invitation by hand and joins, and does no more than it is told.</summary>
internal sealed class LyingReader : IDisposable
{
    private readonly SharedMemory _control;
    private readonly SafeFileHandle _wakeUps;
    private readonly Audience _audience;

    internal LyingReader(Audience audience)
    {
        _audience = audience;
        audience.Send();
        audience.Receive(1);
        byte[] start = RawCall.ReadAll(audience.Pipes[0].ReadHandle, RecordStreamFormat.HeaderLength + Invitation.Length);
        Invitation invitation = Invitation.Read(start.AsSpan(RecordStreamFormat.HeaderLength));
        _control = SharedMemory.TryOpen(invitation.Process, invitation.Descriptor, invitation.Control, (nuint)Environment.SystemPageSize, writable: true)!;
        ControlPage control = new(_control.Address);
        BlockOffer offer = control.ReadOffer();
        _wakeUps = ProcessDescriptor.TryOpen(invitation.Process, offer.WakeUpsDescriptor, offer.WakeUps, SysStat.S_IFIFO, Fcntl.O_WRONLY, out _)!;
        Assert.True(control.TryJoin());
        audience.Send();
        audience.Receive(1);
        Assert.True(audience.Broadcaster.Readers[0].IsInPlace);
    }

    /// <summary>Gets the blocks that it was sent in place: all but the first, which went through the pipe.</summary>
    internal long Sent => (_audience.Broadcaster.RecordsWritten / Exchange.RecordsOfChunk) - 1;

    internal void Return(long sequence)
    {
        ControlPage control = new(_control.Address);
        control.Returned = sequence;
    }

    internal unsafe void WakeUp()
    {
        byte one = 1;
        _ = Unistd.write(_wakeUps, &one, 1);
    }

    internal void Leave() => _wakeUps.Dispose();

    public void Dispose()
    {
        _wakeUps.Dispose();
        _control.Dispose();
    }
}
