using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>What a test source is compiled against: the framework this process runs on, and the VmSplice runtime.</summary>
internal static class References
{
    public static IReadOnlyList<MetadataReference> Framework { get; } = LoadFramework();

    public static MetadataReference Runtime { get; } =
        MetadataReference.CreateFromFile(typeof(SpliceableAttribute).Assembly.Location);

    private static List<MetadataReference> LoadFramework()
    {
        // The list also names the test's own packages; a user's project has only what lies beside the core library.
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return [.. trusted.Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Select(path => MetadataReference.CreateFromFile(path))];
    }
}
