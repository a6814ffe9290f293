using System.Runtime.InteropServices;
using CsCheck;
using Microsoft.Win32.SafeHandles;
using VmSplice.InPlace;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Records;

namespace VmSplice.Tests.InPlace;

/// <summary>A sender that lies about its memory: the reader gets a documented exception or reads what there is; it never faults.</summary>
[Trait("Category", "Transport")]
public class HostileSenderTests
{
    private const int Length = 1024 * 1024;
    private const int Records = 1_000;

    private static readonly Gen<ulong> Numbers = Gen.OneOf(
        Gen.Const(0UL), Gen.Const(1UL), Gen.Const(63UL), Gen.Const(ulong.MaxValue), Gen.Const((ulong)long.MaxValue), Gen.Const((ulong)Length),
        Gen.ULong[0, 4 * Length], Gen.ULong);

    [Fact]
    public void AnyReference_IsReadOrRefused()
        => Gen.Select(Numbers, Numbers, Numbers, Numbers).Sample(
            (records, first, offset, sequence) =>
            {
                using Sender sender = new();
                sender.Send(sender.Invitation);
                sender.Send(new BlockReference((uint)records, (long)first, offset, (long)sequence));
                sender.ReadAll(mustFail: !(records is > 0 and < Length / 24 && first == 0 && offset % 64 == 0 && sequence == 1));
            },
            iter: ThisKernel.Rounds(2_000),
            threads: 1);

    [Fact]
    public void AnyInvitation_IsTakenUpOrPassedOver()
        => Gen.Select(Numbers, Numbers, Numbers, Numbers, Numbers).Sample(
            (process, descriptor, device, inode, key) =>
            {
                using Sender sender = new();
                sender.Send(new Invitation((int)process, (int)descriptor, new FileIdentity(device, inode), key));
                sender.Send(new BlockReference(Records, 0, 64, 1));

                // It was not joined, so what follows cannot be read.
                sender.ReadAll(mustFail: true);
            },
            iter: ThisKernel.Rounds(2_000),
            threads: 1);

    [Fact]
    public void AnyOffer_IsTakenUpOrPassedOver()
        => Gen.Select(Gen.Int[0, 8], Numbers).Sample(
            (field, value) =>
            {
                using Sender sender = new();
                BlockOffer right = sender.Offer;
                sender.Offer = field switch
                {
                    0 => right with { Key = value },
                    1 => right with { Length = value },
                    2 => right with { Blocks = new FileIdentity(value, right.Blocks.Inode) },
                    3 => right with { Blocks = new FileIdentity(right.Blocks.Device, value) },
                    4 => right with { BlocksDescriptor = (int)value },
                    5 => right with { WakeUps = new FileIdentity(right.WakeUps.Device, value) },
                    6 => right with { WakeUpsDescriptor = (int)value },
                    7 => right with { Pipe = new FileIdentity(right.Pipe.Device, value) },
                    _ => right,
                };
                sender.Send(sender.Invitation);
                sender.Send(new BlockReference(Records, 0, 64, 1));
                sender.ReadAll(mustFail: sender.Offer != right);
            },
            iter: ThisKernel.Rounds(1_000),
            threads: 1);

    [Theory]
    [InlineData(0)]
    [InlineData(Fcntl.F_SEAL_GROW | Fcntl.F_SEAL_SEAL | Fcntl.F_SEAL_FUTURE_WRITE)]
    [InlineData(Fcntl.F_SEAL_SHRINK | Fcntl.F_SEAL_SEAL | Fcntl.F_SEAL_FUTURE_WRITE)]
    [InlineData(Fcntl.F_SEAL_SHRINK | Fcntl.F_SEAL_GROW | Fcntl.F_SEAL_FUTURE_WRITE)]
    [InlineData(Fcntl.F_SEAL_SHRINK | Fcntl.F_SEAL_GROW | Fcntl.F_SEAL_SEAL)]
    public void MemoryThatIsNotSealed_IsNotJoined(int seals)
    {
        using Sender sender = new();
        int number = SysMman.memfd_create("unsealed", SysMman.MFD_CLOEXEC | SysMman.MFD_ALLOW_SEALING);
        Assert.True(number >= 0);
        using SafeFileHandle memory = new(number, ownsHandle: true);
        Assert.Equal(0, Unistd.ftruncate(memory, Length));
        Assert.Equal(0, Fcntl.fcntl(memory, Fcntl.F_ADD_SEALS, seals));
        sender.Offer = sender.Offer with { Blocks = FileIdentity.TryGet(memory, out _)!.Value, BlocksDescriptor = number };
        sender.Send(sender.Invitation);
        sender.Send(new BlockReference(Records, 0, 64, 1));
        sender.ReadAll(mustFail: true);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    [InlineData("/proc/self/mem")]
    [InlineData("/etc/passwd")]
    [InlineData("/tmp")]
    public void AnythingElseInPlaceOfMemory_IsNotJoined(string path)
    {
        using Sender sender = new();
        int number = Fcntl.open(path, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC, 0);
        using SafeFileHandle other = new(number, ownsHandle: true);
        sender.Offer = sender.Offer with { Blocks = FileIdentity.TryGet(other, out _)!.Value, BlocksDescriptor = number };
        sender.Send(sender.Invitation);
        sender.Send(new BlockReference(Records, 0, 64, 1));
        sender.ReadAll(mustFail: true);
    }

    [Fact]
    public void SecondInvitation_IsPassedOver()
    {
        using Sender sender = new();
        sender.Send(sender.Invitation);
        sender.Send(sender.Invitation);
        sender.Send(new BlockReference(Records, 0, 64, 1));
        sender.ReadAll(mustFail: false);
    }

    [Fact]
    public void InvalidValueInPlace_IsNamedWithItsRecord()
    {
        const int Invalid = 30_000;
        using SplicePipe pipe = SplicePipe.Create(Exchange.Capacity);
        using var writer = new RecordWriter<Order>(pipe.OpenWriter(), new RecordWriterOptions { ChunkSize = Exchange.ChunkSize });
        using var reader = new RecordReader<Order>(pipe.OpenReader());
        int written = 0;
        int read = 0;
        RecordStreamException e = Assert.Throws<RecordStreamException>((Action)(() =>
        {
            while (true)
            {
                for (int i = 0; i < 8_000; i++, written++)
                {
                    Order order = Order.At(written);
                    order.Direction = written == Invalid ? (Side)77 : order.Direction;
                    writer.Next() = order;
                }

                writer.Flush();
                while (read < written)
                {
                    foreach (ref readonly Order order in reader.ReadBatch())
                    {
                        Assert.True(order.IsAt(read++));
                    }
                }
            }
        }));
        Assert.True(reader.IsInPlace);
        Assert.Equal(StreamFault.InvalidValue, e.Fault);
        Assert.Equal(Invalid, e.RecordIndex);
        Assert.Equal(Invalid, read);
        Assert.Contains("4D", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Offers memory with records in it, whatever it says of them.</summary>
    private sealed class Sender : IDisposable
    {
        private readonly SplicePipe _pipe = SplicePipe.Create(Exchange.Capacity);
        private readonly SharedMemory _control;
        private readonly SafeFileHandle _controlFile;
        private readonly SharedMemory _blocks;
        private readonly SafeFileHandle _blocksFile;
        private readonly SafePipeHandle _wakeUps;
        private readonly SafePipeHandle _wakeUpsForReader;
        private BlockOffer _offer;

        internal unsafe Sender()
        {
            _control = SharedMemory.TryCreate("hostile", (nuint)Environment.SystemPageSize, othersMayWrite: true, out SafeFileHandle? controlFile, out _)!;
            _blocks = SharedMemory.TryCreate("hostile", Length, othersMayWrite: false, out SafeFileHandle? blocksFile, out _)!;
            (_controlFile, _blocksFile) = (controlFile!, blocksFile!);
            PipeFactory.Create(out _wakeUps, out _wakeUpsForReader, nonBlocking: true);
            Span<Tick> records = new((void*)(_blocks.Address + 64), Records);
            for (int i = 0; i < records.Length; i++)
            {
                records[i] = Tick.At(i);
            }

            Offer = new BlockOffer(
                4711,
                Length,
                FileIdentity.TryGet(_blocksFile, out _)!.Value,
                (int)_blocksFile.DangerousGetHandle(),
                FileIdentity.TryGet(_wakeUpsForReader, out _)!.Value,
                (int)_wakeUpsForReader.DangerousGetHandle(),
                FileIdentity.TryGet(_pipe.WriteHandle, out _)!.Value);
            byte[] header = new byte[RecordStreamFormat.HeaderLength];
            RecordStreamFormat.WriteHeader(header, Tick.Layout, RecordStreamFlags.None);
            Send(header);
        }

        internal BlockOffer Offer
        {
            get => _offer;
            set => new ControlPage(_control.Address).WriteOffer(_offer = value);
        }

        internal Invitation Invitation
            => new(Environment.ProcessId, (int)_controlFile.DangerousGetHandle(), FileIdentity.TryGet(_controlFile, out _)!.Value, 4711);

        internal void Send(Invitation invitation)
        {
            byte[] bytes = new byte[Invitation.Length];
            invitation.Write(bytes);
            Send(bytes);
        }

        internal void Send(BlockReference reference)
        {
            byte[] bytes = new byte[BlockReference.Length];
            reference.Write(bytes);
            Send(bytes);
        }

        internal void ReadAll(bool mustFail)
        {
            byte[] end = new byte[RecordStreamFormat.BlockHeaderLength];
            RecordStreamFormat.WriteBlockHeader(end, 0, Records);
            Send(end);
            _pipe.WriteHandle.Dispose();
            using var reader = new RecordReader<Tick>(_pipe.OpenReader());
            long sum = 0;
            try
            {
                foreach (ref readonly Tick tick in reader)
                {
                    sum += tick.Time + tick.Size;
                }

                Assert.False(mustFail, $"read {reader.RecordsRead} records");
            }
            catch (RecordStreamException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }

        public void Dispose()
        {
            _wakeUps.Dispose();
            _wakeUpsForReader.Dispose();
            _control.Dispose();
            _controlFile.Dispose();
            _blocks.Dispose();
            _blocksFile.Dispose();
            _pipe.Dispose();
        }

        private unsafe void Send(byte[] bytes)
        {
            fixed (byte* first = bytes)
            {
                Assert.Equal(bytes.Length, Unistd.write(_pipe.WriteHandle, first, (nuint)bytes.Length));
            }
        }
    }
}
