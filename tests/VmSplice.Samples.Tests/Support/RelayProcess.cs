using System.Diagnostics;
using System.Globalization;
using Relay;

namespace VmSplice.Samples.Tests.Support;

/// <summary>How a command of the relay ended, and what it said on standard error.</summary>
internal sealed record RelayRun(int ExitCode, string Words);

/// <summary>A command of the relay, between pipes of the test.</summary>
internal sealed class RelayProcess : IDisposable
{
    public RelayProcess(string command, string[] arguments)
    {
        ProcessStartInfo start = SampleRun.Command("relay", [command, .. arguments]);
        start.RedirectStandardInput = true;
        Process = Process.Start(start)!;
    }

    public Process Process { get; }

    /// <summary>What Ctrl+C does: SIGINT.</summary>
    public void Interrupt()
    {
        using Process kill = Process.Start("kill", ["-INT", Process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Reads its stream of readings to the end.</summary>
    public async Task<long> CountRecordsAsync(CancellationToken late)
    {
        using RecordReader<Reading> readings = Reading.CreateReader(SpliceReader.OpenChildOutput(Process));
        while (!(await readings.ReadBatchAsync(late)).IsEmpty)
        {
        }

        return readings.RecordsRead;
    }

    /// <summary>Reads its answers to the end.</summary>
    /// <returns>How many bytes.</returns>
    public async Task<int> DrainAsync(CancellationToken late)
    {
        byte[] buffer = new byte[4096];
        int all = 0;
        for (int read = 1; read != 0; all += read)
        {
            read = await Process.StandardOutput.BaseStream.ReadAsync(buffer, late);
        }

        return all;
    }

    public async Task<RelayRun> EndAsync(CancellationToken late)
    {
        string words = await Process.StandardError.ReadToEndAsync(late);
        await Process.WaitForExitAsync(late);
        return new RelayRun(Process.ExitCode, words.TrimEnd());
    }

    public void Dispose()
    {
        Process.Kill(entireProcessTree: true);
        Process.Dispose();
    }
}
