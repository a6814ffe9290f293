using System.Runtime.InteropServices;

namespace VmSplice.Benchmarks.Workers;

/// <summary>One end of a pipe, for one record at a time.</summary>
internal interface IMessageSender : IDisposable
{
    void Send(long time);

    void Send(ref readonly Record64 message);
}

/// <inheritdoc cref="IMessageSender"/>
internal interface IMessageReceiver : IDisposable
{
    /// <returns><see langword="false"/> at the end of the stream.</returns>
    bool Receive(out Record64 message);
}

internal static class MessageLinks
{
    public static IMessageSender OpenSender(string fifo, string way) => way == "raw" ? new RawSender(fifo) : new RecordSender(fifo);

    public static IMessageReceiver OpenReceiver(string fifo, string way) => way == "raw" ? new RawReceiver(fifo) : new RecordReceiver(fifo);

    private sealed class RecordSender(string fifo) : IMessageSender
    {
        private readonly RecordWriter<Record64> _records = new(SpliceWriter.OpenFifo(fifo, new() { Reader = PipeReaderKind.Copying }));

        public void Send(long time)
        {
            Record64.Fill(ref _records.Next(), time, 0);
            _records.Flush();
        }

        public void Send(ref readonly Record64 message)
        {
            _records.Next() = message;
            _records.Flush();
        }

        public void Dispose() => _records.Dispose();
    }

    private sealed class RecordReceiver(string fifo) : IMessageReceiver
    {
        private readonly RecordReader<Record64> _records = new(SpliceReader.OpenFifo(fifo));

        public bool Receive(out Record64 message)
        {
            ReadOnlySpan<Record64> batch = _records.ReadBatch();
            message = batch.IsEmpty ? default : batch[0];
            return batch.Length == 1;
        }

        public void Dispose() => _records.Dispose();
    }

    private sealed class RawSender(string fifo) : IMessageSender
    {
        private readonly int _pipe = RawCalls.Open(fifo, FileAccess.Write, pipe: 0);

        public void Send(long time)
        {
            Record64 message = default;
            Record64.Fill(ref message, time, 0);
            Send(in message);
        }

        public void Send(ref readonly Record64 message) => RawCalls.Write(_pipe, MemoryMarshal.AsBytes(new ReadOnlySpan<Record64>(in message)));

        public void Dispose() => RawCalls.Close(_pipe);
    }

    private sealed class RawReceiver(string fifo) : IMessageReceiver
    {
        private readonly int _pipe = RawCalls.Open(fifo, FileAccess.Read, pipe: 0);

        public bool Receive(out Record64 message)
        {
            message = default;
            return RawCalls.ReadExactly(_pipe, MemoryMarshal.AsBytes(new Span<Record64>(ref message)));
        }

        public void Dispose() => RawCalls.Close(_pipe);
    }
}
