using System.Diagnostics;
using VmSplice;

namespace Relay.Demo;

/// <summary>
/// Makes records and gives them to a publishing process through a pipe. Where that dies, starts another one behind what the log has.
/// </summary>
/// <param name="records">How many; <see cref="long.MaxValue"/> until <see cref="Finish"/>.</param>
/// <param name="perMillisecond">About how many a millisecond, sent at once; 0 for as many as go.</param>
/// <param name="warm">What to wait for behind the first <see cref="WarmUp"/> records, before the clock starts; may be none.</param>
internal sealed class Source(long records, int perMillisecond, Func<CancellationToken, Task>? warm = null)
{
    /// <summary>So many records go ahead, so that every process has started and is connected.</summary>
    public const int WarmUp = 10_000;

    // So many more: then there is always something to come behind what the sink has.
    private const int Farewell = 10_000;

    private long _records = records;
    private long _next;
    private Stored _stored;

    public long Records => Interlocked.Read(ref _records);

    /// <summary>Gets how many records the log had already.</summary>
    public long Again { get; private set; }

    public TimeSpan RelayBusy { get; private set; }

    public Process? Relay { get; private set; }

    public void Finish() => Interlocked.Exchange(ref _records, Interlocked.Read(ref _next) + Farewell);

    public async Task RunAsync(ProcessStartInfo publish, CancellationToken cancellation)
    {
        while (true)
        {
            using SpliceLink link = SpliceLink.Start(publish, new() { Reader = PipeReaderKind.Copying });
            Relay = link.Child;
            try
            {
                await link.ExchangeAsync((pipe, token) => SendAsync(pipe, _stored.Count, token), ReadStoredAsync, cancellation);
                return;
            }
            catch (Exception e) when (e is BrokenPipeException or RecordStreamException)
            {
                // It was killed. What it had and the log has not is made again.
            }
            finally
            {
                Again += _stored.Again;
                RelayBusy += _stored.Busy;
                _stored = new() { Count = _stored.Count };
            }
        }
    }

    public async Task SendAsync(SpliceWriter pipe, long first, CancellationToken cancellation)
    {
        await using RecordWriter<Measurement> measurements = Measurement.CreateWriter(pipe);
        long sequence = first;
        if (warm is not null && first < WarmUp)
        {
            sequence = await SendUpToAsync(measurements, sequence, static () => WarmUp, cancellation);
            await measurements.FlushAsync(cancellation);
            await warm(cancellation);
        }

        await SendUpToAsync(measurements, sequence, () => Records, cancellation);
        await measurements.CompleteAsync(cancellation);
    }

    private async Task<long> SendUpToAsync(RecordWriter<Measurement> measurements, long sequence, Func<long> end, CancellationToken cancellation)
    {
        while (sequence < end())
        {
            sequence = Fill(measurements, sequence, end());
            Interlocked.Exchange(ref _next, sequence);
            if (perMillisecond > 0)
            {
                await measurements.FlushAsync(cancellation);
                await Task.Delay(1, cancellation);
            }
            else if (measurements.FreeSlots == 0)
            {
                await measurements.FlushAsync(cancellation);    // waits while the pipe is full: the log is slower
            }
        }

        return sequence;
    }

    private long Fill(RecordWriter<Measurement> measurements, long sequence, long end)
    {
        Span<Measurement> slots = measurements.GetSpan();
        long most = Math.Min(end - sequence, perMillisecond > 0 ? perMillisecond : slots.Length);
        slots = slots[..(int)Math.Min(most, slots.Length)];
        foreach (ref Measurement slot in slots)
        {
            Measurement.Make(sequence++, out slot);
        }

        measurements.Advance(slots.Length);
        return sequence;
    }

    private async Task ReadStoredAsync(SpliceReader pipe, CancellationToken cancellation)
    {
        using RecordReader<Stored> answers = Stored.CreateReader(pipe);
        await foreach (ReadOnlyMemory<Stored> batch in answers.WithCancellation(cancellation))
        {
            _stored = batch.Span[^1];
        }
    }
}
