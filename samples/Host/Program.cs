using System.Diagnostics;
using System.Globalization;
using Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;

// host [SECONDS] [--stubborn]: runs for so long, or until Ctrl+C. host worker: the other process.
bool stubborn = args.Contains("--stubborn");
if (args is ["worker", ..])
{
    await Worker.RunAsync(stubborn);
    return;
}

HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
builder.Services.AddSingleton(new ProcessStartInfo(Environment.ProcessPath!, stubborn ? ["worker", "--stubborn"] : ["worker"]));
builder.Services.AddHostedService<VmSpliceLog>();
builder.Services.AddHostedService<TickService>();
builder.Services.AddOpenTelemetry().WithMetrics(static metrics => metrics.AddMeter("VmSplice").AddConsoleExporter());
using IHost host = builder.Build();

await host.StartAsync();
if (double.TryParse(args.FirstOrDefault(), CultureInfo.InvariantCulture, out double seconds))
{
    await Task.Delay(TimeSpan.FromSeconds(seconds));
}
else
{
    await host.WaitForShutdownAsync();
}

long start = Stopwatch.GetTimestamp();
await host.StopAsync();
double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stopped within {milliseconds:F0} ms; the deadline was 2000 ms"));
