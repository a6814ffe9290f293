namespace VmSplice.Tests.Records;

/// <summary>The bytes of a small stream as a <see cref="RecordWriter{T}"/> makes them, and readers over damaged copies.</summary>
internal static class CapturedStream
{
    internal const int HeaderLength = 64;
    internal const int BlockHeaderLength = 64;

    /// <summary>Writes records in blocks of the given lengths, completes the stream, and returns its bytes.</summary>
    internal static byte[] Of<T>(bool header, params int[] blocks)
        where T : unmanaged, ISpliceable<T>, ITestRecord<T>
    {
        using SplicePipe pipe = SplicePipe.Create();
        int index = 0;
        long length;
        SpliceWriter end = pipe.OpenWriter(new SpliceWriterOptions { LeaveOpen = true });
        using (var writer = new RecordWriter<T>(end, new RecordWriterOptions { Framed = header }))
        {
            foreach (int block in blocks)
            {
                for (int i = 0; i < block; i++)
                {
                    writer.Next() = T.At(index++);
                }

                writer.Flush();
            }

            writer.Complete();
            length = end.BytesAccepted;
        }

        return RawCall.ReadAll(pipe.ReadHandle, (int)length);
    }

    /// <summary>Reads a stream of these bytes to its end and compares all the records. Throws what the reader throws.</summary>
    internal static void Read<T>(ReadOnlySpan<byte> bytes, bool header, ref long records)
        where T : unmanaged, ISpliceable<T>, ITestRecord<T>
    {
        using SplicePipe pipe = SplicePipe.Create();
        RawCall.Write(pipe.WriteHandle, bytes);
        pipe.WriteHandle.Dispose();
        using var reader = new RecordReader<T>(pipe.OpenReader(), new RecordReaderOptions { Framed = header });
        ReadOnlySpan<T> batch;
        while (!(batch = reader.ReadBatch()).IsEmpty)
        {
            foreach (ref readonly T record in batch)
            {
                Assert.True(record.IsAt(records++));
            }
        }
    }

    /// <summary>Reads a stream that must be refused.</summary>
    internal static RecordStreamException ReadRefused<T>(ReadOnlySpan<byte> bytes, out long records, bool header = true)
        where T : unmanaged, ISpliceable<T>, ITestRecord<T>
    {
        records = 0;
        try
        {
            Read<T>(bytes, header, ref records);
        }
        catch (RecordStreamException e)
        {
            return e;
        }

        Assert.Fail("the stream was not refused");
        return null!;
    }
}
