using MemoryPack;

namespace VmSplice.Benchmarks.Workers.Peers;

/// <summary>Arrays of records, which MemoryPack copies whole, into an array that is there already.</summary>
internal sealed class MemoryPackBatches : IRecordCodec
{
    private readonly Record64[] _filled = new Record64[4096];
    private Record64[]? _read = new Record64[4096];

    public int RecordsInMessage => _filled.Length;

    public void Write(long first, FrameWriter frames)
    {
        Sums.Fill<Record64>(_filled, first);
        MemoryPackSerializer.Serialize(frames, _filled);
    }

    public long Sum(ReadOnlySpan<byte> message)
    {
        MemoryPackSerializer.Deserialize(message, ref _read);
        return Sums.Of<Record64>(_read);
    }
}

/// <summary>A message for each record.</summary>
internal sealed class MemoryPackEach : IRecordCodec
{
    public int RecordsInMessage => 1;

    public void Write(long first, FrameWriter frames)
    {
        Record64 record = default;
        Record64.Fill(ref record, 0, first);
        MemoryPackSerializer.Serialize(frames, record);
    }

    public long Sum(ReadOnlySpan<byte> message)
    {
        Record64 record = default;
        MemoryPackSerializer.Deserialize(message, ref record);
        return Record64.Sum(in record);
    }
}
