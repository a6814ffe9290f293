using System.Runtime.InteropServices;
using CsCheck;

namespace VmSplice.Tests.Properties;

/// <summary>Whatever mixture of sends, gifts, frozen pages and writes: the bytes arrive in order and as sent.</summary>
[Trait("Category", "Transport")]
public class ByteTests
{
    private enum Way
    {
        Send,
        SendPart,
        SendOfNoWriter,
        Gift,
        Freeze,
        WriteBytes,
        WriteValues,
    }

    private static readonly Gen<(Way Way, int Length)[]> Sends = Gen.Select(
        Gen.Enum<Way>(),
        Gen.OneOf(Gen.Int[0, 9], Gen.Int[4_090, 4_100], Gen.Int[10_000, 300_000])).Array[0, 25];

    [Fact]
    public void AnySequenceOfSends_ArrivesInOrderAndAsSent()
        => Gen.Select(Sends, Gen.OneOf(Gen.Const(4096), Gen.Const(65536), Gen.Const(1048576)), Gen.Enum<PipeReaderKind>(),
            Gen.OneOf(Gen.Int[1, 50_000], Gen.Int[100_000, 500_000]))
            .Sample((sends, capacity, kind, read) => Check(sends, capacity, kind, read), iter: ThisKernel.Rounds(300), threads: 1);

    [Fact]
    public void SendsOfManyThreads_EachStayInOnePiece()
    {
        const int Threads = 4;
        const int Sends = 200;
        const int Length = 50_000;
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader reader = pipe.OpenReader();
        SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        Background[] senders = [.. Enumerable.Range(0, Threads).Select(thread => Background.Run(() =>
        {
            for (int i = 0; i < Sends / Threads; i++)
            {
                PageBuffer<byte> buffer = writer.Rent<byte>(Length);
                buffer.Span.Fill((byte)thread);
                writer.Send(buffer);
            }
        }))];

        byte[] arrived = new byte[Length];
        int[] seen = new int[Threads];
        for (int i = 0; i < Sends; i++)
        {
            reader.ReadExactly(arrived);
            Assert.Equal(-1, arrived.AsSpan().IndexOfAnyExcept(arrived[0]));
            seen[arrived[0]]++;
        }

        Assert.All(seen, count => Assert.Equal(Sends / Threads, count));
        Array.ForEach(senders, sender => sender.Join());
        writer.Dispose();
        Assert.Equal(0, reader.Read(arrived));
    }

    private static void Check((Way Way, int Length)[] sends, int capacity, PipeReaderKind kind, int readLength)
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(capacity);
        SpliceWriter writer = pipe.OpenWriter(PipeSetup.KeepWriterCapacity(kind));
        using SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        long sent = -1;
        Background sender = Background.Run(() =>
        {
            using (writer)
            {
                long position = 0;
                foreach ((Way way, int length) in sends)
                {
                    position += Send(writer, way, length, position);
                    Assert.Equal(position, writer.BytesAccepted);
                }

                sent = position;
            }
        });

        byte[] arrived = new byte[readLength];
        int read;
        while ((read = reader.Read(arrived)) != 0)
        {
            Assert.Equal(-1, StreamPattern.Mismatch(arrived.AsSpan(0, read), reader.BytesRead - read));
        }

        sender.Join();
        Assert.Equal(sent, reader.BytesRead);
    }

    private static long Send(SpliceWriter writer, Way way, int length, long position)
    {
        switch (way)
        {
            case Way.Send:
                writer.Send(Filled(writer.Rent<byte>(length), position));
                return length;
            case Way.SendPart:
                writer.Send(Filled(writer.Rent<byte>(length + 5_000), position), length);
                return length;
            case Way.SendOfNoWriter:
                writer.Send(Filled(PageBuffer<byte>.Allocate(length), position));
                return length;
            case Way.Gift:
                int whole = length / Pages.Size * Pages.Size;
                writer.Gift(Filled(writer.Rent<byte>(whole), position));
                return whole;
            case Way.Freeze:
                using (FrozenPages<byte> pages = Filled(writer.Rent<byte>(length), position).Freeze())
                {
                    writer.Send(pages);
                }

                return length;
            case Way.WriteBytes:
                writer.Write(StreamPattern.Take(position, length));
                return length;
            default:
                ReadOnlySpan<long> values = MemoryMarshal.Cast<byte, long>(StreamPattern.Take(position, length / 8 * 8));
                writer.Write(values);
                return length / 8 * 8;
        }
    }

    private static PageBuffer<byte> Filled(PageBuffer<byte> buffer, long position)
    {
        StreamPattern.Fill(buffer.Span, position);
        return buffer;
    }
}
