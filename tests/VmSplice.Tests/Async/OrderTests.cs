namespace VmSplice.Tests.Async;

/// <summary>Many senders at once, with threads and without: each send stays in one piece, and they go in turn.</summary>
[Trait("Category", "Transport")]
public class OrderTests
{
    private const int Length = 100_000;

    [Fact]
    public async Task SendsWithAndWithoutThreads_EachStayInOnePiece()
    {
        const int Senders = 6;
        int each = ThisKernel.Rounds(60);
        using var pipe = new WaitingSend(PipeReaderKind.Copying);
        Background[] threads = [.. Enumerable.Range(0, Senders / 2).Select(sender => Background.Run(() =>
        {
            for (int i = 0; i < each; i++)
            {
                pipe.Writer.Send(Marked(pipe.Writer, sender));
            }
        }))];
        Task[] tasks = [.. Enumerable.Range(Senders / 2, Senders / 2).Select(async sender =>
        {
            for (int i = 0; i < each; i++)
            {
                await pipe.Writer.SendAsync(Marked(pipe.Writer, sender));
            }
        })];

        int[] seen = new int[Senders];
        byte[] arrived = new byte[Length];
        for (int i = 0; i < Senders * each; i++)
        {
            await pipe.Reader.ReadExactlyAsync(arrived).InTime();
            Assert.Equal(-1, arrived.AsSpan().IndexOfAnyExcept(arrived[0]));
            seen[arrived[0]]++;
        }

        await Task.WhenAll(tasks).InTime();
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(seen, count => Assert.Equal(each, count));
    }

    [Fact]
    public async Task SendsThatWait_GoInTheOrderOfTheirCalls()
    {
        using var pipe = new WaitingSend();
        pipe.Fill();
        Task[] sends = [.. Enumerable.Range(0, 50).Select(i => pipe.Writer.SendAsync(Marked(pipe.Writer, i)).InTime())];
        pipe.AssertArrives(0, WaitingSend.Capacity);
        byte[] arrived = new byte[Length];
        for (int i = 0; i < sends.Length; i++)
        {
            await pipe.Reader.ReadExactlyAsync(arrived).InTime();
            Assert.Equal(i, arrived[0]);
            Assert.Equal(i, arrived[^1]);
        }

        await Task.WhenAll(sends);
    }

    [Fact]
    public async Task ThreadThatWaitsItsTurn_IsNotOvertakenForEver()
    {
        using var pipe = new WaitingSend();
        pipe.Fill();
        ValueTask first = pipe.Writer.SendAsync(Marked(pipe.Writer, 1));
        Background thread = Background.Run(() => pipe.Writer.Send(Marked(pipe.Writer, 2)));
        Assert.True(SpinWait.SpinUntil(() => pipe.Writer.Sender.Turns.Waiting == 1, TimeSpan.FromSeconds(60)), "the thread does not queue");
        ValueTask last = pipe.Writer.SendAsync(Marked(pipe.Writer, 3));
        pipe.AssertArrives(0, WaitingSend.Capacity);
        byte[] arrived = new byte[Length];
        byte[] order = new byte[3];
        for (int i = 0; i < order.Length; i++)
        {
            pipe.Reader.ReadExactly(arrived);
            order[i] = arrived[0];
        }

        Assert.Equal([1, 2, 3], order);
        thread.Join();
        await Task.WhenAll(first.InTime(), last.InTime());
    }

    [Fact]
    public async Task ThreadInterruptedWhileItWaitsItsTurn_TheOthersGo()
    {
        using var pipe = new WaitingSend();
        pipe.Fill();
        ValueTask first = pipe.Writer.SendAsync(Marked(pipe.Writer, 1));
        Exception? seen = null;
        var thread = new Thread(() => seen = Record.Exception(() => pipe.Writer.Write([2])));
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => pipe.Writer.Sender.Turns.Waiting == 1, TimeSpan.FromSeconds(60)), "the thread does not queue");
        thread.Interrupt();
        Assert.True(thread.Join(TimeSpan.FromSeconds(60)), "the thread does not end");
        Assert.IsType<ThreadInterruptedException>(seen);
        Assert.Equal(0, pipe.Writer.Sender.Turns.Waiting);
        ValueTask last = pipe.Writer.SendAsync(Marked(pipe.Writer, 3));
        pipe.AssertArrives(0, WaitingSend.Capacity);
        byte[] arrived = new byte[2 * Length];
        await pipe.Reader.ReadExactlyAsync(arrived).InTime();
        await Task.WhenAll(first.InTime(), last.InTime());
        Assert.Equal((1, 3), (arrived[0], arrived[^1]));
    }

    private static PageBuffer<byte> Marked(SpliceWriter writer, int sender)
    {
        PageBuffer<byte> buffer = writer.Rent<byte>(Length);
        buffer.Span.Fill((byte)sender);
        return buffer;
    }
}
