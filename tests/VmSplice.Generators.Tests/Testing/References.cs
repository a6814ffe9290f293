using Microsoft.CodeAnalysis;

namespace VmSplice.Generators.Tests.Testing;

/// <summary>The framework this process runs on, and the runtime under test.</summary>
internal static class References
{
    public static IReadOnlyList<MetadataReference> All { get; } = Load();

    /// <summary>New references each time, whose symbols are not those of another compilation.</summary>
    public static List<MetadataReference> Load()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return [.. trusted.Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(SpliceableAttribute).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path))];
    }
}
