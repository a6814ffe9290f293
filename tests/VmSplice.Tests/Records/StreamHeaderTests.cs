using VmSplice.Records;

namespace VmSplice.Tests.Records;

/// <summary>What the header of a stream says of its sender is what the sender does.</summary>
[Trait("Category", "Transport")]
public class StreamHeaderTests
{
    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void Flags_AreWhatThisKernelLetsTheSenderDo(PipeReaderKind kind)
    {
        bool recycles = ThisKernel.SharesPages && kind == PipeReaderKind.Copying;
        bool shares = recycles || (ThisKernel.SharesPages && KernelSupport.Current.HugePages);
        Assert.Equal(
            (recycles ? RecordStreamFlags.Recycles : RecordStreamFlags.None) | (shares ? RecordStreamFlags.SharesPages : RecordStreamFlags.None),
            FlagsOf(kind, new RecordWriterOptions()));
    }

    [Fact]
    public void Flags_ChunksTooSmallToShare_AreCopies()
        => Assert.Equal(RecordStreamFlags.None, FlagsOf(PipeReaderKind.Unknown, new RecordWriterOptions { ChunkSize = 4_096 }));

    [Fact]
    public void Flags_OfAStreamThatIsOneMessage_AreCopies()
        => Assert.Equal(RecordStreamFlags.None, FlagsOf(PipeReaderKind.Copying, new RecordWriterOptions(), completes: true));

    private static RecordStreamFlags FlagsOf(PipeReaderKind kind, RecordWriterOptions options, bool completes = false)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using RecordWriter<Tick> writer = new(pipe.OpenWriter(new SpliceWriterOptions { Reader = kind }), options);
        writer.Write(Tick.At(0));
        if (completes)
        {
            writer.Complete();
        }
        else
        {
            writer.Flush();
        }

        return RecordStreamFormat.ReadHeader(RawCall.ReadAll(pipe.ReadHandle, RecordStreamFormat.HeaderLength), Tick.Layout, out _);
    }
}
