using System.Globalization;

namespace VmSplice.TestChild;

/// <summary>Many streams of a few records, all open: what one keeps resident shows in the process.</summary>
internal static class ShortStreams
{
    private const int Records = 10;

    /// <summary>Prints the resident bytes for each stream, its writer and reader together.</summary>
    internal static int Resident(int count)
    {
        // The first ones bring the code in.
        List<IDisposable> open = [];
        Open(open, 10);
        long before = ResidentBytes();
        Open(open, count);
        Console.WriteLine(((ResidentBytes() - before) / count).ToString(CultureInfo.InvariantCulture));
        open.ForEach(static one => one.Dispose());
        return 0;
    }

    private static void Open(List<IDisposable> open, int count)
    {
        for (int i = 0; i < count; i++)
        {
            SplicePipe pipe = SplicePipe.Create();
            RecordWriter<Tick> writer = new(pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying }));
            RecordReader<Tick> reader = new(pipe.OpenReader());
            for (int record = 0; record < Records; record++)
            {
                writer.Next() = Tick.At(record);
            }

            writer.Flush();
            if (reader.ReadBatch().Length != Records)
            {
                throw new InvalidOperationException("A batch should have all the records of a flush.");
            }

            open.AddRange([writer, reader, pipe]);
        }
    }

    private static long ResidentBytes()
    {
        string line = File.ReadLines("/proc/self/smaps_rollup").First(static line => line.StartsWith("Rss:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }
}
