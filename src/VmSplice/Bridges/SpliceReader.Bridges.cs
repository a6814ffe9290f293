using System.IO.Pipelines;
using VmSplice.Bridges;

namespace VmSplice;

/// <content>The shapes in which .NET reads bytes.</content>
public sealed partial class SpliceReader
{
    /// <summary>Gets this end as a stream that reads. It has no buffer of its own: mixing it with other reads loses nothing.</summary>
    /// <param name="leaveOpen">Whether disposing the stream leaves this reader open.</param>
    public Stream AsStream(bool leaveOpen = false) => new SpliceReaderStream(this, leaveOpen);

    /// <summary>Gets this end for <c>System.IO.Pipelines</c>. It reads ahead into buffers of its own; do not read in another way beside it.</summary>
    /// <param name="leaveOpen">Whether completing it leaves this reader open.</param>
    public PipeReader AsPipeReader(bool leaveOpen = false)
        => PipeReader.Create(AsStream(leaveOpen), new StreamPipeReaderOptions(bufferSize: BridgeBufferSize, minimumReadSize: BridgeBufferSize / 4));

    // Large enough that a call is little beside the copy, small enough for a second-level cache.
    private const int BridgeBufferSize = 128 * 1024;
}
