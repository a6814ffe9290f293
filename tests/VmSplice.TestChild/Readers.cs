using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace VmSplice.TestChild;

/// <summary>Children that receive.</summary>
internal static class Readers
{
    internal static int CheckRecords() => Check(SpliceReader.OpenInherited());

    internal static int CheckRecordsOfStandardInput() => Check(SpliceReader.OpenStandardInput());

    /// <summary>Passes standard input on to standard output, and knows nothing of either.</summary>
    internal static int Relay()
    {
        using SpliceReader input = SpliceReader.OpenStandardInput();
        using SpliceWriter output = SpliceWriter.OpenStandardOutput();
        input.Forward(output);
        return 0;
    }

    internal static async Task<int> RelayAsync()
    {
        using SpliceReader input = SpliceReader.OpenStandardInput();
        using SpliceWriter output = SpliceWriter.OpenStandardOutput();
        await input.ForwardAsync(output);
        return 0;
    }

    /// <summary>Compares standard input with the pattern and prints its length.</summary>
    internal static int CheckStandardInput()
    {
        using SpliceReader reader = SpliceReader.OpenStandardInput();
        byte[] buffer = new byte[100_000];
        int read;
        while ((read = reader.Read(buffer)) != 0)
        {
            if (IsWrong(reader, buffer.AsSpan(0, read)))
            {
                return 1;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reader.BytesRead} bytes are right"));
        return 0;
    }

    /// <summary>The same without a thread that waits.</summary>
    internal static async Task<int> CheckStandardInputAsync()
    {
        using SpliceReader reader = SpliceReader.OpenStandardInput();
        byte[] buffer = new byte[100_000];
        int read;
        while ((read = await reader.ReadAsync(buffer)) != 0)
        {
            if (IsWrong(reader, buffer.AsSpan(0, read)))
            {
                return 1;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reader.BytesRead} bytes are right"));
        return 0;
    }

    internal static int WhyStandardInputIsRefused()
    {
        try
        {
            SpliceReader.OpenStandardInput().Dispose();
            return 1;
        }
        catch (ArgumentException e)
        {
            Console.WriteLine(e.Message);
            return 0;
        }
    }

    /// <summary>
    /// Passes standard input on to standard output by reference, as a splicing cat or pv does; slow, it dawdles while
    /// most of the pages are out of the sender's pipe but nobody has read them.
    /// </summary>
    internal static unsafe int SpliceThrough(bool slow)
    {
        using var input = new SafePipeHandle(0, ownsHandle: false);
        using var output = new SafePipeHandle(1, ownsHandle: false);
        int rounds = 0;
        while (Libc.SpliceAll(input, output, 1) != 0)
        {
            long moved = Libc.splice(input, null, output, null, 1024 * 1024, Libc.SPLICE_F_MOVE);
            if (moved < 0)
            {
                return 1;
            }

            if (slow && ++rounds % 4 == 0)
            {
                // A slow reader is what is asked for: the sender must fill the pipe and wait.
                Thread.Sleep(2);
            }
        }

        return 0;
    }

    private static bool IsWrong(SpliceReader reader, ReadOnlySpan<byte> bytes)
    {
        long start = reader.BytesRead - bytes.Length;
        long wrong = StreamPattern.Mismatch(bytes, start);
        if (wrong >= 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"byte {start + wrong} is wrong"));
        }

        return wrong >= 0;
    }

    private static int Check(SpliceReader pipe)
    {
        using var reader = new RecordReader<Tick>(pipe);
        ReadOnlySpan<Tick> batch;
        long index = 0;
        while (!(batch = reader.ReadBatch()).IsEmpty)
        {
            foreach (ref readonly Tick tick in batch)
            {
                if (!tick.IsAt(index))
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"record {index} is wrong"));
                    return 1;
                }

                index++;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{index} records are right"));
        return 0;
    }
}
