using System.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// Lets a reader try again for some microseconds before its thread goes to sleep. To fall asleep and to be woken costs both sides that
/// much; an answer that comes sooner is there at once. Whether it pays shows: where it did not, the next waits sleep right away.
/// </summary>
/// <remarks>For one thread at a time. Where both sides share one processor, the other side runs only while this one sleeps, and no try pays.</remarks>
internal struct BriefSpin
{
    /// <summary>The most waits that sleep right away after tries in vain: these cost half a microsecond a wait then.</summary>
    private const int MostSkipped = 64;

    // About what a sleep and a wake-up cost, so that tries in vain cost at most twice what they could have saved.
    private static readonly long Longest = Stopwatch.Frequency / 1_000_000 * 32;

    // Of the machine, not of this process: the other side may run where this one may not.
    private static readonly bool HasOthers = Unistd.sysconf(Unistd._SC_NPROCESSORS_ONLN) > 1;

    private long _bytesRead;
    private long _start;
    private int _skipped;
    private int _toSkip;

    /// <summary>Whether to try once more, or to wait. Called each time that the pipe was found empty.</summary>
    /// <param name="bytesRead">The bytes read from it so far.</param>
    internal bool ShouldTryAgain(long bytesRead)
    {
        if (bytesRead == _bytesRead)
        {
            return _start != 0 && GoOn();
        }

        if (_start != 0)
        {
            _skipped /= 2;
        }

        // In bulk, a wake-up is little beside the bytes.
        bool isShortMessage = bytesRead - _bytesRead <= Limits.PIPE_BUF;
        _bytesRead = bytesRead;
        _start = isShortMessage && HasOthers && IsToTry() ? Stopwatch.GetTimestamp() : 0;
        return _start != 0;
    }

    private bool IsToTry()
    {
        if (_toSkip == 0)
        {
            return true;
        }

        _toSkip--;
        return false;
    }

    private bool GoOn()
    {
        if (Stopwatch.GetTimestamp() - _start < Longest)
        {
            return true;
        }

        _start = 0;
        _skipped = Math.Clamp(_skipped * 2, 1, MostSkipped);
        _toSkip = _skipped;
        return false;
    }
}
