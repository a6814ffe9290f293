namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Batches that are copied before a collection keeps them, and right.</summary>
internal sealed class MoreKeptBatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["QueueOfEncodedBatches"] = """
            namespace B164;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public sealed class Outbox
            {
                private readonly Queue<ReadOnlyMemory<byte>> _messages = new();

                public void Post(RecordReader<Tick> reader)
                {
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        var message = new ArrayBufferWriter<byte>();
                        RecordCodec.Encode(batch, message);
                        _messages.Enqueue(message.WrittenMemory);
                    }
                }

                public Tick[] Take() => _messages.TryDequeue(out ReadOnlyMemory<byte> message)
                    ? RecordCodec.Decode<Tick>(new ReadOnlySequence<byte>(message))
                    : [];
            }
            """,
        ["SettingsArrayOutlivesReader"] = """
            [Spliceable]
            public partial struct Setting { public long Key; public long Value; }

            public static class Settings
            {
                public static long Find(string fifo, long key)
                {
                    foreach (ref readonly Setting setting in Load(fifo))
                    {
                        if (setting.Key == key)
                        {
                            return setting.Value;
                        }
                    }

                    return -1;
                }

                private static ReadOnlySpan<Setting> Load(string fifo)
                {
                    using RecordReader<Setting> reader = Setting.CreateReader(SpliceReader.OpenFifo(fifo));
                    List<Setting> all = [];
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        all.AddRange(batch);
                    }

                    return all.ToArray();
                }
            }
            """,
        ["SlicesCopiedIntoMinuteIndex"] = """
            namespace B122;

            [Spliceable]
            public partial struct Tick { public long Second; public double Price; }

            public sealed class MinuteIndex
            {
                private readonly Dictionary<long, List<Tick>> _byMinute = [];

                public async Task BuildAsync(RecordReader<Tick> reader)
                {
                    await foreach (ReadOnlyMemory<Tick> batch in reader)
                    {
                        int start = 0;
                        for (int i = 1; i <= batch.Length; i++)
                        {
                            if (i == batch.Length || batch.Span[i].Second / 60 != batch.Span[start].Second / 60)
                            {
                                Of(batch.Span[start].Second / 60).AddRange(batch[start..i].Span);
                                start = i;
                            }
                        }
                    }
                }

                private List<Tick> Of(long minute)
                    => _byMinute.TryGetValue(minute, out List<Tick>? ticks) ? ticks : _byMinute[minute] = [];

                public double Open(long minute) => _byMinute[minute][0].Price;
            }
            """,
    };
}
