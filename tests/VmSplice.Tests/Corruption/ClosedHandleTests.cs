namespace VmSplice.Tests.Corruption;

/// <summary>
/// What is in a pipe stays there when the write end is closed. Whoever closed it and rents all the same, or rents beside the Dispose, gets an exception or
/// other pages.
/// </summary>
public class ClosedHandleTests
{
    private const int Length = 256 * 1024;

    // The capacity of the pipe, in buffers.
    private const int InFlight = 4;

    [SkippableFact]
    public void HandleClosedByItsUser_RentHandsOutNothingThatIsInFlight()
    {
        ThisKernel.NeedsSharing();
        using SplicePipe pipe = SplicePipe.Create(InFlight * Length);
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        long first = FillWithPagesThatGoRound(writer, reader);

        writer.Handle.Dispose();
        try
        {
            for (int i = 0; i < 32; i++)
            {
                writer.RentUninitialized<byte>(Length).Span.Fill(0xEE);
            }
        }
        catch (ObjectDisposedException)
        {
            // As good.
        }

        AssertArrives(reader, first);
    }

    [SkippableFact]
    public void RentBesideDispose_HandsOutNothingThatIsInFlight()
    {
        ThisKernel.NeedsSharing();
        for (int round = 0; round < ThisKernel.Rounds(100); round++)
        {
            using SplicePipe pipe = SplicePipe.Create(InFlight * Length);
            using SpliceReader reader = pipe.OpenReader();
            SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
            long first = FillWithPagesThatGoRound(writer, reader);
            Background renting = Background.Run(() =>
            {
                try
                {
                    while (true)
                    {
                        PageBuffer<byte> buffer = writer.RentUninitialized<byte>(Length);
                        buffer.Span.Fill(0xEE);
                        buffer.Dispose();
                    }
                }
                catch (ObjectDisposedException)
                {
                    // What ends it.
                }
            });
            Thread.Yield();
            writer.Dispose();
            renting.Join();
            AssertArrives(reader, first);
        }
    }

    /// <summary>Sends and reads until pages come back, then sends as much as the pipe holds.</summary>
    /// <returns>The position of what is in the pipe.</returns>
    private static long FillWithPagesThatGoRound(SpliceWriter writer, SpliceReader reader)
    {
        byte[] arrived = new byte[Length];
        for (int i = 0; i < 16; i++)
        {
            Send(writer);
            reader.ReadExactly(arrived);
        }

        long first = writer.BytesAccepted;
        for (int i = 0; i < InFlight; i++)
        {
            Send(writer);
        }

        return first;
    }

    private static void Send(SpliceWriter writer)
    {
        PageBuffer<byte> buffer = writer.RentUninitialized<byte>(Length);
        StreamPattern.Fill(buffer.Span, writer.BytesAccepted);
        writer.Send(buffer);
    }

    private static void AssertArrives(SpliceReader reader, long first)
    {
        byte[] arrived = new byte[InFlight * Length];
        reader.ReadExactly(arrived);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, first));
    }
}
