using System.Diagnostics;
using System.Globalization;

namespace VmSplice.Benchmarks.Harness;

/// <summary>A started worker, on a processor of its own.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _description;

    public WorkerProcess(Peer peer, string fifo, int processor)
    {
        _description = $"{Path.GetFileName(peer.Program)} {string.Join(' ', peer.Arguments)}";
        var start = new ProcessStartInfo("taskset", ["-c", processor.ToString(CultureInfo.InvariantCulture), peer.Program, .. peer.Arguments, $"fifo={fifo}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
    }

    public int Id => _process.Id;

    /// <summary>Waits until the worker has opened its end.</summary>
    public void WaitUntilReady()
    {
        if (_process.StandardOutput.ReadLine() != "ready")
        {
            throw Failed();
        }
    }

    public void Begin(long bytes)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {bytes}"));
        _process.StandardInput.Flush();
    }

    public Answer End() => _process.StandardOutput.ReadLine() is { } line ? Answer.Parse(line) : throw Failed();

    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }

        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private InvalidOperationException Failed()
    {
        _process.WaitForExit(TimeSpan.FromSeconds(5));
        return new InvalidOperationException($"The worker '{_description}' ended{(_process.HasExited ? $" with {_process.ExitCode}" : "")}.");
    }
}
