namespace VmSplice.Records;

/// <summary>Which readers of a broadcast are dropped: those that a call waits for, and that have taken nothing for as long as its options say.</summary>
/// <param name="slowReader">Whether any is.</param>
/// <param name="dropAfter">How long that is.</param>
internal sealed class DropPolicy(SlowReader slowReader, TimeSpan dropAfter)
{
    private readonly long _milliseconds = (long)Math.Ceiling(dropAfter.TotalMilliseconds);

    /// <summary>Drops them.</summary>
    /// <param name="stream">Their stream.</param>
    /// <param name="goal">What the call waits for.</param>
    /// <param name="since">When that began (<see cref="Environment.TickCount64"/>).</param>
    /// <param name="milliseconds">When the next one may have to be dropped; −1 for never, 0 where one was.</param>
    /// <returns>Whether any was.</returns>
    internal bool DropSlow(Broadcast stream, BroadcastGoal goal, long since, out int milliseconds)
    {
        milliseconds = -1;
        if (slowReader != SlowReader.Drop)
        {
            return false;
        }

        lock (stream.Gate)
        {
            long now = Environment.TickCount64;
            long least = long.MaxValue;
            bool anyDropped = false;
            foreach (BroadcastLane lane in HeldUpBy(stream.Lanes, goal))
            {
                long left = Math.Max(since, lane.LastTaken) + _milliseconds - now;
                if (left <= 0 && !lane.IsHeldUpHere)
                {
                    long first = lane.Oldest?.FirstRecord ?? stream.RecordsPublished;
                    lane.Fail(new ReaderDroppedException(lane.Index, first, stream.RecordsPublished - first, dropAfter));
                    anyDropped = true;
                }
                else
                {
                    least = Math.Min(least, left <= 0 ? BroadcastPace.LookMilliseconds : left);
                }
            }

            milliseconds = anyDropped ? 0 : least == long.MaxValue ? -1 : (int)Math.Min(least, int.MaxValue);
            return anyDropped;
        }
    }

    /// <summary>The readers that are not sent all, or that hold the oldest block.</summary>
    private static BroadcastLane[] HeldUpBy(BroadcastLane[] lanes, BroadcastGoal goal)
    {
        if (goal == BroadcastGoal.Sent)
        {
            return Array.FindAll(lanes, static lane => !lane.IsIdle);
        }

        long oldest = lanes.Min(static lane => lane.Oldest?.FirstRecord ?? long.MaxValue);
        return Array.FindAll(lanes, lane => lane.Oldest is { } block && block.FirstRecord == oldest);
    }
}
