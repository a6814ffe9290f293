using System.Diagnostics;
using System.Globalization;

namespace VmSplice.Benchmarks.Harness;

/// <summary>A reader and a writer on a FIFO, or several writers or readers on as many, that move some bytes again and again.</summary>
/// <remarks>A pair has a processor for each. Where more processes run, nobody is bound to one.</remarks>
internal sealed class WorkerPair : IDisposable
{
    private readonly WorkerProcess[] _readers;
    private readonly WorkerProcess[] _writers;

    public WorkerPair(Side side)
    {
        // The second FIFO is the way back, or that of the second writer or reader.
        string fifo = Scratch.NextName("fifo");
        string[] fifos =
            [fifo, .. Enumerable.Range(1, Math.Max(1, side.Readers - 1)).Select(index => string.Create(CultureInfo.InvariantCulture, $"{fifo}.{index}"))];
        using (Process mkfifo = Process.Start("mkfifo", fifos))
        {
            mkfifo.WaitForExit();
        }

        bool isPair = side.Writers == 1 && side.Readers == 1;
        int? readers = isPair ? 1 % Environment.ProcessorCount : null;
        int? writers = isPair ? 0 : null;
        _readers = [.. Enumerable.Range(0, side.Readers).Select(index => new WorkerProcess(side.Reader, fifos[index], readers))];
        _writers = [.. Enumerable.Range(0, side.Writers).Select(index => new WorkerProcess(side.Writer, fifos[index], writers))];
        Array.ForEach(_readers, static reader => reader.WaitUntilReady());
        Array.ForEach(_writers, static writer => writer.WaitUntilReady());
    }

    public Round Run(long bytes)
    {
        Array.ForEach(_readers, reader => reader.Begin(bytes));
        Array.ForEach(_writers, writer => writer.Begin(bytes / _writers.Length));
        Answer[] written = Array.ConvertAll(_writers, static writer => writer.End());
        return new Round(bytes, Answer.Join(written), Answer.Join(Array.ConvertAll(_readers, static reader => reader.End())));
    }

    public void Dispose()
    {
        Array.ForEach(_writers, static writer => writer.Dispose());
        Array.ForEach(_readers, static reader => reader.Dispose());
    }
}
