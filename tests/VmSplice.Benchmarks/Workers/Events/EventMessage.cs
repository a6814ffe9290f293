using System.Text.Json.Serialization;
using MemoryPack;

namespace VmSplice.Benchmarks.Workers.Events;

/// <summary>The same event as an object, for serializers.</summary>
[MemoryPackable]
internal sealed partial class EventMessage
{
    public long Time { get; set; }

    public int Level { get; set; }

    public int Thread { get; set; }

    public string Message { get; set; } = "";

    public string Host { get; set; } = "";
}

[JsonSerializable(typeof(EventMessage))]
internal sealed partial class EventJson : JsonSerializerContext;
