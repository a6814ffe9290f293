using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Testing;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>Short forms of the harness for the contract rules.</summary>
internal static class ContractTest
{
    public static Task<AnalyzerResult> VerifyAsync(string id, string source)
        => AnalyzerTest.VerifyRuleAsync<SpliceableContractAnalyzer>(id, source);

    /// <summary>The members of a spliceable struct called <c>Record</c>.</summary>
    public static Task<AnalyzerResult> VerifyFieldsAsync(string id, string members, string others = "")
        => VerifyAsync(id, $$"""
            using System.Runtime.CompilerServices;
            using System.Runtime.InteropServices;
            [Spliceable] public unsafe partial struct Record { {{members}} }
            {{others}}
            """);

    public static Task<AnalyzerResult> VerifyErrorsAllowedAsync(string id, string source)
        => AnalyzerTest.VerifyAsync<SpliceableContractAnalyzer>(source, new AnalyzerTestOptions { Id = id, AllowCompilerErrors = true });
}
