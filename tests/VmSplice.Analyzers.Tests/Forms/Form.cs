using System.Collections.Immutable;
using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Testing;

namespace VmSplice.Analyzers.Tests.Forms;

/// <summary>One way to write a program, in a wrong version, with marks, and a right one.</summary>
public sealed record Form(string Name, string Wrong, string Right)
{
    /// <summary>Verifies one version against the rules of lifetimes and of segments, within the members of <c>Subject</c>.</summary>
    public Task VerifyAsync(bool wrong, bool referenceRuntime)
    {
        string source = Source(wrong ? Wrong : Right);
        return AnalyzerTest.VerifyAsync(
            referenceRuntime ? source + Surface : source,
            new AnalyzerTestOptions { Id = "-", ReferenceRuntime = referenceRuntime, RunGenerator = referenceRuntime, AdditionalFiles = s_facts,
                EditorConfig = Quiet },
            new LifetimeAnalyzer(),
            new SegmentAnalyzer());
    }

    /// <summary>A page size in an example is no mistake of its form.</summary>
    private const string Quiet = "[*.cs]\ndotnet_diagnostic.VMS3005.severity = none";

    private const string Surface = """

        [Spliceable]
        public partial struct Tick { public long Time; public double Price; }

        [Spliceable]
        public sealed partial class Frame
        {
            [Segment] public partial ref int Header { get; }
            [Segment(Length = 8)] public partial Span<int> Pixels { get; }
        }
        """;

    private static readonly ImmutableArray<(string, string)> s_facts =
        [("/test/VmSplice.Ownership.txt", "Contoso.Ship buffer consumes")];

    private static string Source(string members) => $$"""
        #pragma warning disable CS0169, CS0649
        using System.Buffers;
        using System.Buffers.Binary;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using Microsoft.Win32.SafeHandles;

        public partial class Subject
        {
            {{members}}
        }
        """;
}
