namespace VmSplice.Generators.Model;

/// <summary>Where the page of a rule is; the only place that knows.</summary>
internal static class RuleHelp
{
    public static string For(string id) => $"https://github.com/vmsplice/VmSplice.Generators/blob/main/docs/rules/{id}.md";
}
