using System.Diagnostics;

namespace VmSplice.Benchmarks.Harness;

/// <summary>A reader and a writer on a FIFO, or several writers on as many, that move some bytes again and again.</summary>
/// <remarks>A pair has a processor for each. Where more processes run, nobody is bound to one.</remarks>
internal sealed class WorkerPair : IDisposable
{
    private readonly WorkerProcess _reader;
    private readonly WorkerProcess[] _writers;

    public WorkerPair(Side side)
    {
        // The second FIFO is the way back, or that of the second writer.
        string fifo = Scratch.NextName("fifo");
        string[] fifos = [fifo, fifo + ".1"];
        using (Process mkfifo = Process.Start("mkfifo", fifos))
        {
            mkfifo.WaitForExit();
        }

        int? readers = side.Writers > 1 ? null : 1 % Environment.ProcessorCount;
        int? writers = side.Writers > 1 ? null : 0;
        _reader = new WorkerProcess(side.Reader, fifo, readers);
        _writers = [.. Enumerable.Range(0, side.Writers).Select(index => new WorkerProcess(side.Writer, fifos[index], writers))];
        _reader.WaitUntilReady();
        Array.ForEach(_writers, static writer => writer.WaitUntilReady());
    }

    public Round Run(long bytes)
    {
        _reader.Begin(bytes);
        Array.ForEach(_writers, writer => writer.Begin(bytes / _writers.Length));
        Answer[] written = Array.ConvertAll(_writers, static writer => writer.End());
        return new Round(bytes, Answer.Join(written), _reader.End());
    }

    public void Dispose()
    {
        Array.ForEach(_writers, static writer => writer.Dispose());
        _reader.Dispose();
    }
}
