using System.Diagnostics;

namespace VmSplice.Tests.Support;

/// <summary>The sample programs, as they are built, and the programs of others that they are piped to.</summary>
internal static class Tool
{
    internal static string CatPath { get; } = Path.Combine(AppContext.BaseDirectory, "vmcat.dll");

    internal static string DoctorPath { get; } = Path.Combine(AppContext.BaseDirectory, "vmdoctor.dll");

    /// <summary>The command for a shell; arguments are to be quoted by the caller.</summary>
    internal static string Cat(string arguments) => $"'{Child.DotNet}' '{CatPath}' {arguments}";

    /// <summary>Skips the test where a program of others is missing.</summary>
    internal static void Needs(string program)
    {
        using Process which = Child.Start(Child.Shell($"command -v {program}"));
        which.StandardOutput.ReadToEnd();
        which.WaitForExit();
        Skip.If(which.ExitCode != 0, $"{program} is not installed");
    }
}
