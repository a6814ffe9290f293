using VmSplice.Interop;
using VmSplice.Kernel;

namespace VmSplice.Tests.Forwarding;

/// <summary>
/// A sender that reuses its pages and a stream that is forwarded: what was passed on must not change when the sender goes
/// around. Done wrongly too, so that the tests are known to be able to fail.
/// </summary>
[Trait("Category", "Transport")]
public class RecyclingSenderTests
{
    private const int Length = 256 * 1024;

    /// <summary>A wrong word, or one that holds for another sender of the pipe alone: the mark is there for that.</summary>
    private static readonly SpliceReaderOptions Declared = new() { Sender = PipeSenderKind.Immutable };

    /// <summary>Enough to go around whatever the sender recycles.</summary>
    private const int Rounds = 64;

    [Fact]
    public void Forward_ThenSenderGoesAround_ForwardedBytesAreIntact()
        => Assert.Equal(-1, MismatchAfter(sender: Mark.Kept, (reader, writer) => Assert.Equal(Length, reader.Forward(writer, Length))));

    [Fact]
    public void TeeTo_ThenSenderGoesAround_TeedBytesAreIntact()
        => Assert.Equal(-1, MismatchAfter(sender: Mark.Kept, (reader, writer) =>
        {
            for (long teed, all = 0; all < Length; all += teed)
            {
                teed = reader.Tee(writer, Length - all);
                reader.ReadExactly(new byte[teed]);
            }
        }));

    [SkippableFact]
    public void MarkTakenAway_ForwardPassesThePagesOnAndTheyChange()
    {
        // The same as above but for the mark at the pipe: that, and nothing else, is what protects.
        ThisKernel.NeedsSharing();
        Assert.NotEqual(-1, MismatchAfter(sender: Mark.TakenAway, (reader, writer) => Assert.Equal(Length, reader.Forward(writer, Length))));
    }

    [SkippableFact]
    public void MarkTakenAway_ReaderWhoKnowsNothingOfTheSenderCopies()
    {
        ThisKernel.NeedsSharing();
        Assert.Equal(-1, MismatchAfter(sender: Mark.TakenAwayAndUnknown, (reader, writer) => Assert.Equal(Length, reader.Forward(writer, Length))));
    }

    [SkippableFact]
    public void MarkTakenAway_HeaderOfTheRecordsSaysItToo()
    {
        ThisKernel.NeedsSharing();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        RecordWriter<Tick> records = new(pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying }));
        records.Write(Tick.At(0));
        records.Flush();
        TakeMarkAway(pipe);
        records.Dispose();
        using SpliceReader reader = pipe.OpenReader();
        using RecordReader<Tick> received = new(reader, new RecordReaderOptions { LeaveOpen = true });
        Assert.True(received.ReadHeader().SenderRecycles);
        Assert.True(reader.Receiver.SenderPages.AreRecycled);
    }

    [Theory]
    [InlineData(PipeReaderKind.Copying, true)]
    [InlineData(PipeReaderKind.Unknown, false)]
    public void Pipe_IsMarkedWhereItsSenderRecycles(PipeReaderKind kind, bool marked)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
        Assert.False(RecyclingMark.IsSet(pipe.ReadHandle), "nothing was sent or rented");
        writer.Rent<byte>(1).Dispose();
        Assert.Equal(marked && ThisKernel.SharesPages, RecyclingMark.IsSet(pipe.ReadHandle));
    }

    [Theory]
    [InlineData(PipeReaderKind.Copying)]
    [InlineData(PipeReaderKind.Unknown)]
    public async Task HeaderOfTheRecords_SaysWhatTheSenderReallyDoes(PipeReaderKind kind)
    {
        // Where the kernel copies, nothing is recycled, whatever was declared.
        foreach (bool async in new[] { false, true })
        {
            using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
            SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
            RecordWriter<Tick> records = new(writer);
            records.Write(Tick.At(0));
            if (async)
            {
                await records.FlushAsync();
                await records.DisposeAsync();
            }
            else
            {
                records.Flush();
                records.Dispose();
            }

            using RecordReader<Tick> received = new(pipe.OpenReader());
            Assert.Equal(writer.Sender.Recycles, received.ReadHeader().SenderRecycles);
            Assert.Equal(kind == PipeReaderKind.Copying && ThisKernel.SharesPages, received.ReadHeader().SenderRecycles);
        }
    }

    [SkippableFact]
    public void SenderInAnotherProcess_IsSeenAtThePipe()
    {
        ThisKernel.NeedsSharing();
        using SpliceReader reader = SpliceReader.OpenChildOutput(Child.Start(Child.Helper("write-stdout", "1000000", "Copying", "100000")));
        reader.ReadExactly(new byte[1]);
        Assert.True(reader.Receiver.SenderPages.AreRecycled);
    }

    [SkippableFact]
    public void PipeOfAnotherUser_CannotBeMarkedAndItsSenderDoesNotRecycle()
    {
        ThisKernel.NeedsSharing();
        Skip.If(Libc.geteuid() != 0, "only root can become somebody else");
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        Background.Run(() =>
        {
            _ = Libc.setfsuid(65_534);
            using SpliceWriter writer = SpliceWriter.Open(pipe.WriteHandle, new SpliceWriterOptions { Reader = PipeReaderKind.Copying, LeaveOpen = true });
            Assert.False(RecyclingMark.IsSet(pipe.ReadHandle));
            Assert.False(writer.Sender.Recycles);
            using RecordWriter<Tick> records = new(writer, new RecordWriterOptions { LeaveOpen = true });
        }).Join();
        using (RecordReader<Tick> received = new(pipe.OpenReader(new SpliceReaderOptions { LeaveOpen = true }), new RecordReaderOptions { LeaveOpen = true }))
        {
            Assert.False(received.ReadHeader().SenderRecycles);
        }

        Assert.Equal(-1, MismatchAfter(sender: Mark.OfAnotherUser, (reader, writer) => Assert.Equal(Length, reader.Forward(writer, Length))));
    }

    [SkippableFact]
    public void UnmarkedPipeOfADeclaredSender_PagesArePassedOnByReference()
    {
        ThisKernel.NeedsSharing();
        using SplicePipe first = SplicePipe.Create(1024 * 1024);
        using SplicePipe second = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = first.OpenReader(Declared);
        using Pages memory = new(2);
        memory.Fill(0);
        RawCall.VmSplice(first.WriteHandle, memory.All);
        Assert.Equal(memory.Length, reader.Forward(second.WriteHandle, memory.Length));

        memory.Fill(12_345);
        Assert.Equal(-1, StreamPattern.Mismatch(RawCall.ReadAll(second.ReadHandle, memory.Length), 12_345));
    }

    [SkippableFact]
    public void WriterOpenedWhileForwarderWaits_ItsPagesAreCopied()
    {
        // The pipe is empty and not marked when the forwarder comes; it must look again once there is something.
        ThisKernel.NeedsSharing();
        using SplicePipe first = SplicePipe.Create(1024 * 1024);
        using SplicePipe second = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = first.OpenReader(Declared);
        Background forwarder = Background.Run(() => Assert.Equal(Length, reader.Forward(second.WriteHandle, Length)));
        forwarder.UntilItWaits();
        using SpliceWriter writer = first.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        Send(writer, 0);
        forwarder.Join();
        GoAround(writer, reader);
        Assert.Equal(-1, StreamPattern.Mismatch(RawCall.ReadAll(second.ReadHandle, Length), 0));
    }

    /// <summary>Forwards the first data, lets the sender go around, and only then looks at what was forwarded.</summary>
    private static long MismatchAfter(Mark sender, Action<SpliceReader, SpliceWriter> forward)
    {
        using SplicePipe first = SplicePipe.Create(1024 * 1024);
        using SplicePipe second = SplicePipe.Create(1024 * 1024);
        Skip.If(first.Capacity < Length || second.Capacity < Length, "pipes are too small here");
        SpliceWriter? writer = null;
        Background.Run(() =>
        {
            if (sender == Mark.OfAnotherUser)
            {
                _ = Libc.setfsuid(65_534);
            }

            writer = first.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        }).Join();
        using SpliceWriter opened = writer!;

        // The first pages of a writer are not reused.
        Send(opened, 0);
        RawCall.ReadAll(first.ReadHandle, Length);
        using SpliceWriter target = second.OpenWriter();
        using SpliceReader reader = first.OpenReader(sender == Mark.TakenAwayAndUnknown ? null : Declared);
        if (sender is Mark.TakenAway or Mark.TakenAwayAndUnknown)
        {
            TakeMarkAway(first);
        }

        Send(opened, 0);
        forward(reader, target);
        GoAround(opened, reader);
        return StreamPattern.Mismatch(RawCall.ReadAll(second.ReadHandle, Length), 0);
    }

    private static void GoAround(SpliceWriter writer, SpliceReader reader)
    {
        byte[] arrived = new byte[Length];
        for (int round = 1; round < Rounds; round++)
        {
            Send(writer, round * 31);
            reader.ReadExactly(arrived);
            Assert.Equal(-1, StreamPattern.Mismatch(arrived, round * 31));
        }
    }

    private static void Send(SpliceWriter writer, int position)
    {
        PageBuffer<byte> buffer = writer.Rent<byte>(Length);
        StreamPattern.Fill(buffer.Span, position);
        writer.Send(buffer);
    }

    private static unsafe void TakeMarkAway(SplicePipe pipe)
    {
        ulong none = 0;
        Assert.Equal(0, Fcntl.fcntl(pipe.WriteHandle, Fcntl.F_SET_RW_HINT, (nint)(&none)));
    }

    private enum Mark
    {
        Kept,
        TakenAway,
        TakenAwayAndUnknown,
        OfAnotherUser,
    }
}
