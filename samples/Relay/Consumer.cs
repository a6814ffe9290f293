using System.Buffers;
using VmSplice;

namespace Relay;

/// <summary>From the log into a pipe. A message is acknowledged once the pipe has taken it.</summary>
internal static class Consumer
{
    public static async Task RunAsync(IAsyncEnumerable<LogMessage> messages, SpliceWriter output, CancellationToken cancellation)
    {
        await using RecordWriter<Reading> readings = Reading.CreateWriter(output);
        try
        {
            await foreach (LogMessage message in messages.WithCancellation(cancellation))
            {
                using (message)
                {
                    message.RequireLayoutOf<Reading>();
                    await WriteAsync(message.Records, readings, cancellation);
                    await readings.FlushAsync(cancellation);
                    await message.AcknowledgeAsync(cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Told to stop: what was not acknowledged is for the next one.
        }

        await readings.CompleteAsync(CancellationToken.None);
    }

    /// <summary>Decodes straight from the client's buffer into the pages that the pipe will take.</summary>
    private static async ValueTask WriteAsync(ReadOnlySequence<byte> message, RecordWriter<Reading> readings, CancellationToken cancellation)
    {
        var decoder = new RecordDecoder<Reading>();
        while (!decoder.IsCompleted)
        {
            if (readings.FreeSlots == 0)
            {
                await readings.FlushAsync(cancellation);
            }

            int count = decoder.Read(ref message, readings.GetSpan());
            readings.Advance(count);
            if (count == 0)
            {
                decoder.EndOfBytes(message);    // throws where the end mark has not come: the message is cut
            }
        }
    }
}
