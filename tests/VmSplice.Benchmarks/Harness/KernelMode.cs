namespace VmSplice.Benchmarks.Harness;

/// <summary>tests/VmSplice.KernelModes, which is built beside this program.</summary>
internal static class KernelMode
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "kernel-mode.dll");
}
