using System.Diagnostics;

namespace VmSplice.AnalyzerCost;

/// <summary>A code base that others wrote, at a commit.</summary>
internal sealed record OtherRepository(string Name, string Commit)
{
    /// <summary>The largest that we could get, by files, and one that rents most arrays from a pool.</summary>
    public static OtherRepository[] All { get; } =
    [
        new("stride3d/stride", "34c7f40f052bd3aaccc3d2cf316fa8fa8e9bf00a"),
        new("dotnet/efcore", "ecd0ba4c23377e479ce94c74119c499f1339351c"),
        new("dotnet/wpf", "1cfc37f708f91ff4556bd25af414546c446f3a16"),
        new("dotnet/winforms", "2278c7fbbc460c8030f1ed236e44a09219f2fa57"),
        new("AvaloniaUI/Avalonia", "37f3e607a6bc970354b70e3b7dfa817e2bd8cf88"),
        new("apache/lucenenet", "2cde8b5e9f84ec5f8f4428cd979693093c45c74f"),
        new("dotnet/orleans", "e558829b0b0f696e98c222438106e643fb53928f"),
        new("dotnet/msbuild", "05f089128b4b06b2c6a489a0602c18a53b18de38"),
        new("akkadotnet/akka.net", "07c2b51640e94bdc35dcff15155abb5bcbe4d8e2"),
        new("SixLabors/ImageSharp", "bc01295d68460b3fb24307cc778431218220f0c3"),
        new("dotnet/machinelearning", "cd2fbd617c13bcb98ec8b6554bfa20ac603e4572"),
    ];

    /// <summary>Brings the C# files of the commit into a folder below <paramref name="folder"/>, where they are not there yet, and says where.</summary>
    public string BringInto(string folder)
    {
        string here = Path.Combine(folder, Name.Replace('/', '+'));
        string done = Path.Combine(here, ".git", $"vmsplice-{Commit}");
        if (!File.Exists(done))
        {
            Directory.CreateDirectory(here);
            Git(here, "init", "--quiet");
            Git(here, "config", "remote.origin.url", $"https://github.com/{Name}.git");
            Git(here, "config", "remote.origin.promisor", "true");
            Git(here, "config", "remote.origin.partialclonefilter", "blob:none");
            Git(here, "sparse-checkout", "set", "--no-cone", "*.cs");
            Git(here, "fetch", "--quiet", "--depth", "1", "--filter=blob:none", "origin", Commit);
            Git(here, "-c", "advice.detachedHead=false", "checkout", "--quiet", "--force", Commit);
            File.WriteAllText(done, "");
        }

        return here;
    }

    private static void Git(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, Environment = { ["GIT_LFS_SKIP_SMUDGE"] = "1" } };
        using Process git = Process.Start(start)!;
        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException($"'git {string.Join(' ', arguments)}' failed in {folder}.");
        }
    }
}
