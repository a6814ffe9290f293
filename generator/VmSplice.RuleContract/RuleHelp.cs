namespace VmSplice.RuleContract;

/// <summary>Where the page of a rule is: the only place that knows.</summary>
public static class RuleHelp
{
    /// <summary>The address of the page of a rule.</summary>
    public static string For(string id) => $"https://github.com/vmsplice/VmSplice.Generators/blob/main/docs/rules/{id}.md";
}
