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
        => new(Path.Combine(AppContext.BaseDirectory, "VmSplice.Benchmarks"), ["worker", kind, .. options]);

    /// <summary>The C program of this project.</summary>
    /// <param name="kind"><c>write</c>, <c>read</c>, or another of its kinds.</param>
    /// <param name="options">Its options, <c>name=value</c>.</param>
    public static Peer Native(string kind, params ReadOnlySpan<string> options)
        => new(NativePeer.Path, [kind, .. options]);

    /// <summary>The same process where the kernel is another one: through tests/VmSplice.KernelModes.</summary>
    /// <param name="mode">The mode.</param>
    public Peer Under(string? mode) => mode is null ? this : new Peer("dotnet", [KernelMode.Path, mode, "--", Program, .. Arguments]);

    /// <summary>The same process with a variable of the environment.</summary>
    public Peer With(string name, string value) => new("env", [$"{name}={value}", Program, .. Arguments]);

    public static string Option(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}");
}
