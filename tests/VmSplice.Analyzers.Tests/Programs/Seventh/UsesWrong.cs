namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Buffers and views that are used after they were given away.</summary>
internal sealed class UsesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ClippingReport"] = """
            // Audio: a block is normalised and sent; the meter shows whether it began with a clipped sample.
            public enum MeterState { Silent, Normal, Clipped }

            public sealed class AudioOut(SpliceWriter sink)
            {
                private const float Limit = 0.98f;

                public MeterState Push(ReadOnlySpan<float> samples, float gain)
                {
                    if (samples.IsEmpty)
                    {
                        return MeterState.Silent;
                    }

                    using PageBuffer<float> block = sink.Rent<float>(samples.Length);
                    Span<float> scaled = block.Span;
                    for (int i = 0; i < samples.Length; i++)
                    {
                        scaled[i] = Math.Clamp(samples[i] * gain, -1f, 1f);
                    }

                    sink.Send(block);
                    return scaled is [>= Limit, ..] ? MeterState.Clipped : MeterState.Normal; //~VMS2002
                }
            }
            """,
        ["FrozenTemplateHeader"] = """
            using System.Buffers.Binary;

            // Web server: a static asset is frozen once and goes to all clients; the ETag is in its first bytes.
            public sealed record Asset(string Path, byte[] Content);

            public sealed class AssetBroadcaster(IReadOnlyList<SpliceWriter> clients)
            {
                public ulong Broadcast(Asset asset)
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(asset.Content.Length);
                    asset.Content.CopyTo(buffer.Span);
                    ReadOnlySpan<byte> tag;
                    using (FrozenPages<byte> pages = buffer.Freeze())
                    {
                        tag = pages.Span[..8];
                        foreach (SpliceWriter client in clients)
                        {
                            client.Send(pages);
                        }
                    }

                    return BinaryPrimitives.ReadUInt64LittleEndian(tag); //~VMS2002
                }
            }
            """,
        ["RowBatchAudit"] = """
            // ETL: rows of a table go out as a batch, and the loader keeps the last key as its watermark.
            public sealed record RowBatch(string Table, PageBuffer<long> Cells, int Count);

            public interface IWatermarks
            {
                void Advance(string table, long key);
            }

            public sealed class Loader(SpliceWriter pipe, IWatermarks watermarks)
            {
                public void Load(string table, ReadOnlySpan<long> keys)
                {
                    if (keys.IsEmpty)
                    {
                        return;
                    }

                    var batch = new RowBatch(table, pipe.Rent<long>(keys.Length), keys.Length);
                    keys.CopyTo(batch.Cells.Span);
                    pipe.Send(batch.Cells);
                    long last = batch.Cells[batch.Count - 1]; //~VMS2002
                    watermarks.Advance(batch.Table, last);
                }
            }
            """,
    };
}
