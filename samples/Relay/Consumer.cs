using VmSplice;

namespace Relay;

/// <summary>From the log to an output. A message is acknowledged once the output has taken it.</summary>
internal static class Consumer
{
    /// <summary>Ends, and completes the output, when the messages end, none came for a while, or it is told to. Ends too when nobody reads.</summary>
    /// <typeparam name="T">A spliceable record.</typeparam>
    /// <param name="messages">What the log has.</param>
    /// <param name="output">Where to.</param>
    /// <param name="untilIdle">So long no message comes before this ends; infinite where it goes on.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task RunAsync<T>(
        IAsyncEnumerable<LogMessage> messages, IRecordOutput output, TimeSpan untilIdle, CancellationToken cancellation)
        where T : unmanaged, ISpliceable<T>
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            ending.CancelAfter(untilIdle);
            await foreach (LogMessage message in messages.WithCancellation(ending.Token))
            {
                ending.CancelAfter(Timeout.InfiniteTimeSpan);
                using (message)
                {
                    message.RequireLayoutOf<T>();
                    await output.WriteAsync(message.Records, cancellation);
                    await message.AcknowledgeAsync(cancellation);
                }

                ending.CancelAfter(untilIdle);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested || ending.IsCancellationRequested)
        {
            // Told to stop, or idle: what was not acknowledged is for the next one. What waits for the one token may go on before the other hears of it.
        }
        catch (BrokenPipeException)
        {
            return;     // nobody reads any more; the message is for the next one, too
        }

        try
        {
            await output.CompleteAsync();
        }
        catch (BrokenPipeException)
        {
            // The reader was told to stop as well, and was faster.
        }
    }
}
