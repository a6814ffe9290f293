using System.Globalization;
using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice;

/// <summary>Every reader of the pipe is gone (EPIPE). Says how much got through before.</summary>
public sealed class BrokenPipeException : SystemCallException
{
    private BrokenPipeException(string call, string message, long bytesAccepted, long bytesUnread, long? recordsAccepted, Exception? inner = null)
        : base(call, Errno.EPIPE, message, inner)
    {
        BytesAccepted = bytesAccepted;
        BytesUnread = bytesUnread;
        RecordsAccepted = recordsAccepted;
    }

    /// <summary>Gets the bytes that the pipe accepted from this writer, from its opening on.</summary>
    public long BytesAccepted { get; }

    /// <summary>Gets how many of the last bytes were still in the pipe when its reader left: nobody will read them.</summary>
    public long BytesUnread { get; }

    /// <summary>Gets the whole records that the pipe accepted, where a record writer was at work.</summary>
    public long? RecordsAccepted { get; }

    internal static BrokenPipeException ForBytes(string call, long accepted, long unread) => new(
        call,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The reader has closed the pipe (EPIPE). Bytes accepted before: {accepted}{(unread == 0 ? "" : $"; of these never read: {unread}")}."),
        accepted,
        unread,
        recordsAccepted: null);

    internal static BrokenPipeException ForRecords(BrokenPipeException cause, long records, long recordsUnread, string type) => new(
        cause.Call,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The reader has closed the pipe (EPIPE). Records of {type} accepted before: "
                + $"{records}{(recordsUnread == 0 ? "" : $"; of these not wholly read: at most {recordsUnread}")}."),
        cause.BytesAccepted,
        cause.BytesUnread,
        records);

    /// <summary>The same where every reader of several pipes is gone.</summary>
    internal static BrokenPipeException ForBroadcast(string message, long bytes, long records) => new("write", message, bytes, 0, records);

    /// <summary>The same of a child's standard input: what became of the child tells more than that it left.</summary>
    internal static BrokenPipeException ForChild(BrokenPipeException cause, int exitCode, string standardError) => new(
        cause.Call,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{cause.Message} The child ended with exit code "
                + $"{exitCode}{(standardError.Length == 0 ? "." : "; its standard error ends with: " + standardError.TrimEnd())}"),
        cause.BytesAccepted,
        cause.BytesUnread,
        cause.RecordsAccepted,
        cause);
}
