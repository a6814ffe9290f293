using CsCheck;

namespace VmSplice.Tests.Buffers;

/// <summary>Whatever the segments, their lengths, the page size, the pipe and the way: what arrives is what was sent.</summary>
[Trait("Category", "Transport")]
public class BufferPropertyTests
{
    [Fact]
    public void AnyBuffers_ArriveAsSent()
        => BufferTraffic.Any.Sample(traffic => traffic.Run(), iter: ThisKernel.Rounds(300), threads: 1);

    [Fact]
    public Task AnyBuffers_ArriveAsSentWithoutAThreadThatWaits()
        => BufferTraffic.Any.SampleAsync(traffic => traffic.RunAsync(), iter: ThisKernel.Rounds(300), threads: 1);
}
