using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Relay.Demo;

/// <summary>A server of the demonstration's own: on a free port of the loopback interface, its files in a folder that goes with it.</summary>
internal sealed class LocalServer : IDisposable
{
    private static readonly TimeSpan s_readyWithin = TimeSpan.FromSeconds(20);

    private readonly Engine _engine;
    private readonly int _port;
    private Process? _process;

    private LocalServer(Engine engine)
    {
        _engine = engine;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        _port = ((IPEndPoint)probe.LocalEndpoint).Port;
        Folder = Directory.CreateTempSubdirectory("relay-").FullName;
    }

    public string Program => LogAddress.ProgramOf(_engine);

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    public string Folder { get; }

    public TimeSpan ProcessorTime => _process!.TotalProcessorTime;

    public static async Task<LocalServer> StartAsync(Engine engine)
    {
        var server = new LocalServer(engine);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Kill();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Starts the server again, on the same port and files.</summary>
    public async Task StartAsync()
    {
        string log = Path.Combine(Folder, "log");
        string port = _port.ToString(CultureInfo.InvariantCulture);

        string program = PathOf(_engine) ?? throw new FileNotFoundException($"{Program} is not installed: apt-get install {Program}.");

        // Redis writes each change to its file before it answers, but only with "always": with its default, "everysec", it answers first
        // while the disk is busy, and who kills it then loses what was acknowledged.
        _process = Process.Start(new ProcessStartInfo(program, _engine == Engine.Nats
            ? ["-js", "-sd", Folder, "-a", "127.0.0.1", "-p", port, "-l", log]
            : ["--bind", "127.0.0.1", "--port", port, "--dir", Folder, "--appendonly", "yes", "--appendfsync", "always", "--save", "", "--logfile", log]))!;
        long start = Stopwatch.GetTimestamp();
        while (!await AnswersAsync())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > s_readyWithin)
            {
                throw new InvalidOperationException($"{Program} did not start: {(File.Exists(log) ? await File.ReadAllTextAsync(log) : "it wrote nothing")}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Ends the server without a warning (SIGKILL).</summary>
    public void Kill()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Where the engine's server is installed, if it is.</summary>
    public static string? PathOf(Engine engine) => TryFind(LogAddress.ProgramOf(engine));

    /// <summary>Debian puts servers where the path of a user does not lead.</summary>
    private static string? TryFind(string program)
        => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/usr/local/sbin".Split(':').Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
