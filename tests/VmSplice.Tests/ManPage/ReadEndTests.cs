namespace VmSplice.Tests.ManPage;

/// <summary>vmsplice(2), "If fd is opened for reading" (since Linux 2.6.23): the kernel copies; it always did.</summary>
[Trait("Category", "Transport")]
public class ReadEndTests
{
    [SkippableFact]
    public void Segments_AreFilledInTheOrderOfTheArray()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(2);
        RawCall.Write(pipe.WriteHandle, StreamPattern.Take(0, 4_107));

        Assert.Equal(4_107, RawPipe.VmSplice(pipe.ReadHandle, [memory.Part(4_096, 10), memory.Part(0, 4_096), memory.Part(8_000, 1)]));

        Assert.Equal(-1, StreamPattern.Mismatch(memory.Bytes.Slice(4_096, 10), 0));
        Assert.Equal(-1, StreamPattern.Mismatch(memory.Bytes[..4_096], 10));
        Assert.Equal(-1, StreamPattern.Mismatch(memory.Bytes.Slice(8_000, 1), 4_106));
    }

    [SkippableFact]
    public void FewerBytesThanRoom_ReturnsWhatIsThere()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);
        RawCall.Write(pipe.WriteHandle, [1, 2, 3]);
        Assert.Equal(3, RawPipe.VmSplice(pipe.ReadHandle, memory.All, SpliceFlags.None));
    }

    [SkippableFact]
    public void EndOfStream_Returns0()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);
        pipe.WriteHandle.Dispose();
        Assert.Equal(0, RawPipe.VmSplice(pipe.ReadHandle, memory.All, SpliceFlags.None));
    }

    [SkippableFact]
    public void Received_IsACopy_SendersLaterStoreIsNotSeen()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages sent = new(1);
        using Pages received = new(1);
        sent.Fill(0);
        RawCall.VmSplice(pipe.WriteHandle, sent.All);
        Assert.Equal(received.Length, RawPipe.VmSplice(pipe.ReadHandle, received.All, SpliceFlags.None));
        sent.Bytes.Clear();
        Assert.Equal(-1, StreamPattern.Mismatch(received.Bytes, 0));
    }

    [SkippableFact]
    public void WhatVmspliceSent_VmspliceReceives()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = PipeSetup.OfCapacity(8 * Pages.Size);
        using Pages sent = new(100);
        using Pages received = new(100);
        sent.Fill(0);
        Background sender = Background.Run(() => Transfer(pipe.WriteHandle, sent, 3 * Pages.Size));
        Transfer(pipe.ReadHandle, received, 5 * Pages.Size);
        sender.Join();
        Assert.Equal(-1, StreamPattern.Mismatch(received.Bytes, 0));
    }

    [Fact]
    public void OurReader_CopiesStraightIntoTheBuffer()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(10_000);
        RawCall.Write(pipe.WriteHandle, StreamPattern.Take(0, 10_000));
        Assert.Equal(10_000, reader.Read(buffer));
        Assert.Equal(-1, StreamPattern.Mismatch(buffer.Span, 0));
    }

    // The same call on either end: the end decides the direction.
    private static void Transfer(System.Runtime.InteropServices.SafeHandle end, Pages memory, int atMost)
    {
        int done = 0;
        while (done < memory.Length)
        {
            nint step = RawPipe.VmSplice(end, memory.Part(done, Math.Min(atMost, memory.Length - done)), SpliceFlags.None);
            Assert.True(step > 0);
            done += (int)step;
        }
    }
}
