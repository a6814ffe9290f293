using System.Diagnostics;
using System.Globalization;

namespace VmSplice.Benchmarks.Harness;

/// <summary>A started worker, on a processor of its own or on any.</summary>
internal sealed class WorkerProcess : IDisposable
{
    /// <summary>Longer than any round; a worker that hangs must not take the whole run with it.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly string _description;

    public WorkerProcess(Peer peer, string fifo, int? processor)
    {
        _description = $"{Path.GetFileName(peer.Program)} {string.Join(' ', peer.Arguments)}";
        string[] command = [peer.Program, .. peer.Arguments, $"fifo={fifo}"];
        if (processor is { } number)
        {
            command = ["taskset", "-c", number.ToString(CultureInfo.InvariantCulture), .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };

        // A process that is bound to one processor waits ten times as long as others before its hot methods are compiled anew (a second after
        // the last new one), and a short stream or message would be measured in the code of its first seconds.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "0";
        _process = Process.Start(start)!;
    }

    /// <summary>Waits until the worker has opened its end.</summary>
    public void WaitUntilReady()
    {
        if (ReadLine() != "ready")
        {
            throw Failed();
        }
    }

    public void Begin(long bytes)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {bytes}"));
        _process.StandardInput.Flush();
    }

    public Answer End() => ReadLine() is { } line ? Answer.Parse(line) : throw Failed();

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

    private string? ReadLine()
    {
        using CancellationTokenSource patience = new(s_patience);
        try
        {
            return _process.StandardOutput.ReadLineAsync(patience.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"The worker '{_description}' said nothing for {s_patience.TotalSeconds:F0} s.");
        }
    }

    private InvalidOperationException Failed()
    {
        _process.WaitForExit(TimeSpan.FromSeconds(5));
        return new InvalidOperationException($"The worker '{_description}' ended{(_process.HasExited ? $" with {_process.ExitCode}" : "")}.");
    }
}
