namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Records that are written in time.</summary>
internal sealed class MoreSlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SlotFiller"] = """
            [Spliceable]
            public partial struct Reading
            {
                public long Sensor;
                public double Value;
            }

            public interface IRegister
            {
                bool TryRead(out long sensor, out double value);
            }

            public sealed class SlotFiller(RecordWriter<Reading> output)
            {
                public int Poll(IReadOnlyList<IRegister> registers)
                {
                    int polled = 0;
                    for (int i = 0; i < registers.Count;)
                    {
                        Span<Reading> slots = output.GetSpan(1);
                        int used = 0;
                        while (used < slots.Length && i < registers.Count)
                        {
                            if (registers[i++].TryRead(out long sensor, out double value))
                            {
                                slots[used++] = new Reading { Sensor = sensor, Value = value };
                            }
                        }

                        output.Advance(used);
                        polled += used;
                    }

                    output.Flush();
                    return polled;
                }
            }
            """,
        ["TickBroadcast"] = """
            [Spliceable]
            public partial struct WorldTick
            {
                public long Number;
                public long Time;
            }

            public readonly record struct Viewer(int Index, long Records, string? Error);

            public static class TickBroadcast
            {
                public static List<Viewer> Run(SpliceWriter[] viewers, long ticks, CancellationToken stopping)
                {
                    using var world = new RecordBroadcaster<WorldTick>(viewers, new() { SlowReader = SlowReader.Drop, DropAfter = TimeSpan.FromSeconds(2) });
                    for (long i = 0; i < ticks && !stopping.IsCancellationRequested; i++)
                    {
                        ref WorldTick tick = ref world.Next();
                        tick.Number = i;
                        tick.Time = Environment.TickCount64;
                        world.Flush();
                    }

                    world.Complete();
                    List<Viewer> result = [];
                    foreach (BroadcastReader reader in world.Readers)
                    {
                        result.Add(new Viewer(reader.Index, reader.RecordsSent, reader.Error?.Message));
                    }

                    return result;
                }
            }
            """,
        ["TradeSplitter"] = """
            [Spliceable]
            public partial struct Leg
            {
                public long Trade;
                public long Account;
                public double Amount;
            }

            public readonly record struct Trade(long Id, long Buyer, long Seller, double Amount);

            public sealed class TradeSplitter(RecordWriter<Leg> debits, RecordWriter<Leg> credits)
            {
                public void Split(IEnumerable<Trade> trades)
                {
                    foreach ((long id, long buyer, long seller, double amount) in trades)
                    {
                        ref Leg debit = ref debits.Next();
                        ref Leg credit = ref credits.Next();
                        (debit.Trade, debit.Account) = (id, buyer);
                        (credit.Trade, credit.Account) = (id, seller);
                        debit.Amount = -amount;
                        credit.Amount = amount;
                    }

                    debits.Flush();
                    credits.Flush();
                }
            }
            """,
        ["TwoPhases"] = """
            [Spliceable]
            public partial struct SnapshotRow
            {
                public long Key;
                public long Value;
            }

            [Spliceable]
            public partial struct ChangeRow
            {
                public long Key;
                public long Before;
                public long After;
            }

            public sealed class TwoPhases(SpliceWriter replica)
            {
                public async Task ReplicateAsync(
                    IReadOnlyDictionary<long, long> table, IAsyncEnumerable<(long Key, long After)> changes, CancellationToken cancellation)
                {
                    SnapshotRow[] snapshot = [.. table.Select(pair => new SnapshotRow { Key = pair.Key, Value = pair.Value })];
                    await using (RecordWriter<SnapshotRow> rows = SnapshotRow.CreateWriter(replica, new() { LeaveOpen = true }))
                    {
                        await rows.WriteAsync(snapshot, cancellation);
                        await rows.CompleteAsync(cancellation);
                    }

                    await using RecordWriter<ChangeRow> log = ChangeRow.CreateWriter(replica);
                    await foreach ((long key, long after) in changes.WithCancellation(cancellation))
                    {
                        ChangeRow change = default;
                        change.Key = key;
                        change.Before = table.GetValueOrDefault(key);
                        change.After = after;
                        log.Write(change);
                        await log.FlushAsync(cancellation);
                    }

                    await log.CompleteAsync(cancellation);
                }
            }
            """,
    };
}
