using CsCheck;
using VmSplice.Buffers;
using VmSplice.Memory;
using VmSplice.Tests.Async;

namespace VmSplice.Tests.Buffers;

/// <summary>Some buffers of one random layout, and the way in which they travel.</summary>
internal sealed record BufferTraffic(
    BufferSegment[] Segments, int[][] Lengths, BufferTraffic.Way HowSent, bool Header, bool Reuse, int Capacity, PipeReaderKind Kind, int SenderPage,
    int ReaderPage)
{
    internal enum Way
    {
        Send,
        Gift,
        Gather,
        SendOfNoWriter,
    }

    private static readonly Gen<BufferSegment> AnySegment = Gen.Select(
        OneOf(1, 2, 3, 8, 13, 64, 4096),
        Gen.OneOf(Gen.Int[1, 10], Gen.Int[1, 5_000], Gen.Int[10_000, 60_000]),
        Gen.Bool,
        (size, bytes, varies) => new BufferSegment("Part", "byte[]", size, Math.Max(1, bytes / size), varies));

    internal static Gen<BufferTraffic> Any { get; } =
        Gen.OneOf(AnySegment.Array[1, 6], AnySegment.Array[1, 6],
            AnySegment.Array[100, 300].Select(
                many => Array.ConvertAll(many, one => new BufferSegment(one.Name, one.Type, one.ElementSize, 1 + (one.Length % 3), one.IsVariable))))
            .SelectMany(segments => Gen.Select(
                Gen.Const(segments),
                Gen.Int[0, 1_000_000].Array[segments.Length].Array[0, 6],
                Gen.Enum<Way>(),
                Gen.Select(Gen.Bool, Gen.Bool),
                Gen.Select(OneOf(4_096, 65_536, 1_048_576), Gen.Enum<PipeReaderKind>()),
                Gen.Select(OneOf(4_096, 16_384, 65_536), OneOf(4_096, 16_384, 65_536)),
                (all, lengths, way, flags, pipe, pages) => new BufferTraffic(
                    all,
                    Array.ConvertAll(lengths, row => row.Select((number, i) => all[i].IsVariable ? number % (all[i].Length + 1) : all[i].Length).ToArray()),
                    way,
                    flags.Item1,
                    flags.Item2,
                    pipe.Item1,
                    pipe.Item2,
                    pages.Item1,
                    pages.Item2)));

    internal static Gen<int> OneOf(params int[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    /// <summary>Sends and receives, and compares every byte and length.</summary>
    internal void Run()
    {
        AnyBuffer.Layout = new BufferLayout("Any", 42, Segments);
        using SplicePipe pipe = PipeSetup.OfCapacity(Capacity);
        SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = Kind, PipeCapacity = 1, Framed = Header });
        Background sender = Background.Run(() =>
        {
            using (writer)
            {
                for (int i = 0; i < Lengths.Length; i++)
                {
                    Send(writer, i);
                }

                if (Header)
                {
                    writer.CompleteBuffers();
                }
            }
        });
        using (SpliceReader reader = pipe.OpenReader(new SpliceReaderOptions { PipeCapacity = 1, Framed = Header }))
        {
            Receive(reader);
        }

        sender.Join();
    }

    /// <summary>The same without a thread that waits.</summary>
    internal async Task RunAsync()
    {
        AnyBuffer.Layout = new BufferLayout("Any", 42, Segments);
        using SplicePipe pipe = PipeSetup.OfCapacity(Capacity);
        SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = Kind, PipeCapacity = 1, Framed = Header });
        using SpliceReader reader = pipe.OpenReader(new SpliceReaderOptions { PipeCapacity = 1, Framed = Header });
        await Task.WhenAll(SendAllAsync(writer), ReceiveAllAsync(reader)).InTime();
    }

    private void Send(SpliceWriter writer, int index)
    {
        AnyBuffer buffer = Filled(writer, index);
        switch (HowSent)
        {
            case Way.Gift:
                writer.Gift(buffer);
                break;
            case Way.Gather:
                using (SpliceGather gather = writer.CreateGather())
                {
                    gather.Add(buffer);
                    gather.Send();
                }

                break;
            default:
                writer.Send(buffer);
                break;
        }
    }

    private async Task SendAllAsync(SpliceWriter writer)
    {
        using (writer)
        using (SpliceGather gather = writer.CreateGather())
        {
            for (int i = 0; i < Lengths.Length; i++)
            {
                await SendAsync(writer, gather, Filled(writer, i));
            }

            if (Header)
            {
                await writer.CompleteBuffersAsync();
            }
        }
    }

    private ValueTask SendAsync(SpliceWriter writer, SpliceGather gather, AnyBuffer buffer)
    {
        switch (HowSent)
        {
            case Way.Gift:
                return writer.GiftAsync(buffer);
            case Way.Gather:
                gather.Add(buffer);
                return gather.SendAsync();
            default:
                return writer.SendAsync(buffer);
        }
    }

    private AnyBuffer Filled(SpliceWriter writer, int index)
    {
        var places = new SegmentPlaces(AnyBuffer.Layout, SenderPage);
        var buffer = new AnyBuffer(HowSent == Way.SendOfNoWriter
            ? BufferPages.Rent(PagePool.Shared, AnyBuffer.Layout, places) : BufferPages.Rent(writer.Sender.Pool, AnyBuffer.Layout, places));
        SetLengths(buffer, index);
        Fill(buffer, index);
        return buffer;
    }

    private void Receive(SpliceReader reader)
    {
        AnyBuffer? reused = Reuse ? Empty() : null;
        for (int i = 0; i < Lengths.Length; i++)
        {
            AnyBuffer buffer = reused ?? Empty();
            Expect(buffer, i);
            Assert.True(reader.TryReceiveInto(buffer), "a buffer is missing");
            Check(buffer, i);
            if (reused is null)
            {
                buffer.Dispose();
            }
        }

        using (AnyBuffer none = Empty())
        {
            Assert.False(Header && reader.TryReceiveInto(none), "more buffers than were sent");
        }

        Assert.Equal(0, reader.Read(new byte[1]));
        reused?.Dispose();
    }

    private async Task ReceiveAllAsync(SpliceReader reader)
    {
        using AnyBuffer reused = Empty();
        for (int i = 0; i < Lengths.Length; i++)
        {
            Expect(reused, i);
            Assert.True(await reader.TryReceiveIntoAsync(reused), "a buffer is missing");
            Check(reused, i);
        }

        Assert.False(Header && await reader.TryReceiveIntoAsync(reused), "more buffers than were sent");
        Assert.Equal(0, await reader.ReadAsync(new byte[1]));
    }

    private void Expect(AnyBuffer buffer, int index)
    {
        if (!Header)
        {
            SetLengths(buffer, index);
        }
    }

    private AnyBuffer Empty() => new(BufferPages.Rent(PagePool.Shared, AnyBuffer.Layout, new SegmentPlaces(AnyBuffer.Layout, ReaderPage)));

    private void SetLengths(AnyBuffer buffer, int index)
    {
        for (int i = 0; i < Segments.Length; i++)
        {
            buffer.Pages.SetLength(i, Lengths[index][i]);
        }
    }

    private static unsafe void Fill(AnyBuffer buffer, int index)
    {
        long position = index * 1_000_000L;
        buffer.ForEachSegment((address, length) =>
        {
            StreamPattern.Fill(new Span<byte>((void*)address, length), position);
            position += length;
        });
    }

    private unsafe void Check(AnyBuffer buffer, int index)
    {
        Assert.Equal(Lengths[index], Enumerable.Range(0, Segments.Length).Select(buffer.Pages.GetLength));
        long position = index * 1_000_000L;
        buffer.ForEachSegment((address, length) =>
        {
            if (StreamPattern.Mismatch(new ReadOnlySpan<byte>((void*)address, length), position) is >= 0 and var wrong)
            {
                Assert.Fail($"byte {wrong} of a segment of buffer {index} is wrong");
            }

            position += length;
        });
    }
}
