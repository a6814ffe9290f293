namespace VmSplice.Package.Tests.Support;

/// <summary>A diagnostic as the compiler's log has it; the level is <c>error</c>, <c>warning</c> or <c>note</c>.</summary>
internal sealed record SarifResult(string Id, string Level, string File);
