namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Buffers and batches that stay reachable when they are no longer there.</summary>
internal sealed class KeptWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PulseTrains"] = """
            namespace Radar.Pulses;

            [Spliceable]
            public partial struct Pulse
            {
                public long Time;
                public float Width;
                public float Level;
            }

            public static class PulseTrains
            {
                public static async Task<List<ReadOnlyMemory<Pulse>>> CutAsync(RecordReader<Pulse> pulses, long gap, CancellationToken cancellation)
                {
                    List<ReadOnlyMemory<Pulse>> trains = [];
                    await foreach (ReadOnlyMemory<Pulse> batch in pulses.WithCancellation(cancellation))
                    {
                        int start = 0;
                        for (int i = 1; i < batch.Length; i++)
                        {
                            if (batch.Span[i].Time - batch.Span[i - 1].Time > gap)
                            {
                                trains.Add(batch[start..i]); //~VMS2016
                                start = i;
                            }
                        }
                    }

                    trains.Sort(static (one, other) => other.Length.CompareTo(one.Length));
                    return trains;
                }
            }
            """,
        ["TelegramBuilder"] = """
            namespace Gateway.Telegrams;

            public enum Phase { Idle, Head, Body }

            public sealed class TelegramBuilder(SpliceWriter uplink)
            {
                private const int Largest = 8192;
                private PageBuffer<byte> _telegram;
                private Phase _phase;
                private int _length;

                public void Feed(byte next)
                {
                    switch (_phase)
                    {
                        case Phase.Idle when next == 0x68:
                            _telegram = uplink.Rent<byte>(Largest);
                            _length = 0;
                            _phase = Phase.Head;
                            break;
                        case Phase.Head:
                            _telegram.Span[_length++] = next;
                            _phase = _length == 4 ? Phase.Body : Phase.Head;
                            break;
                        case Phase.Body when _length < Largest:
                            _telegram.Span[_length++] = next;
                            break;
                    }
                }

                public int Finish()
                {
                    uplink.Send(_telegram, _length); //~VMS2009
                    _phase = Phase.Idle;
                    return _length;
                }
            }
            """,
    };
}
