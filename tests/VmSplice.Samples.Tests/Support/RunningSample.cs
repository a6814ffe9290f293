using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace VmSplice.Samples.Tests.Support;

/// <summary>A sample's program that goes on until it is killed, and the lines that it prints.</summary>
internal sealed class RunningSample : IDisposable
{
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];

    public RunningSample(string program, params string[] arguments)
    {
        _process = Process.Start(SampleRun.Command(program, arguments))!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits for a line with these words, behind those that were waited for before.</summary>
    public async Task<string> WaitForLineAsync(string words)
    {
        using CancellationTokenSource late = new(s_late);
        try
        {
            while (true)
            {
                string line = await _lines.Reader.ReadAsync(late.Token);
                _seen.Add(line);
                if (line.Contains(words, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No line says \"{words}\" within {s_late}:\n{string.Join('\n', _seen)}");
        }
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks it to end (SIGTERM).</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using Process kill = Process.Start("kill", [_process.Id.ToString(CultureInfo.InvariantCulture)]);
        using CancellationTokenSource late = new(s_late);
        await _process.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Writer.TryWrite(line);
        }
    }
}
