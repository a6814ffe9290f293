namespace VmSplice.Benchmarks.Workers;

/// <summary>Our writer and reader of bytes, with the same calls as the C program: a chunk filled and sent, a chunk read.</summary>
internal static class ByteWorkers
{
    /// <summary>Sends buffers (<c>fresh</c>, <c>reuse</c>) or writes an array (<c>write</c>).</summary>
    public static int Write(WorkerOptions options)
    {
        using SpliceWriter output = SpliceWriter.OpenFifo(options.Fifo, new()
        {
            Reader = options.Way == "reuse" ? PipeReaderKind.Copying : PipeReaderKind.Unknown,
            PipeCapacity = options.Pipe,
        });
        byte[] array = GC.AllocateUninitializedArray<byte>(options.Chunk, pinned: true);
        return WorkerLoop.Run(bytes =>
        {
            for (byte value = 0; bytes > 0; value++)
            {
                int length = (int)Math.Min(options.Chunk, bytes);
                if (options.Way == "write")
                {
                    Span<byte> chunk = array.AsSpan(0, length);
                    chunk.Fill(value);
                    output.Write(chunk);
                }
                else
                {
                    // The C program does not clear what it fills either.
                    PageBuffer<byte> buffer = output.RentUninitialized<byte>(options.Chunk);
                    buffer.Span[..length].Fill(value);
                    output.Send(buffer, length);
                }

                bytes -= length;
            }

            return 0;
        });
    }

    /// <summary>Reads a chunk at a time.</summary>
    public static int Read(WorkerOptions options)
    {
        using SpliceReader input = SpliceReader.OpenFifo(options.Fifo, new() { PipeCapacity = options.Pipe });
        byte[] chunk = GC.AllocateUninitializedArray<byte>(options.Chunk, pinned: true);
        return WorkerLoop.Run(bytes =>
        {
            while (bytes > 0)
            {
                int read = input.Read(chunk.AsSpan(0, (int)Math.Min(chunk.Length, bytes)));
                if (read == 0)
                {
                    break;
                }

                bytes -= read;
            }

            return 0;
        });
    }
}
