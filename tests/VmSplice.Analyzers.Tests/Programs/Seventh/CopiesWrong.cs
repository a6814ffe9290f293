namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Copies of records that are written in place of the records.</summary>
internal sealed class CopiesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SideChosenByCondition"] = """
            // Exchange: fills go to the stream of their side.
            [Spliceable]
            public partial struct Fill { public long OrderId; public long Quantity; public double Price; }

            public enum Side { Buy, Sell }

            public sealed record Execution(Side Side, long OrderId, long Quantity, double Price);

            public sealed class FillPublisher(RecordWriter<Fill> buys, RecordWriter<Fill> sells)
            {
                public void Publish(Execution execution)
                {
                    Fill fill = execution.Side == Side.Buy ? buys.Next() : sells.Next(); //~VMS2015
                    fill.OrderId = execution.OrderId;
                    fill.Quantity = execution.Quantity;
                    fill.Price = execution.Price;
                }

                public void PublishAll(IEnumerable<Execution> executions)
                {
                    foreach (Execution execution in executions)
                    {
                        Publish(execution);
                    }
                }
            }
            """,
        ["StereoMemory"] = """
            // Audio: stereo samples are filled in the writer's memory by an oscillator.
            [Spliceable]
            public partial struct Stereo { public float Left; public float Right; }

            public sealed class Oscillator(RecordWriter<Stereo> output, double frequency, double rate)
            {
                private long _position;

                public async Task PlayAsync(int samples, CancellationToken cancellation)
                {
                    while (samples > 0)
                    {
                        if (output.FreeSlots == 0)
                        {
                            await output.FlushAsync(cancellation);
                        }

                        Memory<Stereo> slots = output.GetMemory(1);
                        int count = Math.Min(slots.Length, samples);
                        for (int i = 0; i < count; i++)
                        {
                            double phase = 2 * Math.PI * frequency * _position++ / rate;
                            Stereo sample = slots.Span[i]; //~VMS2015
                            sample.Left = (float)Math.Sin(phase);
                            sample.Right = (float)Math.Cos(phase);
                        }

                        output.Advance(count);
                        samples -= count;
                    }

                    await output.CompleteAsync(cancellation);
                }
            }
            """,
    };
}
