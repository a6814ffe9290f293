namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>Correct, realistic code, on which no rule may say anything at all.</summary>
internal static partial class CorrectUsages
{
    public static IEnumerable<(string Name, string Source)> All => [.. s_buffers, .. s_holders, .. s_methods, .. s_records, .. s_raw];
}
