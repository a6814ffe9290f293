using System.Runtime.InteropServices;
using VmSplice.CompilerServices;

namespace VmSplice.Benchmarks.Workers;

/// <summary>A payload of 64 KiB.</summary>
[Spliceable]
internal sealed partial class Payload64K : IPayload
{
    [Segment(Length = 64 * 1024)]
    public partial Span<byte> Bytes { get; }
}

/// <summary>A payload of 1 MiB.</summary>
[Spliceable]
internal sealed partial class Payload1M : IPayload
{
    [Segment(Length = 1024 * 1024)]
    public partial Span<byte> Bytes { get; }
}

internal interface IPayload : IDisposable
{
    Span<byte> Bytes { get; }
}

/// <summary>Buffers of one segment, filled and moved; received into one buffer again and again, and summed.</summary>
internal static class PayloadWorkers
{
    public static int Write(WorkerOptions options) => options.Chunk == 64 << 10 ? Write<Payload64K>(options) : Write<Payload1M>(options);

    public static int Read(WorkerOptions options) => options.Chunk == 64 << 10
        ? Read(options, Payload64K.Allocate())
        : Read(options, Payload1M.Allocate());

    private static int Write<TPayload>(WorkerOptions options)
        where TPayload : class, IPayload, ISpliceableBuffer<TPayload>
    {
        using SpliceWriter output = SpliceWriter.OpenFifo(options.Fifo, new()
        {
            Reader = options.Text("reader", "copying") == "copying" ? PipeReaderKind.Copying : PipeReaderKind.Unknown,
            PipeCapacity = options.Pipe,
        });
        return WorkerLoop.Run(bytes =>
        {
            long first = 0;
            for (; bytes > 0; bytes -= options.Chunk)
            {
                TPayload payload = BufferFactory.RentUninitialized<TPayload>(output);
                Span<Record1024> records = MemoryMarshal.Cast<byte, Record1024>(payload.Bytes);
                Sums.Fill(records, first);
                output.Send(payload);
                first += records.Length;
            }

            return 0;
        });
    }

    private static int Read<TPayload>(WorkerOptions options, TPayload payload)
        where TPayload : class, IPayload, ISpliceableBuffer<TPayload>
    {
        using SpliceReader input = SpliceReader.OpenFifo(options.Fifo, new() { PipeCapacity = options.Pipe });
        return WorkerLoop.Run(bytes =>
        {
            long sum = 0;
            for (; bytes > 0 && input.TryReceiveInto(payload); bytes -= options.Chunk)
            {
                sum += Sums.Of(MemoryMarshal.Cast<byte, long>(payload.Bytes));
            }

            return sum;
        });
    }
}
