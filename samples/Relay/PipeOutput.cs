using System.Buffers;
using VmSplice;

namespace Relay;

/// <summary>A stream of records in a pipe.</summary>
/// <typeparam name="T">A spliceable record.</typeparam>
internal sealed class PipeOutput<T>(SpliceWriter output) : IRecordOutput
    where T : unmanaged, ISpliceable<T>
{
    private readonly RecordWriter<T> _records = new(output);

    public long Records => _records.RecordsWritten;

    /// <summary>Decodes straight from the client's buffer into the pages that the pipe will take.</summary>
    public async ValueTask WriteAsync(ReadOnlySequence<byte> message, CancellationToken cancellation)
    {
        var decoder = new RecordDecoder<T>();
        while (!decoder.IsCompleted)
        {
            if (_records.FreeSlots == 0)
            {
                await _records.FlushAsync(cancellation);
            }

            int count = decoder.Read(ref message, _records.GetSpan());
            _records.Advance(count);
            if (count == 0)
            {
                decoder.EndOfBytes(message);    // throws where the end mark has not come: the message is cut
            }
        }

        await _records.FlushAsync(cancellation);
    }

    public ValueTask CompleteAsync() => _records.CompleteAsync();

    public ValueTask DisposeAsync() => _records.DisposeAsync();
}
