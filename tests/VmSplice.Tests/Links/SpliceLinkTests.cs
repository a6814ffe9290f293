using System.Diagnostics;
using System.Globalization;

namespace VmSplice.Tests.Links;

/// <summary>A child with a pipe in each direction: nothing deadlocks, a child that dies is noticed, nothing else is inherited.</summary>
[Trait("Category", "Transport")]
public class SpliceLinkTests
{
    private const int Length = 10_000_019;

    [Fact]
    public void UnframedBothWays_SegmentsGoThroughAForeignProgram()
    {
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("cat"), new() { Framed = false }, new() { Framed = false });
        VideoFrame back = VideoFrame.Allocate();
        bool another = true;
        int exitCode = link.Exchange(
            writer =>
            {
                VideoFrame frame = VideoFrame.Rent(writer);
                frame.Draw(3);
                writer.Send(frame);
            },
            reader =>
            {
                reader.ReceiveInto(back);
                another = VideoFrame.TryReceive(reader) is not null;
            });
        Assert.Equal(0, exitCode);
        Assert.True(back.Shows(3));
        Assert.False(another);
        back.Dispose();
    }

    [Fact]
    public void CatFilledInBothDirections_EveryByteComesBack()
    {
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("cat"));
        int exitCode = link.Exchange(
            writer => Send(writer, Length),
            reader =>
            {
                byte[] arrived = new byte[Length];
                reader.ReadExactly(arrived);
                Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
                Assert.Equal(0, reader.Read(arrived));
            });
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task CatFilledInBothDirectionsWithoutThreads_EveryByteComesBack()
    {
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("cat"));
        int exitCode = await link.ExchangeAsync(
            async (writer, cancellation) =>
            {
                PageBuffer<byte> buffer = writer.Rent<byte>(Length);
                StreamPattern.Fill(buffer.Span, 0);
                await writer.SendAsync(buffer, cancellation);
            },
            async (reader, cancellation) =>
            {
                byte[] arrived = new byte[Length];
                await reader.ReadExactlyAsync(arrived, cancellation);
                Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
                Assert.Equal(0, await reader.ReadAsync(arrived, cancellation));
            });
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task ExchangeCancelledWhileTheChildSleeps_EndsTheChild()
    {
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("sleep", "1000"));
        using CancellationTokenSource source = new();
        TaskCompletionSource<bool> receiving = new();
        Task<int> exchange = link.ExchangeAsync(
            (writer, cancellation) => writer.WriteAsync(new byte[Length], cancellation).AsTask(),
            async (reader, cancellation) =>
            {
                receiving.SetResult(true);
                await reader.ReadAsync(new byte[1], cancellation);
            },
            source.Token);
        await receiving.Task;
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchange);
        Assert.True(link.Child.HasExited);
    }

    [Fact]
    public async Task AsyncReceiverThatFails_EndsTheChildAndThrows()
    {
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("sleep", "1000"));
        await Assert.ThrowsAsync<InvalidDataException>(() => link.ExchangeAsync(
            (writer, cancellation) => writer.WriteAsync(new byte[Length], cancellation).AsTask(),
            (reader, cancellation) => throw new InvalidDataException()));
        Assert.True(link.Child.HasExited);
    }

    [Fact]
    public async Task ChildThatLeavesEarly_AsyncSenderIsTold()
    {
        using SpliceLink link = SpliceLink.Start(Child.Shell("head -c 100 > /dev/null"));
        await Assert.ThrowsAsync<BrokenPipeException>(() => link.ExchangeAsync(
            (writer, cancellation) => writer.WriteAsync(new byte[Length], cancellation).AsTask(),
            async (reader, cancellation) => Assert.Equal(0, await reader.ReadAsync(new byte[1], cancellation))));
    }

    [Fact]
    public void OurChild_RecordsComeBack()
    {
        const int Count = 200_000;
        using SpliceLink link = SpliceLink.Start(Child.Helper("link-records"), new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        int exitCode = link.Exchange(
            writer =>
            {
                using RecordWriter<Tick> ticks = new(writer);
                for (int i = 0; i < Count; i++)
                {
                    ticks.Next() = Tick.At(i);
                }

                ticks.Complete();
            },
            reader =>
            {
                using RecordReader<Tick> ticks = new(reader);
                int index = 0;
                foreach (ref readonly Tick tick in ticks)
                {
                    Assert.True(tick.IsAt(index++));
                }

                Assert.Equal(Count, index);
            });
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public void ChildThatFails_ExitCodeIsReturned()
    {
        using SpliceLink link = SpliceLink.Start(Child.Shell("exec 0<&-; exit 3"));
        Assert.Equal(3, link.Exchange(writer => { }, reader => Assert.Equal(0, reader.Read(new byte[1]))));
    }

    [Fact]
    public void ChildThatLeavesEarly_SenderIsTold()
    {
        using SpliceLink link = SpliceLink.Start(Child.Shell("head -c 100 > /dev/null"));
        Assert.Throws<BrokenPipeException>(() => link.Exchange(writer => Send(writer, Length), reader => Assert.Equal(0, reader.Read(new byte[1]))));
    }

    [Fact]
    public void KilledChild_BothSidesAreTold()
    {
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("sleep", "1000"));
        Background killer = Background.Run(() => link.Child.Kill());
        Assert.Throws<BrokenPipeException>(() => link.Exchange(writer => Send(writer, Length), reader => Assert.Equal(0, reader.Read(new byte[1]))));
        killer.Join();
        Assert.True(link.Child.HasExited);
    }

    [Fact]
    public void ReceiverThatFails_EndsTheChildAndThrows()
    {
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("sleep", "1000"));
        Assert.Throws<InvalidDataException>(() => link.Exchange(writer => Send(writer, Length), reader => throw new InvalidDataException()));
        Assert.True(link.Child.HasExited);
    }

    [Fact]
    public void Child_InheritsNothingElse()
    {
        using SplicePipe other = SplicePipe.Create();
        using SpliceLink link = SpliceLink.Start(Child.Helper("descriptors"));
        string output = "";
        link.Exchange(writer => { }, reader => output = new StreamReader(reader.AsStream()).ReadToEnd());
        string[] pipes =
            [.. output.Split('\n')
                .Where(line => line.Contains("pipe:", StringComparison.Ordinal) && int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture) <= 2)];
        Assert.InRange(pipes.Length, 2, 3);
        Assert.DoesNotContain(PipeNumber(other), output, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsThatAreWrong_NoChildIsLeftBehind()
    {
        using LongSleep sleep = new();
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SpliceLink.Start(new ProcessStartInfo("sleep", sleep.Seconds), new SpliceWriterOptions { PipeCapacity = -1 }));
        sleep.UntilItHasEnded();
    }

    [Fact]
    public async Task AsDuplexPipe_BytesComeBack()
    {
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("cat"));
        System.IO.Pipelines.IDuplexPipe pipe = link;
        Task sending = Task.Run(async () =>
        {
            StreamPattern.Fill(pipe.Output.GetSpan(100_000)[..100_000], 0);
            pipe.Output.Advance(100_000);
            await pipe.Output.CompleteAsync();
        });
        using MemoryStream arrived = new();
        await pipe.Input.CopyToAsync(arrived);
        await sending;
        Assert.Equal(100_000, arrived.Length);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived.ToArray(), 0));
    }

    private static void Send(SpliceWriter writer, int length)
    {
        PageBuffer<byte> buffer = writer.Rent<byte>(length);
        StreamPattern.Fill(buffer.Span, 0);
        writer.Send(buffer);
    }

    private static string PipeNumber(SplicePipe pipe)
        => Path.GetFileName(File.ResolveLinkTarget($"/proc/self/fd/{pipe.ReadHandle.DangerousGetHandle()}", returnFinalTarget: false)!.FullName);
}
