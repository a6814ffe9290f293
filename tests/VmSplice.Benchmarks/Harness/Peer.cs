using System.Globalization;

namespace VmSplice.Benchmarks.Harness;

/// <summary>A process to start: what runs, and with which arguments. The FIFO is added when it is started.</summary>
/// <param name="Program">The file to run.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record Peer(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>A worker of this program: see <see cref="Workers.WorkerProgram"/>.</summary>
    /// <param name="kind">The worker.</param>
    /// <param name="options">Its options, <c>name=value</c>.</param>
    public static Peer Own(string kind, params ReadOnlySpan<string> options)
        => new(Environment.ProcessPath!, ["worker", kind, .. options]);

    /// <summary>The C program of this project.</summary>
    /// <param name="direction"><c>write</c> or <c>read</c>.</param>
    /// <param name="options">Its options, <c>name=value</c>.</param>
    public static Peer Native(string direction, params ReadOnlySpan<string> options)
        => new(NativePeer.Path, [direction, .. options]);

    /// <summary>The same process where the kernel is another one: through tests/VmSplice.KernelModes.</summary>
    /// <param name="mode">The mode.</param>
    public Peer Under(string? mode) => mode is null ? this : new Peer("dotnet", [KernelMode.Path, mode, "--", Program, .. Arguments]);

    public static string Option(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}");
}
