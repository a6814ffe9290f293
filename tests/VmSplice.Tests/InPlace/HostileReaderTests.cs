using VmSplice.InPlace;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Records;

namespace VmSplice.Tests.InPlace;

/// <summary>A reader that lies about what it returned, or returns nothing: the writer is told, and overwrites nothing that is still out.</summary>
[Trait("Category", "Transport")]
public class HostileReaderTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(1_000)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void ReturnOfWhatWasNotSent_IsAFailure(long sequence)
    {
        using Reader reader = new();
        reader.Join();
        reader.SendChunk();
        ControlPage control = reader.Control;
        control.Returned = sequence;
        RecordStreamException e = Assert.Throws<RecordStreamException>(() =>
        {
            reader.SendChunk();
            reader.SendChunk();
        });
        Assert.Equal(StreamFault.Damaged, e.Fault);
        Assert.Contains("InPlace", e.Message, StringComparison.Ordinal);

        // And stays one.
        Assert.Throws<RecordStreamException>(reader.Writer.Flush);
    }

    [Fact]
    public void ReaderThatReturnsNothing_StopsTheWriterUntilItLeaves()
    {
        using Reader reader = new();
        reader.Join();
        Background writing = Background.Run(() => Assert.Throws<BrokenPipeException>((Action)reader.SendForEver));
        writing.UntilItWaits();
        reader.Leave();
        writing.Join();
    }

    [Fact]
    public void WakeUpsThatNobodyAskedFor_DoNoHarm()
    {
        using Reader reader = new();
        reader.Join();
        Background writing = Background.Run(() => Assert.Throws<ObjectDisposedException>((Action)reader.SendForEver));
        writing.UntilItWaits();
        for (int i = 0; i < 1_000; i++)
        {
            reader.WakeUp();
        }

        reader.Writer.Dispose();
        writing.Join();
    }

    [Fact]
    public void ReturnThatGoesBack_FreesNothing()
    {
        using Reader reader = new();
        reader.Join();
        reader.SendChunk();
        reader.SendChunk();
        ControlPage control = reader.Control;
        control.Returned = 1;
        reader.SendChunk();
        control.Returned = 0;
        reader.SendChunk();
        Assert.Equal(4, reader.Sent);
    }

    /// <summary>Reads the invitation by hand and joins, and does no more than it is told.</summary>
    private sealed class Reader : IDisposable
    {
        private readonly SplicePipe _pipe = SplicePipe.Create(Exchange.Capacity);
        private SharedMemory? _control;
        private Microsoft.Win32.SafeHandles.SafeFileHandle? _wakeUps;

        internal Reader()
            => Writer = new RecordWriter<Tick>(_pipe.OpenWriter(), new RecordWriterOptions { ChunkSize = Exchange.ChunkSize });

        internal RecordWriter<Tick> Writer { get; }

        internal int Sent { get; private set; }

        internal ControlPage Control => new(_control!.Address);

        internal void Join()
        {
            SendChunk();
            byte[] start = RawCall.ReadAll(_pipe.ReadHandle, RecordStreamFormat.HeaderLength + Invitation.Length);
            Invitation invitation = Invitation.Read(start.AsSpan(RecordStreamFormat.HeaderLength));
            _control = SharedMemory.TryOpen(invitation.Process, invitation.Descriptor, invitation.Control, (nuint)Environment.SystemPageSize, writable: true);
            BlockOffer offer = Control.ReadOffer();
            _wakeUps = ProcessDescriptor.TryOpen(invitation.Process, offer.WakeUpsDescriptor, offer.WakeUps, SysStat.S_IFIFO, Fcntl.O_WRONLY, out _);
            Assert.True(Control.TryJoin());
            SendChunk();
            Assert.True(Writer.IsInPlace);
            Sent = 0;
        }

        internal void SendChunk()
        {
            for (int i = 0; i < Exchange.RecordsOfChunk; i++)
            {
                Writer.Next() = Tick.At(i);
            }

            Writer.Flush();
            Sent++;
        }

        internal void SendForEver()
        {
            while (true)
            {
                SendChunk();
            }
        }

        internal unsafe void WakeUp()
        {
            byte one = 1;
            _ = Unistd.write(_wakeUps!, &one, 1);
        }

        internal void Leave() => _wakeUps!.Dispose();

        public void Dispose()
        {
            Writer.Dispose();
            _wakeUps?.Dispose();
            _control?.Dispose();
            _pipe.Dispose();
        }
    }
}
