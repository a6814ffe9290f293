namespace VmSplice.Benchmarks.Workers;

/// <summary>Our writer and reader of bytes, with the same calls as the C program: a chunk filled and sent, a chunk read.</summary>
internal static class ByteWorkers
{
    /// <summary>Sends buffers (<c>send</c>, <c>fresh</c>, <c>reuse</c>), writes an array (<c>write</c>), or calls write(2) by itself (<c>raw</c>).</summary>
    public static int Write(WorkerOptions options)
    {
        byte[] array = GC.AllocateUninitializedArray<byte>(options.Chunk, pinned: true);
        if (options.Way == "raw")
        {
            int pipe = RawCalls.Open(options.Fifo, FileAccess.Write, options.Pipe);
            return WorkerLoop.Run(bytes => InChunks(bytes, array, chunk => RawCalls.Write(pipe, chunk)));
        }

        using SpliceWriter output = SpliceWriter.OpenFifo(options.Fifo, new()
        {
            Reader = options.Way == "reuse" || options.Text("reader", "unknown") == "copying" ? PipeReaderKind.Copying : PipeReaderKind.Unknown,
            PipeCapacity = options.Pipe,
        });
        bool isAsync = options.Text("calls", "sync") == "async";
        return options.Way switch
        {
            "write" => WorkerLoop.Run(bytes => InChunks(bytes, array, output.Write)),
            _ when isAsync => WorkerLoop.Run(bytes => SendAsync(output, options.Chunk, bytes).GetAwaiter().GetResult()),
            _ => WorkerLoop.Run(bytes => Send(output, options.Chunk, bytes)),
        };
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

            return bytes;
        });
    }

    private static long InChunks(long bytes, byte[] array, Action<ReadOnlySpan<byte>> write)
    {
        for (byte value = 0; bytes > 0; value++)
        {
            Span<byte> chunk = array.AsSpan(0, (int)Math.Min(array.Length, bytes));
            RawCalls.Fill(chunk, value);
            write(chunk);
            bytes -= chunk.Length;
        }

        return 0;
    }

    // Neither the C program nor the array is cleared before it is filled.
    private static long Send(SpliceWriter output, int size, long bytes)
    {
        for (byte value = 0; bytes > 0; value++)
        {
            int length = (int)Math.Min(size, bytes);
            PageBuffer<byte> buffer = output.RentUninitialized<byte>(size);
            RawCalls.Fill(buffer.Span[..length], value);
            output.Send(buffer, length);
            bytes -= length;
        }

        return 0;
    }

    private static async Task<long> SendAsync(SpliceWriter output, int size, long bytes)
    {
        for (byte value = 0; bytes > 0; value++)
        {
            int length = (int)Math.Min(size, bytes);
            PageBuffer<byte> buffer = output.RentUninitialized<byte>(size);
            RawCalls.Fill(buffer.Span[..length], value);
            await output.SendAsync(buffer, length).ConfigureAwait(false);
            bytes -= length;
        }

        return 0;
    }
}
