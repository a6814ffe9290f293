using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;

namespace VmSplice.TestChild;

/// <summary>
/// Many pipes in one process, each with a sender and a receiver that wait without a thread. Pipes of one page: they are
/// full and empty all the time, so that a wake-up that was lost would stop its pipe for ever.
/// </summary>
internal static class ManyPipes
{
    private const int MessageLength = 16;

    /// <summary>Prints messages that arrived, most threads at once, and seconds.</summary>
    internal static int Run(int pipes, long messages)
    {
        (long arrived, int threads, double seconds) = RunAsync(pipes, messages / pipes).GetAwaiter().GetResult();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{arrived} {threads} {seconds:f1}"));
        return 0;
    }

    private static async Task<(long Arrived, int Threads, double Seconds)> RunAsync(int pipes, long each)
    {
        long started = Stopwatch.GetTimestamp();
        var senders = new Task[pipes];
        var receivers = new Task<long>[pipes];
        for (int i = 0; i < pipes; i++)
        {
            SplicePipe pipe = SplicePipe.Create(1);
            Libc.SetPipeCapacity(pipe.WriteHandle, Environment.SystemPageSize);
            receivers[i] = ReceiveAsync(pipe.OpenReader(new SpliceReaderOptions { PipeCapacity = 1 }), i);
            senders[i] = SendAsync(pipe.OpenWriter(new SpliceWriterOptions { PipeCapacity = 1 }), i, each);
        }

        Task all = Task.WhenAll([.. senders, .. receivers]);
        int threads = 0;

        // A peak is looked for: the end of all is waited for, and the threads are counted on the way.
        do
        {
            threads = Math.Max(threads, Directory.GetDirectories("/proc/self/task").Length);
        }
        while (await Task.WhenAny(all, Task.Delay(20)) != all);
        await all;
        return (receivers.Sum(receiver => receiver.Result), threads, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static async Task SendAsync(SpliceWriter writer, int pipe, long count)
    {
        using (writer)
        {
            byte[] message = new byte[MessageLength];
            for (long i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(message, pipe);
                BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(8), i);
                await writer.WriteAsync(message);
            }
        }
    }

    private static async Task<long> ReceiveAsync(SpliceReader reader, int pipe)
    {
        using (reader)
        {
            byte[] buffer = new byte[Environment.SystemPageSize];
            long seen = 0;
            int filled = 0;
            int read;
            while ((read = await reader.ReadAsync(buffer.AsMemory(filled))) != 0)
            {
                filled += read;
                int at = 0;
                for (; filled - at >= MessageLength; at += MessageLength)
                {
                    Expect(BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(at)) == pipe, "a message of another pipe");
                    Expect(BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(at + 8)) == seen++, "not the next message");
                }

                buffer.AsSpan(at, filled - at).CopyTo(buffer);
                filled -= at;
            }

            Expect(filled == 0, "a part of a message at the end");
            return seen;
        }
    }

    private static void Expect(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}
