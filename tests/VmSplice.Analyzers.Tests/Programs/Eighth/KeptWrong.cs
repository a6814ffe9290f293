namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Buffers, batches and views that stay where they are found again.</summary>
internal sealed class KeptWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CheckpointWriter"] = """
            // Simulation: ships the state that the caller has, to disk or to the peer.
            public enum CheckpointTarget { Disk, Peer, None }

            public sealed class CheckpointWriter(SpliceWriter disk, SpliceWriter peer)
            {
                public int Shipped { get; private set; }

                public bool TryShip(ref PageBuffer<double> state, CheckpointTarget target)
                {
                    if (state.Length == 0 || target == CheckpointTarget.None)
                    {
                        return false;
                    }

                    state[0] = Shipped++;
                    SpliceWriter where = target == CheckpointTarget.Disk ? disk : peer;
                    where.Send(state); //~VMS2009
                    return true;
                }
            }
            """,
        ["StationWindows"] = """
            // Weather: the batches of an hour, by station, for a plot at the end.
            [Spliceable]
            public partial struct Reading { public long Time; public int Station; public float Celsius; }

            public static class StationWindows
            {
                public static async Task<float> HottestAsync(RecordReader<Reading> reader, int station, CancellationToken cancellation)
                {
                    List<(long From, ReadOnlyMemory<Reading> Readings)> windows = [];
                    await foreach (ReadOnlyMemory<Reading> batch in reader.WithCancellation(cancellation))
                    {
                        if (batch.Span[0].Station != station)
                        {
                            continue;
                        }

                        windows.Add((batch.Span[0].Time, batch)); //~VMS2016
                        if (windows.Count == 60)
                        {
                            break;
                        }
                    }

                    float hottest = float.MinValue;
                    foreach ((_, ReadOnlyMemory<Reading> readings) in windows)
                    {
                        foreach (Reading one in readings.Span)
                        {
                            hottest = Math.Max(hottest, one.Celsius);
                        }
                    }

                    return hottest;
                }
            }
            """,
        ["UnackedFrames"] = """
            // Video: frames stay in a list, for whoever asks for the oldest.
            public sealed class UnackedFrames(SpliceWriter wire)
            {
                private readonly List<PageBuffer<byte>> _unacknowledged = [];

                public int Count => _unacknowledged.Count;

                public void Push(ReadOnlySpan<byte> encoded)
                {
                    PageBuffer<byte> frame = wire.Rent<byte>(encoded.Length);
                    encoded.CopyTo(frame.Span);
                    _unacknowledged.Add(frame);
                    wire.Send(frame); //~VMS2009
                }

                public PageBuffer<byte> Oldest() => _unacknowledged[0];
            }
            """,
    };
}
