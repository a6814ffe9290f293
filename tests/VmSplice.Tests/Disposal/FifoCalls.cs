namespace VmSplice.Tests.Disposal;

/// <summary>What waits until somebody opens the other side of a FIFO. Nothing is there yet that could be disposed.</summary>
internal static class FifoCalls
{
    private static readonly TimeSpan s_some = TimeSpan.FromMilliseconds(500);
    private static readonly string[] s_otherSide = ["the other side of the FIFO"];
    private static readonly string[] s_ends = ["the token", .. s_otherSide];
    private static readonly string[] s_time = ["the time"];

    internal static IEnumerable<BlockingCall> All { get; } =
    [
        // Without a limit the thread is in open(2), as documented.
        BlockingCall.Blocks("SpliceReader.OpenFifo(String, SpliceReaderOptions, Nullable`1)", s_otherSide, s => s.Add(SpliceReader.OpenFifo(s.Fifo.Path)),
            s => s.MakeFifo(), "no limit"),
        BlockingCall.Blocks("SpliceWriter.OpenFifo(String, SpliceWriterOptions, Nullable`1)", s_otherSide, s => s.Add(SpliceWriter.OpenFifo(s.Fifo.Path)),
            s => s.MakeFifo(), "no limit"),
        BlockingCall.Blocks("SpliceReader.OpenFifo(String, SpliceReaderOptions, Nullable`1)", s_ends,
            s => s.Add(SpliceReader.OpenFifo(s.Fifo.Path, cancellationToken: s.Cancellation.Token)), s => s.MakeFifo(), "a token"),
        BlockingCall.Blocks("SpliceWriter.OpenFifo(String, SpliceWriterOptions, Nullable`1)", s_ends,
            s => s.Add(SpliceWriter.OpenFifo(s.Fifo.Path, cancellationToken: s.Cancellation.Token)), s => s.MakeFifo(), "a token"),
        BlockingCall.Blocks("SpliceReader.OpenFifo(String, SpliceReaderOptions, Nullable`1)", s_time,
            s => s.Add(SpliceReader.OpenFifo(s.Fifo.Path, timeout: s_some)), s => s.MakeFifo(), "some time"),
        BlockingCall.Blocks("SpliceWriter.OpenFifo(String, SpliceWriterOptions, Nullable`1)", s_time,
            s => s.Add(SpliceWriter.OpenFifo(s.Fifo.Path, timeout: s_some)), s => s.MakeFifo(), "some time"),
        BlockingCall.Waits("SpliceReader.OpenFifoAsync(String, SpliceReaderOptions, Nullable`1)", s_ends,
            async s => s.Add(await SpliceReader.OpenFifoAsync(s.Fifo.Path, cancellationToken: s.Cancellation.Token)), s => s.MakeFifo(), "a token"),
        BlockingCall.Waits("SpliceWriter.OpenFifoAsync(String, SpliceWriterOptions, Nullable`1)", s_ends,
            async s => s.Add(await SpliceWriter.OpenFifoAsync(s.Fifo.Path, cancellationToken: s.Cancellation.Token)), s => s.MakeFifo(), "a token"),
        BlockingCall.Waits("SpliceReader.OpenFifoAsync(String, SpliceReaderOptions, Nullable`1)", s_time,
            async s => s.Add(await SpliceReader.OpenFifoAsync(s.Fifo.Path, timeout: s_some)), s => s.MakeFifo(), "some time"),
        BlockingCall.Waits("SpliceWriter.OpenFifoAsync(String, SpliceWriterOptions, Nullable`1)", s_time,
            async s => s.Add(await SpliceWriter.OpenFifoAsync(s.Fifo.Path, timeout: s_some)), s => s.MakeFifo(), "some time"),
    ];
}
