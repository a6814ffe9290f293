using CsCheck;

namespace VmSplice.Tests.Copying;

/// <summary>Streams of ticks, of which each is known by its number.</summary>
internal static class Ticks
{
    internal static Gen<int> OneOf(params int[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>Sends ticks of these numbers, and completes.</summary>
    internal static void Send(SplicePipe pipe, int first, int count, RecordWriterOptions? options = null) => Send(pipe.OpenWriter(), first, count, options);

    /// <inheritdoc cref="Send(SplicePipe, int, int, RecordWriterOptions?)"/>
    internal static void Send(SpliceWriter pipe, int first, int count, RecordWriterOptions? options = null)
    {
        using var writer = new RecordWriter<Tick>(pipe, options);
        for (int i = 0; i < count; i++)
        {
            writer.Write(Tick.At(first + i));
        }

        writer.Complete();
    }

    /// <summary>Passes a batch on, as users did before there was a call for it.</summary>
    internal static int Pass(ReadOnlySpan<Tick> batch, RecordWriter<Tick> target)
    {
        target.Write(batch);
        return batch.Length;
    }

    /// <summary>Reads a stream to its end. It has the ticks of these numbers.</summary>
    internal static void AssertAll(SplicePipe pipe, long first, long end, RecordReaderOptions? options = null)
    {
        using var reader = new RecordReader<Tick>(pipe.OpenReader(), options);
        Assert.Equal(end, Read(reader, first));
    }

    /// <summary>Reads a stream to its end, or to where it is cut.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="first">The number of its next tick.</param>
    /// <param name="most">Where to stop reading.</param>
    /// <returns>The number of the tick that would come next.</returns>
    internal static long Read(RecordReader<Tick> reader, long first, long most = long.MaxValue)
    {
        long next = first;
        while (next < most && reader.ReadBatch() is { IsEmpty: false } batch)
        {
            foreach (ref readonly Tick tick in batch)
            {
                Assert.True(tick.IsAt(next), $"tick {tick.Time} in the place of {next}");
                next++;
            }
        }

        return next;
    }

    /// <summary>Reads a stream that has no end.</summary>
    /// <inheritdoc cref="Read"/>
    internal static long ReadUntilCut(RecordReader<Tick> reader, long first)
    {
        long next = first;
        RecordStreamException e = Assert.Throws<RecordStreamException>(() =>
        {
            while (reader.ReadBatch() is { IsEmpty: false } batch)
            {
                foreach (ref readonly Tick tick in batch)
                {
                    Assert.True(tick.IsAt(next), $"tick {tick.Time} in the place of {next}");
                    next++;
                }
            }
        });
        Assert.Contains(e.Fault, new[] { StreamFault.Cut, StreamFault.NotBegun });
        return next;
    }
}
