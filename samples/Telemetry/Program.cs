using System.CommandLine;
using System.Diagnostics;
using Spectre.Console;
using Telemetry;
using VmSplice;

var fifo = new Argument<string>("fifo") { Description = "Where agent and collector meet; made where there is none." };
var rate = new Option<int>("--rate") { Description = "Samples a second.", DefaultValueFactory = static _ => 100 };
rate.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 1 or > 1000)
    {
        result.AddError("--rate is from 1 to 1000.");
    }
});
var seconds = new Option<double?>("--seconds") { Description = "Ends after so long; without it, with Ctrl+C." };

var agent = new Command("agent", "Takes samples, and sends them to whichever collector reads the FIFO.") { fifo, rate };
agent.SetAction((given, cancellation) => RunAgentAsync(MakeFifo(given.GetValue(fifo)!), given.GetValue(rate), cancellation));

var collect = new Command("collect", "Draws what an agent writes to the FIFO.") { fifo, seconds };
collect.SetAction((given, cancellation) => RunCollectorAsync(MakeFifo(given.GetValue(fifo)!), given.GetValue(seconds), cancellation));

var root = new RootCommand("Samples this machine in one process and draws it in another. Without a command, both.") { rate, seconds, agent, collect };
root.SetAction(async (given, cancellation) =>
{
    DirectoryInfo folder = Directory.CreateTempSubdirectory("telemetry-");
    string meeting = MakeFifo(Path.Combine(folder.FullName, "samples"));
    string[] arguments = ["agent", meeting, "--rate", $"{given.GetValue(rate)}"];
    using Process child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardError = true })!;
    try
    {
        await RunCollectorAsync(meeting, given.GetValue(seconds), cancellation);
    }
    finally
    {
        child.Kill();
        folder.Delete(recursive: true);
    }
});
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
{
    Console.Error.WriteLine($"telemetry: {e.Message}");
    return 1;
}

static Task RunAgentAsync(string fifo, int rate, CancellationToken cancellation)
    => new Agent(fifo, TimeSpan.FromSeconds(1) / rate, Console.Error).RunAsync(cancellation);

static async Task RunCollectorAsync(string fifo, double? seconds, CancellationToken cancellation)
{
    using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    if (seconds is { } most)
    {
        ending.CancelAfter(TimeSpan.FromSeconds(most));
    }

    await (AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
        ? LiveView.RunAsync(show => Collector.RunAsync(fifo, show, ending.Token))
        : Collector.RunAsync(fifo, new PlainView(Console.Out).Show, ending.Token));
}

static string MakeFifo(string path)
{
    try
    {
        SplicePipe.CreateFifo(path);
    }
    catch (SystemCallException) when (File.Exists(path))
    {
        // The other side was first.
    }

    return path;
}
