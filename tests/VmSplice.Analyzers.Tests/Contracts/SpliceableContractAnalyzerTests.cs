using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

public sealed class SpliceableContractAnalyzerTests
{
    [Fact]
    public Task RuntimeNotReferenced_NothingAnalyzed()
        => AnalyzerTest.VerifyAsync<SpliceableContractAnalyzer>(
            """
            namespace Other { public sealed class SpliceableAttribute : Attribute; [Spliceable] public struct Record { public string Name; } }
            """,
            new AnalyzerTestOptions { ReferenceRuntime = false, Id = "VMS1001" });

    [Fact]
    public Task OtherAttributeOfThatName_NotReported()
        => AnalyzerTest.VerifyRuleAsync<SpliceableContractAnalyzer>(
            "VMS1001",
            "namespace Mine { public sealed class SpliceableAttribute : Attribute; [Mine.Spliceable] public struct Record { public string Name; } }");

    [Fact]
    public Task SeveralMistakes_EachReportedOnce()
        => AnalyzerTest.VerifyAsync<SpliceableContractAnalyzer>(
            """
            [Spliceable] public struct {|VMS1001:Record|}
            {
                public string {|VMS1002:Name|};
                public nint {|VMS1005:Size|};
                public DateTime {|VMS1006:Time|};
                public int? {|VMS1009:Maybe|};
            }
            """,
            new AnalyzerTestOptions { Id = "VMS1001" });

    [Fact]
    public Task SuppressedByPragma_NotReported()
        => AnalyzerTest.VerifyRuleAsync<SpliceableContractAnalyzer>(
            "VMS1002",
            """
            #pragma warning disable VMS1002
            [Spliceable] public partial struct Record { public string Name; }
            """);

    [Fact]
    public Task SeverityNoneInEditorConfig_NotReported()
        => AnalyzerTest.VerifyAsync<SpliceableContractAnalyzer>(
            "[Spliceable] public partial struct Record { public string Name; }",
            new AnalyzerTestOptions { Id = "VMS1002", EditorConfig = "[*.cs]\ndotnet_diagnostic.VMS1002.severity = none" });

    [Fact]
    public Task AttributeTwice_CompilerAlone()
        => ContractTest.VerifyErrorsAllowedAsync("VMS1001",
            """
            [Spliceable] public partial struct Record { public int Id; }
            [Spliceable] public partial struct Record { }
            """);
}
