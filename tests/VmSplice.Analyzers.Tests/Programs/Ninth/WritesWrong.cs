namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Writes to buffers that were sent, gifted or frozen.</summary>
internal sealed class WritesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["EntityStateBatch"] = """
            [Spliceable]
            public partial struct EntityState
            {
                public float X;
                public float Y;
                public int Entity;
                public int Health;
            }

            public sealed class EntityStateBatch : IDisposable
            {
                private const int Capacity = 4096;
                private readonly SpliceWriter _pipe;
                private PageBuffer<EntityState> _states;
                private int _count;

                public EntityStateBatch(SpliceWriter pipe)
                {
                    _pipe = pipe;
                    _states = pipe.Rent<EntityState>(Capacity);
                }

                private Span<EntityState> Used => _states.Span[.._count];

                public void Add(int entity, float x, float y, int health)
                {
                    _states[_count++] = new EntityState { Entity = entity, X = x, Y = y, Health = health };
                    if (_count == Capacity)
                    {
                        Ship();
                    }
                }

                public void Ship()
                {
                    _pipe.Send(_states, _count);
                    Used.Clear(); //~VMS2001
                    _states = _pipe.Rent<EntityState>(Capacity);
                    _count = 0;
                }

                public void Dispose()
                {
                    _states.Dispose();
                    _states = default;
                }
            }
            """,
        ["JobDispatcher"] = """
            using System.Threading.Channels;

            public sealed record Job(int Id, byte[] Payload);

            public sealed class JobDispatcher(ChannelReader<Job> jobs, SpliceWriter worker)
            {
                private const int MaxPayload = 16 * 1024;

                public int Dispatched { get; private set; }

                public async Task RunAsync(CancellationToken stopping)
                {
                    using PageBuffer<byte> slot = worker.Rent<byte>(MaxPayload);
                    await foreach (Job job in jobs.ReadAllAsync(stopping))
                    {
                        job.Payload.CopyTo(slot.Span); //~VMS2001
                        await worker.SendAsync(slot);
                        Dispatched++;
                    }
                }
            }
            """,
        ["OrderGateway"] = """
            [Spliceable]
            public sealed partial class OrderEnvelope
            {
                [Segment] public partial ref long Sequence { get; }
                [Segment(MaxLength = 4096)] public partial Span<byte> Body { get; }
            }

            public interface ISequencer
            {
                long? TryNext();
            }

            public sealed class OrderGateway(SpliceWriter exchange, ISequencer sequencer)
            {
                public bool Submit(ReadOnlySpan<byte> fix)
                {
                    OrderEnvelope envelope = OrderEnvelope.Rent(exchange);
                    ref long sequence = ref envelope.Sequence;
                    envelope.BodyLength = fix.Length;
                    fix.CopyTo(envelope.Body);
                    exchange.Send(envelope);

                    if (sequencer.TryNext() is not { } assigned)
                    {
                        return false;
                    }

                    sequence = assigned; //~VMS2001
                    return true;
                }
            }
            """,
        ["TelemetryUplink"] = """
            public sealed class TelemetryUplink(SpliceWriter uplink, TimeProvider clock)
            {
                private const int TrailerLength = 2;

                public async Task PublishAsync(IReadOnlyList<double> readings)
                {
                    using PageBuffer<double> block = uplink.Rent<double>(readings.Count + TrailerLength);
                    Memory<double> trailer = block.Memory[readings.Count..];
                    for (int i = 0; i < readings.Count; i++)
                    {
                        block[i] = readings[i];
                    }

                    ValueTask sending = uplink.SendAsync(block);
                    WriteTrailer(trailer, readings.Average()); //~VMS2001
                    await sending;
                }

                private void WriteTrailer(Memory<double> trailer, double average)
                {
                    trailer.Span[0] = average;
                    trailer.Span[1] = clock.GetUtcNow().ToUnixTimeMilliseconds();
                }
            }
            """,
        ["TileCache"] = """
            using System.Buffers.Binary;

            public readonly record struct TileKey(int Zoom, int X, int Y);

            public sealed class TileCache(SpliceWriter scratch) : IDisposable
            {
                private readonly Dictionary<TileKey, FrozenPages<byte>> _tiles = [];
                private long _version;

                public void Put(TileKey key, ReadOnlySpan<byte> image)
                {
                    PageBuffer<byte> page = scratch.Rent<byte>(sizeof(long) + image.Length);
                    Span<byte> version = page.Span[..sizeof(long)];
                    image.CopyTo(page.Span[sizeof(long)..]);
                    FrozenPages<byte> tile = page.Freeze();
                    BinaryPrimitives.WriteInt64LittleEndian(version, ++_version); //~VMS2012
                    if (_tiles.Remove(key, out var old))
                    {
                        old.Dispose();
                    }

                    _tiles[key] = tile;
                }

                public void Dispose()
                {
                    foreach (FrozenPages<byte> tile in _tiles.Values)
                    {
                        tile.Dispose();
                    }
                }
            }
            """,
        ["WorldSnapshotPusher"] = """
            using System.Buffers.Binary;

            public static class SnapshotHeader
            {
                public const int Size = 12;

                public static void StampWith(this Span<byte> header, int tick, long checksum)
                {
                    BinaryPrimitives.WriteInt32LittleEndian(header, tick);
                    BinaryPrimitives.WriteInt64LittleEndian(header[4..], checksum);
                }
            }

            public sealed class WorldSnapshotPusher(SpliceWriter clients)
            {
                private long _checksum;

                public void Push(ReadOnlySpan<byte> world, int tick)
                {
                    using PageBuffer<byte> packet = clients.Rent<byte>(SnapshotHeader.Size + world.Length);
                    Span<byte> header = packet.Span[..SnapshotHeader.Size];
                    world.CopyTo(packet.Span[SnapshotHeader.Size..]);
                    foreach (byte b in world)
                    {
                        _checksum = (_checksum * 31) + b;
                    }

                    clients.Send(packet);
                    header.StampWith(tick, _checksum); //~VMS2001
                }
            }
            """,
    };
}
