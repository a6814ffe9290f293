namespace VmSplice.TestChild;

/// <summary>Children that send.</summary>
internal static class Senders
{
    /// <summary>Sends the pattern to standard output in chunks of one length, moved and gifted in turn.</summary>
    internal static int ToStandardOutput(long bytes, PipeReaderKind reader, int chunk)
    {
        using var writer = SpliceWriter.OpenStandardOutput(new SpliceWriterOptions { Reader = reader });
        Send(writer, bytes, chunk);
        return 0;
    }

    /// <summary>Sends the pattern to standard output without a thread that waits, whatever that is redirected to.</summary>
    internal static int ToStandardOutputAsync(int bytes)
    {
        using var writer = SpliceWriter.OpenStandardOutput();
        PageBuffer<byte> buffer = writer.Rent<byte>(bytes);
        StreamPattern.Fill(buffer.Span, 0);
        writer.SendAsync(buffer).AsTask().Wait();
        return 0;
    }

    internal static int ToInherited(long bytes, int chunk)
    {
        using var writer = SpliceWriter.OpenInherited();
        Send(writer, bytes, chunk);
        return 0;
    }

    /// <summary>Sends one buffer, says so, and exits at once, whatever became of the pages.</summary>
    internal static int SendOneAndExit(int bytes)
    {
        SpliceWriter writer = SpliceWriter.OpenInherited(new SpliceWriterOptions { PipeCapacity = bytes });
        PageBuffer<byte> buffer = writer.Rent<byte>(bytes);
        StreamPattern.Fill(buffer.Span, 0);
        writer.Send(buffer);
        Environment.Exit(0);
        return 1;
    }

    internal static int Records(long count, string ending)
    {
        var writer = new RecordWriter<Tick>(SpliceWriter.OpenInherited(new SpliceWriterOptions { Reader = PipeReaderKind.Copying }));
        for (long i = 0; i < count; i++)
        {
            writer.Next() = Tick.At(i);
        }

        switch (ending)
        {
            case "complete":
                writer.Complete();
                writer.Dispose();
                return 0;
            case "abandon":
                writer.Flush();
                writer.Dispose();
                return 0;
            case "hang":
                writer.Flush();
                Console.WriteLine("hanging");

                // Until it is killed.
                Thread.Sleep(Timeout.Infinite);
                return 1;
            default:
                return 2;
        }
    }

    internal static int RecordsToStandardOutput(long count)
    {
        using RecordWriter<Tick> writer = new(SpliceWriter.OpenStandardOutput());
        for (long i = 0; i < count; i++)
        {
            writer.Next() = Tick.At(i);
        }

        writer.Complete();
        return 0;
    }

    /// <summary>Sends back every record of standard input as it comes.</summary>
    internal static int RecordsBack()
    {
        using SpliceLink link = SpliceLink.OpenStandard();
        using RecordReader<Tick> reader = new(link.Reader);
        using RecordWriter<Tick> writer = new(link.Writer);
        foreach (ref readonly Tick tick in reader)
        {
            writer.Write(in tick);
        }

        writer.Complete();

        return 0;
    }

    private static void Send(SpliceWriter writer, long bytes, int chunk)
    {
        for (long position = 0; position < bytes; position += chunk)
        {
            int length = (int)Math.Min(chunk, bytes - position);
            PageBuffer<byte> buffer = writer.Rent<byte>(length);
            StreamPattern.Fill(buffer.Span, position);
            if (length % Environment.SystemPageSize == 0 && position / chunk % 2 == 1)
            {
                writer.Gift(buffer);
            }
            else
            {
                writer.Send(buffer);
            }
        }
    }
}
