using System.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;

namespace VmSplice.Tests.Descriptors;

/// <summary>A size that was asked for stays. A pipe that nobody sized grows when it pays, and never at the cost of the user's other programs.</summary>
[Collection(nameof(Alone))]
public class CapacityTests
{
    private const int Asked = 65_536;

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void SizeThatWasAskedFor_StaysWhateverIsSent(PipeReaderKind kind)
    {
        using SplicePipe pipe = SplicePipe.Create(Asked);
        using SpliceReader reader = pipe.OpenReader();
        Background sender = Background.Run(() =>
        {
            using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
            writer.Send(writer.Rent<byte>(1_000_000));
            writer.Write(new byte[1_000_000]);
            Assert.Equal(Asked, writer.Capacity);
        });
        reader.ReadExactly(new byte[2_000_000]);
        sender.Join();
        Assert.Equal(Asked, reader.Capacity);
        Assert.Equal(Asked, pipe.Capacity);
    }

    [Fact]
    public void SizeThatWasAskedFor_StaysInAChildThatSends()
    {
        using SplicePipe pipe = SplicePipe.Create(Asked);
        using SpliceReader reader = pipe.OpenReader(new SpliceReaderOptions { LeaveOpen = true });
        using Process child = Child.StartWriter(pipe, Child.Helper("send-inherited", "2000000", "500000"));
        reader.ReadExactly(new byte[2_000_000]);
        Child.Finish(child);
        Assert.Equal(Asked, reader.Capacity);
    }

    [Fact]
    public void NobodyAsked_GrowsAtTheFirstLargeSend()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter();
        int usual = pipe.Capacity;
        writer.Write(new byte[1_000]);
        Assert.Equal(usual, pipe.Capacity);
        writer.Write(new byte[20_000]);
        Assert.InRange(pipe.Capacity, Math.Min(2 * usual, PipeLimits.Maximum), PipeLimits.Maximum);
        Assert.Equal(pipe.Capacity, writer.Capacity);
        Assert.Equal(pipe.Capacity, reader.Capacity);
    }

    [Fact]
    public void NobodyAskedAndManySmallWrites_GrowsOnceTheyAreAStream()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter();
        int usual = pipe.Capacity;
        byte[] line = new byte[1_000];
        for (int i = 0; i < 1_000; i++)
        {
            writer.Write(line);
            reader.ReadExactly(line);
        }

        Assert.InRange(pipe.Capacity, usual + 1, PipeLimits.Maximum);
    }

    [Fact]
    public void Capacity_IsAskedOfTheKernelEachTime()
    {
        using SplicePipe pipe = SplicePipe.Create(Asked);
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter();
        Assert.Equal(4 * Asked, Fcntl.fcntl(pipe.WriteHandle, Fcntl.F_SETPIPE_SZ, 4 * Asked));
        Assert.Equal((4 * Asked, 4 * Asked, 4 * Asked), (pipe.Capacity, reader.Capacity, writer.Capacity));
    }

    [Fact]
    public void ManyPipes_GrowWithinAShareAndEachCarriesItsBytes()
    {
        SplicePipe[] pipes = [.. Enumerable.Range(0, 100).Select(_ => SplicePipe.Create())];
        SpliceWriter[] writers = [.. pipes.Select(pipe => pipe.OpenWriter())];
        int usual = pipes[0].Capacity;
        Array.ForEach(writers, writer => writer.Write(StreamPattern.Take(0, 20_000)));
        Assert.InRange(pipes.Sum(pipe => (long)pipe.Capacity - usual), usual, PipeBudget.Share);
        Array.ForEach(writers, writer => writer.Dispose());
        foreach (SplicePipe pipe in pipes)
        {
            using SpliceReader reader = pipe.OpenReader();
            byte[] arrived = new byte[20_000];
            reader.ReadExactly(arrived);
            Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
        }

        // What was closed is given back.
        using SplicePipe next = SplicePipe.Create();
        using SpliceWriter again = next.OpenWriter();
        again.Write(new byte[20_000]);
        Assert.InRange(next.Capacity, usual + 1, PipeLimits.Maximum);
    }

    [SkippableFact]
    public void GrowingRefused_AllGoesOn() => Injected.Rules("fcntl:1=1031=EPERM", () =>
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter();
        writer.Write(StreamPattern.Take(0, 50_000));
        byte[] arrived = new byte[50_000];
        reader.ReadExactly(arrived);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
        Assert.Equal(DescriptorInfo.UsualPipeCapacity, pipe.Capacity);
    });
}
