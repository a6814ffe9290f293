using VmSplice;

namespace Host;

/// <summary>The other process: sends ticks until its standard input ends, and completes its stream then.</summary>
internal static class Worker
{
    /// <param name="stubborn">Whether it goes on all the same, as one does that hangs.</param>
    public static async Task RunAsync(bool stubborn)
    {
        using SpliceLink service = SpliceLink.OpenStandard();
        Task<int> told = stubborn ? new TaskCompletionSource<int>().Task : service.Reader.ReadAsync(new byte[1]).AsTask();
        await using RecordWriter<Tick> ticks = Tick.CreateWriter(service.Writer);
        for (long number = 0; !told.IsCompleted;)
        {
            for (int i = 0; i < 1_000; i++)
            {
                ticks.Write(new Tick { Number = number, Price = number % 100 });
                number++;
            }

            await ticks.FlushAsync();
            await Task.Delay(1);
        }

        await ticks.CompleteAsync();
    }
}
