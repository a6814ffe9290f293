namespace VmSplice.TestChild;

/// <summary>Children that are killed while they send or receive in place.</summary>
internal static class InPlaceSides
{
    private const int ChunkSize = 64 * 1024;

    /// <summary>Sends records for ever, flushes of any length among them.</summary>
    internal static int Write()
    {
        using var writer = new RecordWriter<Tick>(SpliceWriter.OpenInherited(), new RecordWriterOptions { ChunkSize = ChunkSize });
        for (long i = 0; ; i++)
        {
            writer.Next() = Tick.At(i);
            if (i % 100_003 == 0)
            {
                writer.Flush();
            }
        }
    }

    /// <summary>Sends so many records to standard output, and completes.</summary>
    internal static int WriteStandardOutput(int count)
    {
        using var writer = new RecordWriter<Tick>(SpliceWriter.OpenStandardOutput());
        for (long i = 0; i < count; i++)
        {
            writer.Next() = Tick.At(i);
        }

        writer.Complete();
        return 0;
    }

    /// <summary>Sends the same records for ever to the reader of each FIFO.</summary>
    internal static int Broadcast(string[] fifos)
    {
        using var broadcaster = new RecordBroadcaster<Tick>(
            [.. fifos.Select(static path => SpliceWriter.OpenFifo(path))],
            new RecordBroadcasterOptions { ChunkSize = ChunkSize, Backlog = 4 });
        for (long i = 0; ; i++)
        {
            broadcaster.Next() = Tick.At(i);
            if (i % 100_003 == 0)
            {
                broadcaster.Flush();
            }
        }
    }

    /// <summary>Reads records for ever, and ends with 3 at the first that is wrong.</summary>
    internal static int Read()
    {
        using var reader = new RecordReader<Tick>(SpliceReader.OpenInherited());
        long index = 0;
        foreach (ref readonly Tick tick in reader)
        {
            if (!tick.IsAt(index++))
            {
                return 3;
            }
        }

        return 0;
    }

    /// <summary>Copies records of standard input to standard output, and says on standard error how.</summary>
    internal static int Relay()
    {
        using var reader = new RecordReader<Tick>(SpliceReader.OpenStandardInput());
        using var target = new RecordWriter<Tick>(SpliceWriter.OpenStandardOutput(), new RecordWriterOptions { ChunkSize = ChunkSize });
        long copied = reader.CopyTo(target);
        target.Complete();
        Console.Error.WriteLine($"{copied} records, in place: {reader.IsInPlace} and {target.IsInPlace}");
        return 0;
    }

    /// <summary>Reads records of standard input, checks them, and says how.</summary>
    internal static int ReadStandardInput() => ReadAndTell(SpliceReader.OpenStandardInput());

    /// <summary>The same of any pipe.</summary>
    internal static int ReadAndTell(SpliceReader pipe)
    {
        using var reader = new RecordReader<Tick>(pipe);
        long index = 0;
        foreach (ref readonly Tick tick in reader)
        {
            if (!tick.IsAt(index++))
            {
                return 3;
            }
        }

        Console.WriteLine($"{index} records, in place: {reader.IsInPlace}");
        return 0;
    }
}
