using System.Reflection;
using System.Text.RegularExpressions;

namespace VmSplice.Tests.ManPage;

/// <summary>docs/kernel.md names the test of each statement; every name must be that of a test.</summary>
public partial class DocumentationTests
{
    private static readonly HashSet<string> Tests =
    [
        .. from type in Assembly.GetExecutingAssembly().GetTypes()
           from method in type.GetMethods()
           where method.GetCustomAttributes<FactAttribute>().Any()
           select $"{type.Name}.{method.Name}",
    ];

    private static string Page { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "kernel.md"));

    [Fact]
    public void EveryTestNamedInTheTable_Exists()
    {
        string[] named = [.. TestName().Matches(Page).Select(match => match.Groups[1].Value)];
        Assert.InRange(named.Length, 40, 1_000);
        Assert.All(named, name => Assert.Contains(name, Tests));
    }

    [Fact]
    public void EveryStatementOfTheTable_HasATest()
    {
        string[] rows =
            [.. Page[..Page.IndexOf("## Thresholds", StringComparison.Ordinal)].Split('\n')
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| statement", StringComparison.Ordinal))];
        Assert.InRange(rows.Length, 30, 1_000);
        Assert.All(rows, row => Assert.Matches(TestName(), row));
    }

    [Fact]
    public void EveryTestOfTheManPage_IsInTheTable()
        => Assert.All(
            Tests.Where(test => ManPageClasses().IsMatch(test)),
            test => Assert.Contains($"`{test}`", Page, StringComparison.Ordinal));

    [GeneratedRegex("`([A-Za-z]+Tests\\.[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();

    [GeneratedRegex("^(WriteEnd|ReadEnd|Flag|Error)Tests\\.")]
    private static partial Regex ManPageClasses();
}
