namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Asynchronous code, and right.</summary>
internal sealed class MoreAsynchronousRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OutboxQueueTakesOwnership"] = """
            public sealed class Outbox(SpliceWriter pipe)
            {
                private readonly ConcurrentQueue<PageBuffer<byte>> _waiting = new();
                private readonly SemaphoreSlim _signal = new(0);

                public void Post([Consumes] PageBuffer<byte> message)
                {
                    _waiting.Enqueue(message);
                    _signal.Release();
                }

                public async Task RunAsync(CancellationToken stopping)
                {
                    try
                    {
                        for (; ; )
                        {
                            await _signal.WaitAsync(stopping);
                            if (_waiting.TryDequeue(out PageBuffer<byte> message))
                            {
                                await pipe.SendAsync(message, stopping);
                            }
                        }
                    }
                    finally
                    {
                        while (_waiting.TryDequeue(out PageBuffer<byte> left))
                        {
                            left.Dispose();
                        }
                    }
                }
            }
            """,
        ["PipeWriterMemoryAskedAgainAfterFlush"] = """
            using System.Buffers.Binary;

            public sealed class MessageGateway(SpliceWriter pipe)
            {
                public async Task RunAsync(IAsyncEnumerable<byte[]> messages, CancellationToken cancellation)
                {
                    PipeWriter writer = pipe.AsPipeWriter();
                    Memory<byte> frame;
                    await foreach (byte[] message in messages.WithCancellation(cancellation))
                    {
                        frame = writer.GetMemory(4 + message.Length);
                        BinaryPrimitives.WriteInt32LittleEndian(frame.Span, message.Length);
                        message.CopyTo(frame[4..]);
                        writer.Advance(4 + message.Length);
                        FlushResult flushed = await writer.FlushAsync(cancellation);
                        if (flushed.IsCompleted)
                        {
                            break;
                        }
                    }

                    await writer.CompleteAsync();
                }
            }
            """,
    };
}
