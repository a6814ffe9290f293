using System.Diagnostics;

namespace VmSplice.Benchmarks.Workers;

/// <summary>One record at a time, there and back or one way; <c>Native/peer.c</c> does the same.</summary>
internal static class LatencyWorkers
{
    private const int Gap = 20_000;

    public static int Ping(WorkerOptions options)
    {
        using IMessageSender there = MessageLinks.OpenSender(options.Fifo, options.Way);
        using IMessageReceiver back = MessageLinks.OpenReceiver(options.Fifo + ".1", options.Way);
        LatencySamples samples = new();
        return WorkerLoop.Run(
            bytes =>
            {
                for (long left = bytes / Sums.SizeOf<Record64>(); left > 0; left--)
                {
                    long sent = Stopwatch.GetTimestamp();
                    there.Send(sent);
                    if (!back.Receive(out Record64 answer) || answer.Time != sent)
                    {
                        throw new InvalidOperationException("The record that came back is not the one that was sent.");
                    }

                    samples.Add(Stopwatch.GetTimestamp() - sent);
                }

                return 0;
            },
            samples);
    }

    public static int Pong(WorkerOptions options)
    {
        using IMessageReceiver there = MessageLinks.OpenReceiver(options.Fifo, options.Way);
        using IMessageSender back = MessageLinks.OpenSender(options.Fifo + ".1", options.Way);
        return WorkerLoop.Run(bytes =>
        {
            long left = bytes / Sums.SizeOf<Record64>();
            for (; left > 0 && there.Receive(out Record64 message); left--)
            {
                back.Send(in message);
            }

            return left;
        });
    }

    public static int SendStamped(WorkerOptions options)
    {
        using IMessageSender there = MessageLinks.OpenSender(options.Fifo, options.Way);
        return WorkerLoop.Run(bytes =>
        {
            long next = Stopwatch.GetTimestamp();
            for (long left = bytes / Sums.SizeOf<Record64>(); left > 0; left--)
            {
                next += Gap;
                long now;
                while ((now = Stopwatch.GetTimestamp()) < next)
                {
                }

                there.Send(now);
            }

            return 0;
        });
    }

    public static int ReceiveStamped(WorkerOptions options)
    {
        using IMessageReceiver there = MessageLinks.OpenReceiver(options.Fifo, options.Way);
        LatencySamples samples = new();
        return WorkerLoop.Run(
            bytes =>
            {
                long left = bytes / Sums.SizeOf<Record64>();
                for (; left > 0 && there.Receive(out Record64 message); left--)
                {
                    samples.Add(Stopwatch.GetTimestamp() - message.Time);
                }

                return left;
            },
            samples);
    }
}
