using System.Diagnostics;

namespace VmSplice.Benchmarks.Harness;

/// <summary>Native/peer.c, compiled by <c>gcc -O2</c> once for a run.</summary>
internal static class NativePeer
{
    private static readonly Lazy<string> s_path = new(Compile);

    public static string Path => s_path.Value;

    private static string Compile()
    {
        string source = System.IO.Path.Combine(AppContext.BaseDirectory, "Native", "peer.c");
        string program = System.IO.Path.Combine(Scratch.Folder, "peer");
        using Process gcc = Process.Start("gcc", ["-O2", "-Wall", "-Wextra", "-o", program, source]);
        gcc.WaitForExit();
        return gcc.ExitCode == 0 ? program : throw new InvalidOperationException($"gcc could not compile {source}.");
    }
}
