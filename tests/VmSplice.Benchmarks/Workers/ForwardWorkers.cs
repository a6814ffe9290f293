using System.Runtime.InteropServices;

namespace VmSplice.Benchmarks.Workers;

/// <summary>
/// Passes a stream on into a pipe that a thread empties: by <c>splice</c>, or by <c>tee</c> while it reads it too; and the same by read(2) and
/// write(2), <c>raw-splice</c> and <c>raw-tee</c>.
/// </summary>
internal static class ForwardWorkers
{
    public static int Run(WorkerOptions options)
    {
        bool reads = options.Way.EndsWith("tee", StringComparison.Ordinal);
        (int from, int to) = RawCalls.OpenPipe();
        using SafePipe emptied = new(to);
        PipeSize.Set(emptied, options.Pipe);
        new Thread(() => Empty(from, options.Chunk)) { IsBackground = true }.Start();
        byte[] chunk = GC.AllocateUninitializedArray<byte>(options.Chunk, pinned: true);
        if (options.Way.StartsWith("raw", StringComparison.Ordinal))
        {
            int input = RawCalls.Open(options.Fifo, FileAccess.Read, options.Pipe);
            return WorkerLoop.Run(bytes => ByHand(input, to, chunk, bytes, reads));
        }

        using SpliceReader source = SpliceReader.OpenFifo(options.Fifo, new() { PipeCapacity = options.Pipe, Sender = PipeSenderKind.Immutable });
        using SpliceWriter target = SpliceWriter.Open(emptied, new() { LeaveOpen = true });
        return WorkerLoop.Run(bytes => reads ? ByTee(source, target, chunk, bytes) : bytes - source.Forward(target, bytes));
    }

    private static long ByHand(int input, int output, byte[] chunk, long bytes, bool reads)
    {
        long sum = 0;
        while (bytes > 0)
        {
            Span<byte> got = chunk.AsSpan(0, RawCalls.Read(input, chunk.AsSpan(0, (int)Math.Min(chunk.Length, bytes))));
            if (got.IsEmpty)
            {
                break;
            }

            RawCalls.Write(output, got);
            sum += reads ? Sums.Of(MemoryMarshal.Cast<byte, long>(got)) : 0;
            bytes -= got.Length;
        }

        return sum;
    }

    private static long ByTee(SpliceReader source, SpliceWriter target, byte[] chunk, long bytes)
    {
        long sum = 0;
        while (bytes > 0)
        {
            int teed = (int)source.Tee(target, Math.Min(chunk.Length, bytes));
            if (teed == 0)
            {
                break;
            }

            Span<byte> got = chunk.AsSpan(0, teed);
            source.ReadExactly(got);
            sum += Sums.Of(MemoryMarshal.Cast<byte, long>(got));
            bytes -= teed;
        }

        return sum;
    }

    private static void Empty(int pipe, int size)
    {
        byte[] chunk = GC.AllocateUninitializedArray<byte>(size, pinned: true);
        while (RawCalls.Read(pipe, chunk) > 0)
        {
        }
    }

    private sealed class SafePipe : SafeHandle
    {
        public SafePipe(int descriptor)
            : base(-1, ownsHandle: true) => SetHandle(descriptor);

        public override bool IsInvalid => handle < 0;

        protected override bool ReleaseHandle()
        {
            RawCalls.Close((int)handle);
            return true;
        }
    }
}
