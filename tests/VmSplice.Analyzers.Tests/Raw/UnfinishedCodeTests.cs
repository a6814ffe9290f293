using CsCheck;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Raw;

/// <summary>Code that is being typed is broken most of the time: no analyzer may fail on it.</summary>
public sealed class UnfinishedCodeTests
{
    [Fact]
    public void TokensRemovedAtRandom_NothingThrows()
    {
        string source = string.Join('\n', CorrectUsageTests.Sources.Values);
        string[] lines = RawSource.Method("", source).Split('\n');
        Gen.Int[0, int.MaxValue].Array[12].Sample(
            cuts =>
            {
                string[] broken = [.. lines];
                foreach (int cut in cuts)
                {
                    string line = broken[cut % broken.Length];
                    if (line.Length > 0)
                        broken[cut % broken.Length] = line.Remove(cut / 7 % line.Length, Math.Min(1 + cut % 5, line.Length - cut / 7 % line.Length));
                }

                Compilation compilation = TestCompilation.Create(string.Join('\n', broken), RawSource.Options);
                // An exception in an analyzer fails the run.
                AnalyzerRun.DiagnosticsOfAsync(
                    compilation, RawSource.Options,
                    new SegmentAnalyzer(), new RawResultAnalyzer(), new UselessFlagAnalyzer(), new ErrorNumberAnalyzer(), new ForwardedStreamAnalyzer())
                    .GetAwaiter().GetResult();
            },
            iter: 12,
            threads: 1);
    }
}
