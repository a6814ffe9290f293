using System.Runtime.InteropServices;
using VmSplice.Memory;

namespace VmSplice.Records;

/// <summary>
/// Makes records of this build out of those of an older or newer one: what both have lies at the same places, fields that are missing get their
/// default, and fields that are not known are passed over.
/// </summary>
/// <param name="sentSize">Bytes of a record as it was sent.</param>
internal sealed unsafe class Repacking<T>(int sentSize)
    where T : unmanaged, ISpliceable<T>
{
    /// <summary>Bytes that are made at once: they are read from the first-level cache.</summary>
    private const int BatchLength = 16 * 1024;

    private readonly PinnedBytes _records = new(Math.Max(BatchLength / sizeof(T), 1) * sizeof(T), cleared: false);

    /// <summary>Gets what the records lie in.</summary>
    internal byte[] Array => _records.Array;

    /// <summary>Makes as many records as there is room for.</summary>
    /// <param name="sent">The records as they were sent, one behind another.</param>
    /// <param name="count">How many there are.</param>
    /// <returns>Valid until the next call.</returns>
    internal ReadOnlySpan<T> Make(nint sent, int count)
    {
        // SAFETY: this object's own memory, aligned as a cache line, for as long as the reader has not disposed it.
        Span<T> records = new((void*)_records.Address, Math.Min(count, _records.Length / sizeof(T)));

        // SAFETY: the caller says that so many records were received there.
        Make(new ReadOnlySpan<byte>((void*)sent, records.Length * sentSize), sentSize, records);
        return records;
    }

    /// <summary>Makes records.</summary>
    /// <param name="sent">The records as they were sent.</param>
    /// <param name="sentSize">Bytes of each.</param>
    /// <param name="records">As many.</param>
    internal static void Make(ReadOnlySpan<byte> sent, int sentSize, Span<T> records)
    {
        int common = Math.Min(sentSize, sizeof(T));
        ReadOnlySpan<byte> defaults = T.Layout.Defaults;
        Span<byte> made = MemoryMarshal.AsBytes(records);
        for (int i = 0; i < records.Length; i++)
        {
            Span<byte> record = made.Slice(i * sizeof(T), sizeof(T));
            sent.Slice(i * sentSize, common).CopyTo(record);
            defaults[common..].CopyTo(record[common..]);
        }
    }

    internal void Release() => _records.Unpin();
}
