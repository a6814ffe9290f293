using System.Globalization;
using System.Text.RegularExpressions;
using VmSplice.Analyzers.Tests.Documentation;

namespace VmSplice.Package.Tests.Support;

/// <summary>What <c>docs/rules</c> promises of each rule, and its bad examples.</summary>
internal sealed partial record RulePage(string Id, string Severity, bool IsFixedUnattended, IReadOnlyList<string> BadExamples)
{
    public static IReadOnlyList<RulePage> All { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "rules"), "VMS*.md").Order(StringComparer.Ordinal).Select(Read)];

    public string Url => $"{Release.Url}/blob/main/docs/rules/{Id}.md";

    /// <summary>Writes the examples into a folder, each in a file and a namespace of its own.</summary>
    public void WriteExamplesTo(string folder)
    {
        for (int i = 0; i < BadExamples.Count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{Id}_{i + 1}");
            string usings = Usings().Match(BadExamples[i]).Value;
            File.WriteAllText(Path.Combine(folder, $"{name}.cs"), $"{usings}namespace Pages.{name};\n\n{BadExamples[i][usings.Length..]}");
        }
    }

    private static RulePage Read(string file)
    {
        string facts = File.ReadLines(file).First(line => line.StartsWith("Category", StringComparison.Ordinal));
        return new RulePage(
            Path.GetFileNameWithoutExtension(file),
            SeverityOnPage().Match(facts).Groups[1].Value.ToLowerInvariant(),
            FixOnPage().IsMatch(facts),
            [.. MarkdownBlocks.Of(file).Where(block => block.BrokenRule is not null).Select(block => block.Code)]);
    }

    [GeneratedRegex(@"(?i)severity\W*(\w+)")]
    private static partial Regex SeverityOnPage();

    // A fix that is by hand alone changes what the program means; dotnet format leaves it to the user.
    [GeneratedRegex(@"(?i)\bfix: yes\b(?!, by hand)")]
    private static partial Regex FixOnPage();

    [GeneratedRegex(@"\A(using [^\n]*;\n|\n)*")]
    private static partial Regex Usings();
}
