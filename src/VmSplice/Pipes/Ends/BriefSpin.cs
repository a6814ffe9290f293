using System.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;

namespace VmSplice.Pipes;

/// <summary>
/// Lets one side of a pipe try again for some microseconds before it waits. To fall asleep and to be woken costs both sides that
/// much; an answer that comes sooner is there at once. Whether it pays shows: where it did not, the next waits begin right away.
/// </summary>
/// <param name="microseconds">
/// How long a wait tries at most. About what a sleep and a wake-up cost, so that tries in vain cost at most twice what they could have saved.
/// </param>
/// <param name="mostBytes">The most bytes between two waits: in bulk, a wake-up is little beside the bytes.</param>
/// <param name="mostSkipped">The most waits that begin right away after tries in vain. So many waits share the cost of one try in vain.</param>
/// <remarks>For one thread at a time. Where both sides share one processor, the other side runs only while this one sleeps, and no try pays.</remarks>
internal struct BriefSpin(int microseconds, long mostBytes, int mostSkipped)
{
    private readonly long _longest = Stopwatch.Frequency / 1_000_000 * microseconds;
    private readonly long _mostBytes = mostBytes;
    private readonly int _mostSkipped = mostSkipped;
    private long _bytesMoved;
    private long _start;
    private int _skipped;
    private int _toSkip;

    /// <summary>Whether to try once more, or to wait. Called each time that the pipe was found empty, or full.</summary>
    /// <param name="bytesMoved">The bytes that this side moved so far.</param>
    internal bool ShouldTryAgain(long bytesMoved)
    {
        if (bytesMoved == _bytesMoved)
        {
            return _start != 0 && GoOn();
        }

        if (_start != 0)
        {
            _skipped /= 2;
        }

        bool isShort = bytesMoved - _bytesMoved <= _mostBytes;
        _bytesMoved = bytesMoved;
        _start = isShort && Processors.HasOthers && IsToTry() ? Stopwatch.GetTimestamp() : 0;
        return _start != 0;
    }

    /// <summary>
    /// Bytes moved in this moment, after tries or without. Who does not say so gets every try counted as one that paid after which bytes
    /// moved; yet the other side may have run in place of this thread, on the same processor, and then it took too long.
    /// </summary>
    internal void End()
    {
        if (_start != 0 && GoOn())
        {
            // A try in vain costs more than one that pays saves: three of four must pay.
            _skipped -= (_skipped + 3) / 4;
            _start = 0;
        }
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
        if (Stopwatch.GetTimestamp() - _start < _longest)
        {
            return true;
        }

        _start = 0;
        _skipped = Math.Clamp(_skipped * 2, 1, _mostSkipped);
        _toSkip = _skipped;
        return false;
    }
}
