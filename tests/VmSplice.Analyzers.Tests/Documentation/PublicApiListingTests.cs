using Xunit;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>The listing of the public surface can be read and compared: sorted, and every type in it says what may be null.</summary>
public sealed class PublicApiListingTests
{
    private static readonly string[] s_lines = File.ReadAllLines(Path.Combine(Repository.Root, "src", "VmSplice", "PublicAPI.Unshipped.txt"));

    [Fact]
    public void Entries_AreSorted()
    {
        string[] entries = s_lines[1..];
        Assert.Equal("#nullable enable", s_lines[0]);
        Assert.Equal(entries.Order(StringComparer.Ordinal), entries);
    }

    [Fact]
    public void Entries_AllSayWhatMayBeNull() => Assert.DoesNotContain(s_lines, line => line.StartsWith('~'));
}
