using System.Text.Json;

namespace VmSplice.Package.Tests.Support;

/// <summary>The log that <c>ErrorLog</c> asks the compiler for: SARIF 2.1.</summary>
internal sealed record SarifLog(IReadOnlyList<SarifRule> Rules, IReadOnlyList<SarifResult> Results)
{
    public static SarifLog Read(string path)
    {
        using JsonDocument log = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement run = log.RootElement.GetProperty("runs")[0];
        JsonElement driver = run.GetProperty("tool").GetProperty("driver");
        return new SarifLog(
            driver.TryGetProperty("rules", out JsonElement rules) ? [.. rules.EnumerateArray().Select(Rule)] : [],
            run.TryGetProperty("results", out JsonElement results) ? [.. results.EnumerateArray().Select(Result)] : []);
    }

    /// <summary>The levels that a rule was reported with in the examples of its own page.</summary>
    public IEnumerable<string> LevelsOf(string id)
        => Results.Where(result => result.Id == id && result.File.StartsWith($"{id}_", StringComparison.Ordinal)).Select(result => result.Level).Distinct();

    private static SarifRule Rule(JsonElement rule)
        => new(rule.GetProperty("id").GetString()!, rule.TryGetProperty("helpUri", out JsonElement uri) ? uri.GetString() : null);

    private static SarifResult Result(JsonElement result)
        => new(
            result.GetProperty("ruleId").GetString()!,
            result.TryGetProperty("level", out JsonElement level) ? level.GetString()! : "warning",
            result.TryGetProperty("locations", out JsonElement locations) && locations.GetArrayLength() > 0 ? FileOf(locations[0]) : "");

    private static string FileOf(JsonElement location)
        => Path.GetFileName(location.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!);
}
