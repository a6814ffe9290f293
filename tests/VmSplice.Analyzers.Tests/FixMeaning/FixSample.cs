namespace VmSplice.Analyzers.Tests.FixMeaning;

/// <summary>A program that breaks a rule, to be fixed and looked at again.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Name">What is special about it.</param>
/// <param name="Source">
/// The program. One with top-level statements runs as it is; a library runs where it has a type <c>Sample</c> with a method
/// <c>static string Run()</c>, and is only compiled where it has none.
/// </param>
/// <param name="OtherSources">More files of it.</param>
internal sealed record FixSample(string Rule, string Name, string Source, params string[] OtherSources)
{
    /// <summary>What is in its layout file; <see langword="null"/> where it has none.</summary>
    public string? Layouts { get; init; }

    public override string ToString() => $"{Rule}, {Name}";
}
