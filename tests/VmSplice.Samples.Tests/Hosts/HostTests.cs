using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Host;
using Microsoft.Extensions.Logging;
using VmSplice.Samples.Tests.Support;

namespace VmSplice.Samples.Tests.Hosts;

/// <summary>samples/Host: it stops within its deadline, whether its worker obeys or not, and says what the library says.</summary>
public sealed partial class HostTests
{
    [Fact]
    public async Task WorkerThatObeys_IsReadToItsEnd()
    {
        SampleRun run = await SampleRun.OfAsync("host", TimeSpan.FromMinutes(1), "3");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("The worker completed its stream", run.Output, StringComparison.Ordinal);
        Assert.InRange(StoppedWithin(run), 0, 2_000);
        Assert.Contains("vmsplice.records", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorkerThatHangs_IsCutAtTheDeadline()
    {
        SampleRun run = await SampleRun.OfAsync("host", TimeSpan.FromMinutes(1), "1", "--stubborn");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("The deadline came", run.Output, StringComparison.Ordinal);
        Assert.InRange(StoppedWithin(run), 1_900, 10_000);
    }

    [Fact]
    public async Task SendThatIsCutHalfWay_IsInTheLog()
    {
        var lines = new ConcurrentQueue<string>();
        using var provider = new QueueProvider(lines);
        using ILoggerFactory loggers = LoggerFactory.Create(builder => builder.AddProvider(provider));
        using var log = new VmSpliceLog(loggers);
        using SplicePipe pipe = SplicePipe.Create(64 * 1024);
        using SpliceWriter writer = pipe.OpenWriter();
        using CancellationTokenSource cut = new();

        Task writing = writer.WriteAsync(new byte[1024 * 1024], cut.Token).AsTask();    // the pipe takes its 64 KiB at once
        await cut.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);

        Assert.Contains(lines, line => line.Contains("SendIncomplete", StringComparison.Ordinal));
    }

    private static int StoppedWithin(SampleRun run) => int.Parse(Stopped().Match(run.Output).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"stopped within (\d+) ms")]
    private static partial Regex Stopped();

    private sealed class QueueProvider(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
