using System.Text.Json;
using System.Text.Json.Serialization;

namespace VmSplice.Benchmarks.Workers.Peers;

/// <summary>A text for each record, by generated code.</summary>
internal sealed class JsonCodec : IRecordCodec
{
    private Utf8JsonWriter? _writer;

    public int RecordsInMessage => 1;

    public void Write(long first, FrameWriter frames)
    {
        Record64 record = default;
        Record64.Fill(ref record, 0, first);
        _writer ??= new Utf8JsonWriter(frames);
        _writer.Reset(frames);
        JsonSerializer.Serialize(_writer, record, RecordJson.Default.Record64);
        _writer.Flush();
    }

    public long Sum(ReadOnlySpan<byte> message)
    {
        Record64 record = JsonSerializer.Deserialize(message, RecordJson.Default.Record64);
        return Record64.Sum(in record);
    }
}

[JsonSourceGenerationOptions(IncludeFields = true)]
[JsonSerializable(typeof(Record64))]
internal sealed partial class RecordJson : JsonSerializerContext;
