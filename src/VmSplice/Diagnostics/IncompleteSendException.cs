using System.Globalization;
using VmSplice.Diagnostics;

namespace VmSplice;

/// <summary>
/// An earlier send of this writer was cancelled, or failed, after a part of it was in the pipe. A part cannot be taken back,
/// and the reader would take whatever came next for the rest of it, so the writer sends nothing any more. Where it failed, the
/// failure is the inner exception.
/// </summary>
public sealed class IncompleteSendException : IOException
{
    internal IncompleteSendException(long sendIndex, long bytesAccepted, long bytesOfSend, Exception? failure = null)
        : base(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Send {sendIndex} of this writer (counted from 0) {(failure is null ? "was cancelled" : "failed")} when the pipe had accepted "
                    + $"{bytesAccepted} of its {Counted.Bytes(bytesOfSend)}. The reader would take the next send for the rest of it. Dispose the writer, "
                    + $"and go on over another pipe.{(failure is null ? "" : " The failure: " + failure.Message)}"),
            failure)
    {
        SendIndex = sendIndex;
        BytesAccepted = bytesAccepted;
        BytesOfSend = bytesOfSend;
    }

    /// <summary>Gets which send was incomplete, counted from 0 over all sends, gifts and writes of this writer.</summary>
    public long SendIndex { get; }

    /// <summary>Gets the bytes of that send that the pipe accepted.</summary>
    public long BytesAccepted { get; }

    /// <summary>Gets the bytes that it had.</summary>
    public long BytesOfSend { get; }
}
