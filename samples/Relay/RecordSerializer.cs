using System.Buffers;
using NATS.Client.Core;
using VmSplice;

namespace Relay;

/// <summary>Lets the client of NATS encode records into its own buffer: no array in between.</summary>
/// <typeparam name="T">A spliceable record.</typeparam>
internal sealed class RecordSerializer<T> : INatsSerialize<ReadOnlyMemory<T>>
    where T : unmanaged, ISpliceable<T>
{
    public static RecordSerializer<T> Instance { get; } = new();

    public void Serialize(IBufferWriter<byte> bufferWriter, ReadOnlyMemory<T> value) => RecordCodec.Encode(value.Span, bufferWriter);
}
