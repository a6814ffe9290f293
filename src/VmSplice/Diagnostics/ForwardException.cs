using System.Globalization;
using VmSplice.Diagnostics;

namespace VmSplice;

/// <summary>
/// A target did not take what was forwarded to it: its reader left, its peer reset the connection, its disk is full. What
/// it had not taken by then can still be read or forwarded elsewhere: nothing is lost on the way.
/// </summary>
public sealed class ForwardException : SystemCallException
{
    private ForwardException(string call, int errno, string message, long bytesForwarded)
        : base(call, errno, message)
        => BytesForwarded = bytesForwarded;

    /// <summary>Gets the bytes that the target took from this call of forwarding before it failed.</summary>
    public long BytesForwarded { get; }

    internal static ForwardException ForTarget(string call, int errno, string target, long forwarded)
    {
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"{Describe(call, errno, target)} {Counted.Bytes(forwarded)} went through before; what follows can still be read from the SpliceReader.");
        VmSpliceEventSource.Log.ForwardFailed(message);
        return new ForwardException(call, errno, message, forwarded);
    }
}
