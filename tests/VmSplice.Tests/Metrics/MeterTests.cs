using System.Diagnostics.Metrics;
using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.Tests.Metrics;

/// <summary>What the meter "VmSplice" says of real transfers. Not beside other tests: the meter is the process's.</summary>
[Collection(nameof(Alone))]
public class MeterTests
{
    private const int Length = 256 * 1024;

    [Fact]
    public void RecordsSentAndReceived_AreCounted()
    {
        using Recording recording = new();
        Transfer(PipeReaderKind.Copying);
        Assert.Equal(100, recording.Sum("vmsplice.records", Instruments.DirectionTag, Instruments.Transmit));
        Assert.Equal(100, recording.Sum("vmsplice.records", Instruments.DirectionTag, Instruments.Receive));
    }

    [SkippableFact]
    public void BytesSentAndReceived_AreCountedTheSame()
    {
        using Recording recording = new();
        Send(PipeReaderKind.Unknown, rounds: 10);
        Assert.Equal(10 * Length, recording.Sum("vmsplice.io", Instruments.DirectionTag, Instruments.Transmit));
        Assert.Equal(10 * Length, recording.Sum("vmsplice.io", Instruments.DirectionTag, Instruments.Receive));
        Assert.InRange(recording.Sum("vmsplice.calls"), 20, 10_000);
    }

    [SkippableTheory]
    [InlineData(PipeReaderKind.Copying, "recycled")]
    [InlineData(PipeReaderKind.Unknown, "fresh")]
    public void Pages_AreFreshOrRecycledByWhatIsKnownOfTheReader(PipeReaderKind kind, string source)
    {
        ThisKernel.NeedsSharing();
        using Recording recording = new();
        Send(kind, rounds: 100);
        long pages = Length / Environment.SystemPageSize * 100;
        Assert.InRange(recording.Sum("vmsplice.pages", Instruments.SourceTag, source), pages * 7 / 10, pages);
    }

    [SkippableFact]
    public void PagesInFlight_AreThoseThatWaitInThePipe()
    {
        ThisKernel.NeedsSharing();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        Skip.If(pipe.Capacity < Length, "pipes are too small here");
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        using SpliceReader reader = pipe.OpenReader();
        using Recording recording = new();
        long before = recording.Observe("vmsplice.pages.in_flight");
        PageBuffer<byte> buffer = writer.Rent<byte>(Length);
        buffer.Span.Clear();
        writer.Send(buffer);
        Assert.Equal(before + (Length / Environment.SystemPageSize), recording.Observe("vmsplice.pages.in_flight"));
        reader.ReadExactly(new byte[Length]);
        Assert.Equal(before, recording.Observe("vmsplice.pages.in_flight"));
    }

    [Fact]
    public void Fallback_IsCountedAndToldWithItsReason()
    {
        using Recording recording = new();
        using Events events = new();
        Injected.ForwardingErrno(Errno.EPERM, () =>
        {
            using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
            using SplicePipe target = SplicePipe.Create(1024 * 1024);
            using SpliceReader reader = pipe.OpenReader(new SpliceReaderOptions { Sender = PipeSenderKind.Immutable });
            RawCall.Write(pipe.WriteHandle, [1, 2, 3]);
            reader.Forward(target.WriteHandle, 3);
        });
        Assert.Equal(1, recording.Sum("vmsplice.fallbacks", Instruments.ErrorTag, "EPERM"));
        Assert.Contains(events.Seen, line => line.StartsWith("Fallback splice EPERM descriptor", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void PipeThatCannotBeMarked_IsOneFallback()
    {
        ThisKernel.NeedsSharing();
        Skip.If(Libc.geteuid() != 0, "only root can become somebody else");
        using Recording recording = new();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        Background.Run(() =>
        {
            _ = Libc.setfsuid(65_534);
            using SpliceWriter writer = SpliceWriter.Open(pipe.WriteHandle, new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
            writer.Rent<byte>(1).Dispose();
        }).Join();
        Assert.Equal(1, recording.Sum("vmsplice.fallbacks", Instruments.FallbackTag, "recycling"));
    }

    [Fact]
    public async Task SendCancelledHalfWay_EventNamesThePipeAndWhatWentThrough()
    {
        using Events events = new();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = pipe.OpenWriter();
        using CancellationTokenSource source = new();
        ValueTask send = writer.WriteAsync(new byte[writer.Capacity + 1], source.Token);
        string descriptor = DescriptorInfo.Describe(pipe.WriteHandle);
        await source.CancelAsync();
        OperationCanceledException canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.AsTask());
        Assert.Equal([$"SendIncomplete {descriptor}: {canceled.InnerException!.Message}"], events.Seen);
    }

    [Fact]
    public async Task SendCancelledBeforeItBegan_IsNoEvent()
    {
        using Events events = new();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = pipe.OpenWriter();
        writer.Write(new byte[writer.Capacity]);
        using CancellationTokenSource source = new();
        ValueTask send = writer.WriteAsync(new byte[1], source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.AsTask());
        Assert.Empty(events.Seen);
    }

    [Fact]
    public void TargetThatFails_EventSaysWhichAndHowMuchItTook()
    {
        using Events events = new();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SplicePipe target = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        target.ReadHandle.Dispose();
        ReadEnds.AwaitClosed(target.WriteHandle);
        RawCall.Write(pipe.WriteHandle, [1, 2, 3]);
        ForwardException failure = Assert.Throws<ForwardException>(() => reader.Forward(target.WriteHandle, 3));
        Assert.Equal([$"ForwardFailed {failure.Message}"], events.Seen);
        Assert.Contains(DescriptorInfo.Describe(target.WriteHandle), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ForwardedBytes_HaveADirectionOfTheirOwn()
    {
        using Recording recording = new();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SplicePipe target = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        RawCall.Write(pipe.WriteHandle, new byte[1_000]);
        reader.Forward(target.WriteHandle, 1_000);
        Assert.Equal(1_000, recording.Sum("vmsplice.io", Instruments.DirectionTag, Instruments.Forward));
    }

    [Theory]
    [InlineData(PipeSenderKind.Immutable, "tee")]
    [InlineData(PipeSenderKind.Unknown, "write")]
    public async Task TeedBytes_AreCountedOnceByTheCallThatMovedThem(PipeSenderKind sender, string call)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SplicePipe side = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader(new SpliceReaderOptions { Sender = sender });
        using SpliceWriter writer = side.OpenWriter();
        using SpliceReader far = side.OpenReader();
        RawCall.Write(pipe.WriteHandle, new byte[1_000]);
        byte[] full = new byte[side.Capacity];
        writer.Write(full);
        using Recording recording = new();
        Task<long> tee = reader.TeeAsync(writer, 1_000);

        // The side is full: what is tried in vain meanwhile moves nothing.
        Watched.Until(side.WriteHandle);
        far.ReadExactly(full);
        Assert.Equal(1_000, await tee);
        Assert.Equal(1_000, recording.Sum("vmsplice.io", Instruments.DirectionTag, Instruments.Forward));
        Assert.Equal(1, recording.Sum("vmsplice.calls", Instruments.CallTag, call));
    }

    [Fact]
    public void FullPipe_PartAndWaitAreCounted()
    {
        using Recording recording = new();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SplicePipe target = PipeSetup.OfCapacity(4 * Pages.Size);
        using SpliceReader reader = pipe.OpenReader();
        using SpliceReader far = target.OpenReader(PipeSetup.KeepReaderCapacity);
        RawCall.Write(pipe.WriteHandle, new byte[10 * Pages.Size]);
        Background forwarder = Background.Run(() => reader.Forward(target.WriteHandle, 10 * Pages.Size));
        forwarder.UntilItWaits();
        far.ReadExactly(new byte[10 * Pages.Size]);
        forwarder.Join();
        Assert.InRange(recording.Sum("vmsplice.transfers.partial"), 1, 10);
        Assert.InRange(recording.Sum("vmsplice.waits", Instruments.DirectionTag, Instruments.Transmit), 1, 10);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ListenerThatThrows_PagesInFlightAreNotReused(bool async)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        Skip.If(pipe.Capacity < Length, "pipes are too small here");
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        using SpliceReader reader = pipe.OpenReader();
        PageBuffer<byte> buffer = writer.Rent<byte>(Length);
        StreamPattern.Fill(buffer.Span, 0);
        using (ListenerThatThrows())
        {
            await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            {
                if (async)
                {
                    await writer.SendAsync(buffer);
                }
                else
                {
                    writer.Send(buffer);
                }
            });
        }

        for (int i = 0; i < 10; i++)
        {
            using PageBuffer<byte> stranger = writer.Rent<byte>(Length);
            stranger.Span.Fill(0xEE);
        }

        Assert.Equal(writer.BytesUnread, writer.BytesAccepted);
        byte[] arrived = new byte[writer.BytesUnread];
        reader.ReadExactly(arrived);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
    }

    [Fact]
    public void ListenerThatThrows_NothingIsForwardedTwice()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SplicePipe target = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader(new SpliceReaderOptions { Sender = PipeSenderKind.Unknown });
        RawCall.Write(pipe.WriteHandle, StreamPattern.Take(0, 2_000));
        using (ListenerThatThrows())
        {
            Assert.Throws<InvalidOperationException>(() => reader.Forward(target.WriteHandle, 1_000));
        }

        reader.Forward(target.WriteHandle, 1_000);
        Assert.Equal(-1, StreamPattern.Mismatch(RawCall.ReadAll(target.ReadHandle, 2_000), 0));
    }

    [Fact]
    public void EveryInstrument_HasAUnitAndADescription()
    {
        using Recording recording = new();
        Transfer(PipeReaderKind.Copying);
        Assert.Equal(ThisKernel.SharesPages ? 9 : 8, recording.Instruments.Count);
        Assert.All(recording.Instruments, instrument =>
        {
            Assert.StartsWith("vmsplice.", instrument.Name, StringComparison.Ordinal);
            Assert.Matches("^(By|\\{[a-z]+\\})$", instrument.Unit);
            Assert.False(string.IsNullOrEmpty(instrument.Description));
        });
    }

    private static void Transfer(PipeReaderKind kind)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using (RecordWriter<Tick> writer = new(pipe.OpenWriter(new SpliceWriterOptions { Reader = kind })))
        {
            for (int i = 0; i < 100; i++)
            {
                writer.Next() = Tick.At(i);
            }

            writer.Complete();
        }

        using RecordReader<Tick> reader = new(pipe.OpenReader());
        foreach (ref readonly Tick tick in reader)
        {
            Assert.InRange(tick.Time, 0, 99);
        }
    }

    private static void Send(PipeReaderKind kind, int rounds)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        Skip.If(pipe.Capacity < Length, "pipes are too small here");
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
        using SpliceReader reader = pipe.OpenReader();
        byte[] arrived = new byte[Length];
        for (int i = 0; i < rounds; i++)
        {
            PageBuffer<byte> buffer = writer.Rent<byte>(Length);
            buffer.Span.Fill((byte)i);
            writer.Send(buffer);
            reader.ReadExactly(arrived);
        }
    }

    /// <summary>Somebody else's listener, which fails in the middle of what the library does.</summary>
    private static MeterListener ListenerThatThrows()
    {
        MeterListener listener = new()
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: Instruments.MeterName, Name: "vmsplice.calls" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException());
        listener.Start();
        return listener;
    }
}
