using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

public sealed class CorrectUsageTests
{
    public static TheoryData<string> Names() => [.. CorrectUsages.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Correct_Silent(string name) => AnalyzerTest.VerifyAsync(
        CorrectUsages.All.Single(one => one.Name == name).Source, AnalyzerTestOptions.Default, new LifetimeAnalyzer());
}
