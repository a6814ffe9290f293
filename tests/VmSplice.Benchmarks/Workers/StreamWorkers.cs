using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VmSplice.Benchmarks.Workers;

/// <summary>
/// What a user of .NET takes without this package: an array that is filled and written to a stream, over a pipe
/// (<c>anonymous</c>: <see cref="AnonymousPipeClientStream"/>) or a Unix socket (<c>socket</c>).
/// </summary>
internal static class StreamWorkers<T>
    where T : unmanaged, IShape<T>
{
    public static int Write(WorkerOptions options)
    {
        using Stream output = Open(options, FileAccess.Write);
        T[] records = GC.AllocateUninitializedArray<T>(options.Chunk / Sums.SizeOf<T>(), pinned: true);
        return WorkerLoop.Run(bytes =>
        {
            long left = bytes / Sums.SizeOf<T>();
            long first = 0;
            while (left > 0)
            {
                Span<T> chunk = records.AsSpan(0, (int)Math.Min(records.Length, left));
                Sums.Fill(chunk, first);
                output.Write(MemoryMarshal.AsBytes(chunk));
                first += chunk.Length;
                left -= chunk.Length;
            }

            output.Flush();
            return 0;
        });
    }

    public static int Read(WorkerOptions options)
    {
        using Stream input = Open(options, FileAccess.Read);
        Func<ReadOnlySpan<T>, long> work = Work.Of<T>(options.Text("work", "sum"));
        T[] records = GC.AllocateUninitializedArray<T>(options.Chunk / Sums.SizeOf<T>(), pinned: true);
        return WorkerLoop.Run(bytes =>
        {
            long sum = 0;
            long left = bytes / Sums.SizeOf<T>() * Sums.SizeOf<T>();
            Span<byte> all = MemoryMarshal.AsBytes(records.AsSpan());
            int kept = 0;
            while (left > 0)
            {
                int read = input.Read(all[kept..(int)Math.Min(all.Length, left + kept)]);
                if (read == 0)
                {
                    break;
                }

                left -= read;
                kept += read;
                int whole = kept / Sums.SizeOf<T>();
                sum += work(records.AsSpan(0, whole));
                int used = whole * Sums.SizeOf<T>();
                all[used..kept].CopyTo(all);
                kept -= used;
            }

            return sum;
        });
    }

    internal static Stream Open(WorkerOptions options, FileAccess access)
    {
        if (options.Text("over", "anonymous") == "socket")
        {
            return new NetworkStream(access == FileAccess.Write ? UnixSockets.Connect(options.Fifo) : UnixSockets.Accept(options.Fifo), ownsSocket: true);
        }

        SafeFileHandle file = File.OpenHandle(options.Fifo, FileMode.Open, access, FileShare.ReadWrite);
        SafePipeHandle pipe = new(file.DangerousGetHandle(), ownsHandle: true);
        file.SetHandleAsInvalid();
        PipeSize.Set(pipe, options.Pipe);
        return new AnonymousPipeClientStream(access == FileAccess.Write ? PipeDirection.Out : PipeDirection.In, pipe);
    }
}
