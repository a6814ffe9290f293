using System.IO.Pipelines;
using VmSplice.Bridges;

namespace VmSplice;

/// <content>The shapes in which .NET writes bytes.</content>
public sealed partial class SpliceWriter
{
    /// <summary>
    /// Gets this end as a stream that writes. Bytes are copied (write(2)) at once; there is nothing to flush. Bare bytes have no end
    /// mark: disposing the stream closes the pipe, and that is all that the reader sees.
    /// </summary>
    /// <param name="leaveOpen">Whether disposing the stream leaves this writer open.</param>
    public Stream AsStream(bool leaveOpen = false) => new SpliceWriterStream(this, leaveOpen);

    /// <summary>
    /// Gets this end for <c>System.IO.Pipelines</c> and as <c>IBufferWriter&lt;byte&gt;</c>. What it hands out to be filled
    /// is page memory, which a flush moves into the pipe without a copy where that is right and faster. Completing it closes the pipe;
    /// with an exception, what was not flushed is dropped. Bare bytes have no end mark: the reader sees no more than the end of the pipe.
    /// </summary>
    /// <param name="leaveOpen">Whether completing it leaves this writer open.</param>
    public PipeWriter AsPipeWriter(bool leaveOpen = false) => new SplicePipeWriter(this, leaveOpen);
}
