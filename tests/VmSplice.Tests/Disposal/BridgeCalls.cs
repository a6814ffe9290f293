namespace VmSplice.Tests.Disposal;

/// <summary>The ends of a pipe as what the framework knows: streams, <c>System.IO.Pipelines</c>, records of a pipe reader.</summary>
internal static class BridgeCalls
{
    private static readonly string[] s_readerEnds = ["the reader", "the reader's pipe"];
    private static readonly string[] s_writerEnds = ["the writer", "the writer's pipe"];

    internal static IEnumerable<BlockingCall> All { get; } = [.. Streams(), .. PipeReaders(), .. PipeWriters()];

    private static IEnumerable<BlockingCall> Streams()
    {
        string[] ends = [.. s_readerEnds, "the stream"];
        Action<Scene> open = s => s.OpenReadStream();
        yield return BlockingCall.Blocks("SpliceReaderStream.Read(Span`1)", ends, s => GC.KeepAlive(s.Stream.Read(new byte[10].AsSpan())), open);
        yield return BlockingCall.Blocks("SpliceReaderStream.Read(Byte[], Int32, Int32)", ends, s => GC.KeepAlive(s.Stream.Read(new byte[10], 0, 10)), open);
        yield return BlockingCall.Waits("SpliceReaderStream.ReadAsync(Memory`1)", ends, s => s.Stream.ReadAsync(new byte[10].AsMemory()).AsTask(), open);
        yield return BlockingCall.Waits("SpliceReaderStream.ReadAsync(Byte[], Int32, Int32)", ends, s => s.Stream.ReadAsync(new byte[10], 0, 10), open);
        yield return BlockingCall.Blocks("Stream.CopyTo(Stream, Int32)", ends, s => s.Stream.CopyTo(Stream.Null), open);
        yield return BlockingCall.Waits("Stream.CopyToAsync(Stream, Int32)", ends, s => s.Stream.CopyToAsync(Stream.Null), open);

        ends = [.. s_writerEnds, "the stream"];
        open = s => s.OpenWriteStream();
        yield return BlockingCall.Blocks("SpliceWriterStream.Write(ReadOnlySpan`1)", ends, s => s.Stream.Write(new byte[10].AsSpan()), open);
        yield return BlockingCall.Blocks("SpliceWriterStream.Write(Byte[], Int32, Int32)", ends, s => s.Stream.Write(new byte[10], 0, 10), open);
        yield return BlockingCall.Waits("SpliceWriterStream.WriteAsync(ReadOnlyMemory`1)", ends,
            s => s.Stream.WriteAsync(new byte[10].AsMemory()).AsTask(), open);
        yield return BlockingCall.Waits("SpliceWriterStream.WriteAsync(Byte[], Int32, Int32)", ends, s => s.Stream.WriteAsync(new byte[10], 0, 10), open);
    }

    private static IEnumerable<BlockingCall> PipeReaders()
    {
        string[] ends = [.. s_readerEnds, "the pending read"];
        yield return BlockingCall.Waits("PipeReader.ReadAsync()", ends, s => s.PipeReader.ReadAsync().AsTask(), s => s.OpenPipeReader());
        yield return BlockingCall.Waits("PipeReader.ReadAtLeastAsync(Int32)", ends, s => s.PipeReader.ReadAtLeastAsync(5).AsTask(), s => s.OpenPipeReader());
        yield return BlockingCall.Waits(
            "RecordCodec.ReadRecordsAsync(PipeReader)",
            s_readerEnds,
            s => s.PipeReader.ReadRecordsAsync<Mark>().GetAsyncEnumerator().MoveNextAsync().AsTask(),
            s => s.OpenPipeReader());
    }

    private static IEnumerable<BlockingCall> PipeWriters()
    {
        Action<Scene> open = s => s.OpenPipeWriter();
        yield return BlockingCall.Waits("SplicePipeWriter.FlushAsync()", [.. s_writerEnds, "the pending flush"], s => s.PipeWriter.FlushAsync().AsTask(), open);
        yield return BlockingCall.Waits("SplicePipeWriter.CompleteAsync(Exception)", s_writerEnds, s => s.PipeWriter.CompleteAsync().AsTask(), open);
        yield return BlockingCall.Blocks("SplicePipeWriter.Complete(Exception)", s_writerEnds, s => s.PipeWriter.Complete(), open);
    }
}
