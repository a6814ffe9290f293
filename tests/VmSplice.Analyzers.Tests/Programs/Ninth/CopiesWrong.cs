namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Records that are copied where the place was meant.</summary>
internal sealed class CopiesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SensorIngest"] = """
            [Spliceable]
            public partial struct SensorReading
            {
                public long Time;
                public double Value;
                public long Sensor;
            }

            public sealed class SensorIngest(RecordWriter<SensorReading> output, TimeProvider clock)
            {
                public async ValueTask IngestAsync(IReadOnlyList<(long Sensor, double Value)> values, CancellationToken cancellation)
                {
                    if (output.FreeSlots < values.Count)
                    {
                        await output.FlushAsync(cancellation);
                    }

                    Memory<SensorReading> slots = output.GetMemory(values.Count);
                    long now = clock.GetUtcNow().UtcTicks;
                    for (int i = 0; i < values.Count; i++)
                    {
                        SensorReading slot = slots.Span[i]; //~VMS2015
                        slot.Time = now;
                        (slot.Sensor, slot.Value) = values[i];
                    }

                    output.Advance(values.Count);
                }
            }
            """,
    };
}
