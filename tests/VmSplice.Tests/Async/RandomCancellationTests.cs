using CsCheck;

namespace VmSplice.Tests.Async;

/// <summary>
/// Several pipes at work at once, on some of which sends are cancelled at random points: the neighbours' bytes arrive as
/// sent, and on the pipe itself whatever was sent whole, then at most the beginning of the incomplete one.
/// </summary>
[Trait("Category", "Transport")]
public class RandomCancellationTests
{
    private readonly record struct Lane(PipeReaderKind Kind, int[] Lengths, int CancelAfter, int ReadLength);

    private static readonly Gen<Lane> Lanes = Gen.Select(
        Gen.Enum<PipeReaderKind>(),
        Gen.OneOf(Gen.Int[1, 100], Gen.Int[4_000, 5_000], Gen.Int[20_000, 200_000]).Array[1, 12],
        Gen.OneOf(Gen.Const(-1), Gen.Int[0, 300]),
        Gen.OneOf(Gen.Int[500, 9_000], Gen.Int[20_000, 100_000]),
        (kind, lengths, cancelAfter, readLength) => new Lane(kind, lengths, cancelAfter, readLength));

    [Fact]
    public Task CancellationAtRandomPoints_NeverConcernsANeighbour()
        => Lanes.Array[2, 8].SampleAsync(lanes => Task.WhenAll(lanes.Select(RunAsync)).InTime(), iter: ThisKernel.Rounds(200), threads: 1);

    private static async Task RunAsync(Lane lane)
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(Pages.Size);
        SpliceWriter writer = pipe.OpenWriter(PipeSetup.KeepWriterCapacity(lane.Kind));
        using SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        using CancellationTokenSource source = new();
        Task<long> sending = SendAsync(writer, lane, source);
        byte[] arrived = new byte[lane.ReadLength];
        int reads = 0;
        int read;
        while ((read = await reader.ReadAsync(arrived)) != 0)
        {
            Assert.Equal(-1, StreamPattern.Mismatch(arrived.AsSpan(0, read), reader.BytesRead - read));
            if (reads++ == lane.CancelAfter)
            {
                // From a thread of the pool, while the send is wherever it is by now.
                _ = Task.Run(source.Cancel);
            }
        }

        Assert.Equal(await sending, reader.BytesRead);
    }

    /// <summary>Sends until the end or the first cancellation, and returns what must arrive.</summary>
    private static async Task<long> SendAsync(SpliceWriter writer, Lane lane, CancellationTokenSource source)
    {
        using (writer)
        {
            long position = 0;
            foreach (int length in lane.Lengths)
            {
                PageBuffer<byte> buffer = writer.Rent<byte>(length);
                StreamPattern.Fill(buffer.Span, position);
                try
                {
                    await writer.SendAsync(buffer, source.Token);
                    position += length;
                }
                catch (OperationCanceledException e) when (e.InnerException is IncompleteSendException incomplete)
                {
                    position += incomplete.BytesAccepted;
                    Assert.Throws<IncompleteSendException>(() => writer.Write([0]));
                    break;
                }
                catch (OperationCanceledException)
                {
                    // Untouched: the writer goes on, with another token.
                    PageBuffer<byte> again = writer.Rent<byte>(length);
                    StreamPattern.Fill(again.Span, position);
                    await writer.SendAsync(again);
                    position += length;
                }
            }

            Assert.Equal(position, writer.BytesAccepted);
            return position;
        }
    }
}
