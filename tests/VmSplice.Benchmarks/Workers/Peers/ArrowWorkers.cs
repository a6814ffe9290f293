using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace VmSplice.Benchmarks.Workers.Peers;

/// <summary>Record batches of 4,096 rows in Arrow's stream format, filled and summed by columns, out of memory that is reused.</summary>
internal static class ArrowWorkers
{
    private const int Rows = 4096;

    private static readonly string[] s_rest = ["rest0", "rest1", "rest2", "rest3"];

    public static int Write(WorkerOptions options)
    {
        using Stream stream = StreamWorkers<Record64>.Open(options, FileAccess.Write);
        using BufferedStream buffered = new(stream, 512 << 10);
        Columns columns = new();
        using ArrowStreamWriter output = new(buffered, columns.Schema, leaveOpen: true);
        return WorkerLoop.Run(bytes =>
        {
            long count = bytes / Sums.SizeOf<Record64>();
            for (long first = 0; first < count; first += Rows)
            {
                columns.Fill(first);
                output.WriteRecordBatch(columns.Batch);
            }

            buffered.Flush();
            return 0;
        });
    }

    public static int Read(WorkerOptions options)
    {
        using Stream stream = StreamWorkers<Record64>.Open(options, FileAccess.Read);
        using BufferedStream buffered = new(stream, 512 << 10);
        ArrowStreamReader? input = null;
        return WorkerLoop.Run(bytes =>
        {
            // It reads the schema at once, which comes with the first batch.
            input ??= new ArrowStreamReader(buffered, leaveOpen: true);
            long sum = 0;
            for (long left = bytes / Sums.SizeOf<Record64>(); left > 0; left -= Rows)
            {
                using RecordBatch batch = input.ReadNextRecordBatch() ?? throw new EndOfStreamException();
                sum += Sum(batch);
            }

            return sum;
        });
    }

    private static long Sum(RecordBatch batch)
    {
        ReadOnlySpan<long> time = ((Int64Array)batch.Column("time")).Values;
        ReadOnlySpan<double> price = ((DoubleArray)batch.Column("price")).Values;
        ReadOnlySpan<int> size = ((Int32Array)batch.Column("size")).Values;
        ReadOnlySpan<long> id = ((Int64Array)batch.Column("id")).Values;
        ReadOnlySpan<long> rest = ((Int64Array)batch.Column("rest3")).Values;
        long sum = 0;
        for (int i = 0; i < time.Length; i++)
        {
            sum += time[i] + size[i] + id[i] + Sums.Truncate(price[i]) + rest[i];
        }

        return sum;
    }

    private sealed class Columns
    {
        private readonly byte[] _time = new byte[Rows * sizeof(long)];
        private readonly byte[] _price = new byte[Rows * sizeof(double)];
        private readonly byte[] _size = new byte[Rows * sizeof(int)];
        private readonly byte[] _venue = new byte[Rows * sizeof(int)];
        private readonly byte[] _id = new byte[Rows * sizeof(long)];
        private readonly byte[][] _rest = [.. s_rest.Select(static _ => new byte[Rows * sizeof(long)])];

        public Columns()
        {
            Schema.Builder schema = new();
            List<IArrowArray> arrays = [];
            void Add(string name, IArrowType type, IArrowArray array)
            {
                schema.Field(new Field(name, type, nullable: false));
                arrays.Add(array);
            }

            Add("time", Int64Type.Default, Longs(_time));
            Add("price", DoubleType.Default, new DoubleArray(new ArrowBuffer(_price), ArrowBuffer.Empty, Rows, 0, 0));
            Add("size", Int32Type.Default, new Int32Array(new ArrowBuffer(_size), ArrowBuffer.Empty, Rows, 0, 0));
            Add("venue", Int32Type.Default, new Int32Array(new ArrowBuffer(_venue), ArrowBuffer.Empty, Rows, 0, 0));
            Add("id", Int64Type.Default, Longs(_id));
            for (int i = 0; i < s_rest.Length; i++)
            {
                Add(s_rest[i], Int64Type.Default, Longs(_rest[i]));
            }

            Schema = schema.Build();
            Batch = new RecordBatch(Schema, arrays, Rows);
        }

        public Schema Schema { get; }

        public RecordBatch Batch { get; }

        public void Fill(long first)
        {
            Span<long> time = MemoryMarshal.Cast<byte, long>(_time.AsSpan());
            Span<double> price = MemoryMarshal.Cast<byte, double>(_price.AsSpan());
            Span<int> size = MemoryMarshal.Cast<byte, int>(_size.AsSpan());
            Span<long> id = MemoryMarshal.Cast<byte, long>(_id.AsSpan());
            for (int i = 0; i < Rows; i++)
            {
                time[i] = first + i;
                price[i] = i * 0.5;
                size[i] = i;
                id[i] = first ^ i;
            }

            MemoryMarshal.Cast<byte, int>(_venue.AsSpan()).Fill(7);
            foreach (byte[] rest in _rest)
            {
                Span<long> values = MemoryMarshal.Cast<byte, long>(rest.AsSpan());
                for (int i = 0; i < Rows; i++)
                {
                    values[i] = i;
                }
            }
        }

        private static Int64Array Longs(byte[] values) => new(new ArrowBuffer(values), ArrowBuffer.Empty, Rows, 0, 0);
    }
}
