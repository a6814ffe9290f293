using System.Diagnostics;

namespace VmSplice.Benchmarks.Harness;

/// <summary>A writer and a reader on one FIFO, each on its own processor, that move some bytes again and again.</summary>
internal sealed class WorkerPair : IDisposable
{
    private readonly WorkerProcess _reader;
    private readonly WorkerProcess _writer;

    public WorkerPair(Side side)
    {
        string fifo = Scratch.NextName("fifo");
        using (Process mkfifo = Process.Start("mkfifo", [fifo]))
        {
            mkfifo.WaitForExit();
        }

        _reader = new WorkerProcess(side.Reader, fifo, processor: 1 % Environment.ProcessorCount);
        _writer = new WorkerProcess(side.Writer, fifo, processor: 0);
        _reader.WaitUntilReady();
        _writer.WaitUntilReady();
    }

    public Round Run(long bytes)
    {
        _reader.Begin(bytes);
        _writer.Begin(bytes);
        return new Round(bytes, _writer.End(), _reader.End());
    }

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
    }
}
