using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;

namespace VmSplice.Benchmarks.Workers;

/// <summary>
/// Records through a ring of eight chunks in shared memory, as a user writes it over <see cref="MemoryMappedFile"/>: two counters, and both
/// sides yield while they wait. No copy in either direction, and none of what a pipe gives: no end, no news of a death, no wake-up.
/// </summary>
internal static unsafe class RingWorkers<T>
    where T : unmanaged, IShape<T>
{
    private const int Chunks = 8;
    private const int CountersLength = 4096;

    public static int Write(WorkerOptions options)
    {
        using Ring ring = new(options);
        long written = 0;
        return WorkerLoop.Run(bytes =>
        {
            long left = bytes / Sums.SizeOf<T>();
            long first = 0;
            while (left > 0)
            {
                while (written - Volatile.Read(ref *ring.Consumed) >= Chunks)
                {
                    Thread.Yield();
                }

                Span<T> chunk = ring.Chunk(written);
                chunk = chunk[..(int)Math.Min(chunk.Length, left)];
                Sums.Fill(chunk, first);
                first += chunk.Length;
                left -= chunk.Length;
                Volatile.Write(ref *ring.Filled, ++written);
            }

            return 0;
        });
    }

    public static int Read(WorkerOptions options)
    {
        using Ring ring = new(options);
        long read = 0;
        return WorkerLoop.Run(bytes =>
        {
            long left = bytes / Sums.SizeOf<T>();
            long sum = 0;
            while (left > 0)
            {
                while (Volatile.Read(ref *ring.Filled) <= read)
                {
                    Thread.Yield();
                }

                Span<T> chunk = ring.Chunk(read);
                chunk = chunk[..(int)Math.Min(chunk.Length, left)];
                sum += Sums.Of<T>(chunk);
                left -= chunk.Length;
                Volatile.Write(ref *ring.Consumed, ++read);
            }

            return sum;
        });
    }

    private sealed class Ring : IDisposable
    {
        private readonly MemoryMappedFile _file;
        private readonly MemoryMappedViewAccessor _view;
        private readonly byte* _start;
        private readonly int _chunk;

        public Ring(WorkerOptions options)
        {
            _chunk = options.Chunk;
            long length = CountersLength + ((long)Chunks * _chunk);
            FileStream file = new(options.Fifo + ".ring", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (file.Length < length)
            {
                file.SetLength(length);
            }

            _file = MemoryMappedFile.CreateFromFile(file, mapName: null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
            _view = _file.CreateViewAccessor(0, length);

            // SAFETY: released in Dispose; the view lives as long as this object.
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        }

        public long* Filled => (long*)_start;

        public long* Consumed => (long*)(_start + 128);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Span<T> Chunk(long index) => new(_start + CountersLength + (index % Chunks * _chunk), _chunk / Sums.SizeOf<T>());

        public void Dispose()
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }
    }
}
