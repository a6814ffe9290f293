namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Buffers that are handed over twice.</summary>
internal sealed class SentTwiceWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GatherThenSend"] = """
            // Backup: an index and a body go as one piece, and the index once more to the catalogue.
            public sealed class BackupSet(SpliceWriter archive, SpliceWriter catalogue)
            {
                public async Task StoreAsync(long[] offsets, ReadOnlyMemory<byte> content)
                {
                    using PageBuffer<long> index = archive.Rent<long>(offsets.Length);
                    offsets.CopyTo(index.Span);
                    using PageBuffer<byte> body = archive.Rent<byte>(content.Length);
                    content.Span.CopyTo(body.Span);

                    using SpliceGather gather = archive.CreateGather();
                    gather.Add(index);
                    gather.Add(body);
                    await gather.SendAsync();
                    await catalogue.SendAsync(index); //~VMS2008
                }
            }
            """,
        ["MirroredWrite"] = """
            // Replication: a write goes to the primary and to the replica.
            public sealed class MirroredJournal(SpliceWriter primary, SpliceWriter replica)
            {
                private long _entries;

                public long Append<T>(ReadOnlySpan<T> entry)
                    where T : unmanaged
                {
                    using PageBuffer<byte> page = primary.Rent<byte>(8 * 1024);
                    System.Runtime.InteropServices.MemoryMarshal.AsBytes(entry).CopyTo(page.Span);
                    Ship(primary, page);
                    Ship(replica, page); //~VMS2008
                    return ++_entries;
                }

                private static void Ship(SpliceWriter target, PageBuffer<byte> page)
                {
                    ArgumentNullException.ThrowIfNull(target);
                    target.Send(page);
                }
            }
            """,
    };
}
