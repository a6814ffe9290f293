using Google.Protobuf;
using VmSplice.Benchmarks.Workers.Peers.Messages;

namespace VmSplice.Benchmarks.Workers.Peers;

/// <summary>A message for each record, by one object that is used again and again.</summary>
internal sealed class ProtobufCodec : IRecordCodec
{
    private readonly Tick _tick = new();

    public int RecordsInMessage => 1;

    public void Write(long first, FrameWriter frames)
    {
        Record64 record = default;
        Record64.Fill(ref record, 0, first);
        Set(in record);
        int length = _tick.CalculateSize();
        _tick.WriteTo(frames.GetSpan(length)[..length]);
        frames.Advance(length);
    }

    public long Sum(ReadOnlySpan<byte> message)
    {
        // Fields of zero are not sent.
        Record64 none = default;
        Set(in none);
        _tick.MergeFrom(message);
        return _tick.Time + _tick.Size + _tick.Id + Sums.Truncate(_tick.Price) + _tick.Rest3;
    }

    private void Set(ref readonly Record64 record)
    {
        _tick.Time = record.Time;
        _tick.Price = record.Price;
        _tick.Size = record.Size;
        _tick.Venue = record.Venue;
        _tick.Id = record.Id;
        _tick.Rest0 = record.Rest0;
        _tick.Rest1 = record.Rest1;
        _tick.Rest2 = record.Rest2;
        _tick.Rest3 = record.Rest3;
    }
}
