using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Forms;

/// <summary>One way to write a program, in a wrong version, with marks, and a right one.</summary>
internal sealed record Form(string Name, string Wrong, string Right)
{
    public static TheoryData<string> NamesOf(Form[] forms) => [.. forms.Select(form => form.Name)];

    /// <summary>Verifies one version of one form against the rules of lifetimes and of segments, within the members of <c>Subject</c>.</summary>
    public static Task VerifyAsync(Form[] forms, string name, bool wrong, bool referenceRuntime = true)
    {
        Form form = forms.Single(one => one.Name == name);
        string source = Source(wrong ? form.Wrong : form.Right);
        return AnalyzerTest.VerifyAsync(
            referenceRuntime ? source + Surface : source,
            new AnalyzerTestOptions { Id = "-", ReferenceRuntime = referenceRuntime, RunGenerator = referenceRuntime, AdditionalFiles = Facts, EditorConfig = Quiet },
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

    private static readonly System.Collections.Immutable.ImmutableArray<(string, string)> Facts =
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
