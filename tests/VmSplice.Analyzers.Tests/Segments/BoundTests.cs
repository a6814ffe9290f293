using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Segments;

/// <summary>VMS9999 of the analysis of values.</summary>
public sealed class BoundTests
{
    [Fact]
    public async Task FunctionsNestedTooDeeply_SaidSo()
    {
        string body = "RawPipe.VmSplice(pipe, new IoVec(address, length), SpliceFlags.None);";
        for (int i = 0; i < 12; i++)
        {
            body = $"void L{i}() {{ {body} }}";
        }

        Compilation compilation = TestCompilation.Create(RawSource.Method(body), RawSource.Options);
        ImmutableArray<Diagnostic> found = await AnalyzerRun.DiagnosticsOfAsync(compilation, RawSource.Options, new SegmentAnalyzer());

        Assert.Single(found, one => one.Id == "VMS9999");
    }
}
