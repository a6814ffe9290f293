namespace VmSplice.Package.Tests.Support;

/// <summary>A rule as the compiler's log describes it.</summary>
internal sealed record SarifRule(string Id, string? HelpUri);
