using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>
/// Whatever the user's types are called, marked and kept in, what is generated compiles beside them without a word, at the
/// strictest settings; or one of our rules says why there is nothing that could.
/// </summary>
public sealed class WhatGeneratedTextMeetsTests
{
    private static readonly Dictionary<string, Meeting> s_meetings = new(StringComparer.Ordinal)
    {
        ["obsolete record in a buffer"] = new("""
            [Obsolete("old"), Spliceable] internal partial struct Old { public int A; public bool B; private readonly byte _c, _d, _e; }
            #pragma warning disable CS0618
            [Spliceable] internal sealed partial class Both
            {
                [Segment(Length = 4)] public partial Span<Old> Olds { get; }
                [Segment] public partial ref Old One { get; }
            }
            """),
        ["obsolete enum in a record and a buffer"] = new("""
            [Obsolete] internal enum Old : byte { A, B }
            #pragma warning disable CS0612
            [Spliceable] internal partial struct Record { public Old A; }
            [Spliceable] internal sealed partial class Both { [Segment(MaxLength = 4)] public partial Span<Old> Olds { get; } }
            """),
        ["obsolete with an ID of its own"] = new("""
            [Obsolete("old", DiagnosticId = "OLD1"), Spliceable] internal partial struct Old { public bool A; }
            #pragma warning disable OLD1
            [Spliceable] internal sealed partial class Both { [Segment(Length = 4)] public partial Span<Old> Olds { get; } }
            """),
        ["obsolete as an error, in an obsolete segment"] = new("""
            [Obsolete("old", error: true)] internal enum Old : byte { A, B }
            [Obsolete("old", error: true), Spliceable] internal partial struct Record { public bool A; }
            [Spliceable] internal sealed partial class Both
            {
                [Obsolete("too"), Segment(Length = 4)] public partial Span<Old> Olds { get; }
                [Obsolete("too"), Segment(Length = 4)] public partial Span<Record> Records { get; }
            }
            """),
        ["obsolete as an error, in an obsolete buffer"] = new("""
            [Obsolete("old", error: true), Spliceable] internal partial struct Record { public bool A; }
            [Obsolete("too", error: true), Spliceable] internal sealed partial class Both { [Segment] public partial ref Record One { get; } }
            """),
        ["obsolete type around"] = new("""
            [Obsolete("old", error: true)] internal static partial class Outer { [Spliceable] internal partial struct Record { public bool A; } }
            """),
        ["obsolete namespace of an element's outer type"] = new("""
            [Obsolete("old")] internal static partial class Outer { [Spliceable] internal partial struct Record { public bool A; } }
            #pragma warning disable CS0618
            [Spliceable] internal sealed partial class Both { [Segment] public partial ref Outer.Record One { get; } }
            """),
        ["experimental record"] = new("""
            using System.Diagnostics.CodeAnalysis;
            [Experimental("LAB1"), Spliceable] internal partial struct New { public int A; public bool B; private readonly byte _c, _d, _e; }
            #pragma warning disable LAB1
            [Spliceable] internal sealed partial class Both
            {
                [Segment(Length = 4)] public partial Span<New> News { get; }
                [Segment] public partial ref New One { get; }
            }
            """),
        ["experimental enum and container"] = new("""
            using System.Diagnostics.CodeAnalysis;
            [Experimental("LAB1")] internal enum New : byte { A }
            [Experimental("LAB2")] internal static partial class Outer { [Spliceable] internal partial struct Record { public bool A; } }
            #pragma warning disable LAB1, LAB2
            [Spliceable] internal sealed partial class Both
            {
                [Segment(Length = 4)] public partial Span<New> News { get; }
                [Segment] public partial ref Outer.Record One { get; }
            }
            """),
        ["experimental library"] = new("""
            #pragma warning disable LAB3
            [Spliceable] internal sealed partial class Both { [Segment(Length = 4)] public partial Span<Palette.Rgba> Pixels { get; } }
            """)
        {
            Library = """
                [assembly: System.Diagnostics.CodeAnalysis.Experimental("LAB3")]
                namespace Palette;
                [VmSplice.Spliceable] public partial struct Rgba { public bool R, G, B, A; }
                """,
        },
        ["preview features"] = new("""
            using System.Runtime.Versioning;
            [RequiresPreviewFeatures, Spliceable] internal partial struct New { public int A; }
            [RequiresPreviewFeatures, Spliceable] internal sealed partial class Both { [Segment] public partial ref New One { get; } }
            """),
        ["lower-case names"] = new("""
            #pragma warning disable CS8981
            [Spliceable] internal partial struct timeval { public long tv_sec; public long tv_usec; }
            [Spliceable] internal sealed partial class frame { [Segment] public partial ref timeval at { get; } }
            internal static partial class outer { [Spliceable] internal partial struct inner { public int a; } }
            """),
        ["linked file of an assembly whose internals are visible"] = new("""
            #pragma warning disable CS0436
            [Spliceable] internal partial struct Tick { public bool Open; }
            [Spliceable] internal sealed partial class Both { [Segment] public partial ref Tick One { get; } }
            internal static class User { public static RecordWriter<Tick> Open(SpliceWriter pipe) => Tick.CreateWriter(pipe); }
            """)
        {
            Library = """
                [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Test")]
                [VmSplice.Spliceable] internal partial struct Tick { public bool Open; }
                """,
        },
        ["alias on the package"] = new("""
            extern alias vms;
            using vms::VmSplice;
            internal enum Side : byte { Buy, Sell }
            [Spliceable] internal partial struct Tick { public Side Side; public bool Open; }
            [Spliceable] internal sealed partial class Both
            {
                [Segment] public partial ref Tick One { get; }
                [Segment(MaxLength = 4)] public partial Span<Side> Sides { get; }
            }
            internal static class User
            {
                public static RecordWriter<Tick> Open(SpliceWriter pipe) => Tick.CreateWriter(pipe);
                public static Both Rent(SpliceWriter pipe) => Both.Rent(pipe);
            }
            """) { RuntimeAlias = "vms" },
        ["alias on the package, a type that is wrong"] = new("""
            extern alias vms;
            using vms::VmSplice;
            [Spliceable] internal partial struct Tick { public byte Tag; public int Id; }
            [Spliceable] internal sealed partial class Both { [Segment] public partial ref Tick One { get; } }
            internal static class User { public static RecordWriter<Tick> Open(SpliceWriter pipe) => Tick.CreateWriter(pipe); }
            """) { RuntimeAlias = "vms", Rule = "VMS1004" },
        ["alias on the package, and a namespace of the user's with its name"] = new("""
            extern alias vms;
            namespace VmSplice
            {
                [vms::VmSplice.Spliceable] internal partial struct RecordLayout { public bool Open; }
                [vms::VmSplice.Spliceable] internal sealed partial class Frame { [vms::VmSplice.Segment] public partial ref RecordLayout One { get; } }
            }
            """) { RuntimeAlias = "vms" },
        ["alias on an element's assembly"] = new("""
            extern alias palette;
            [Spliceable] internal partial struct Pixel { public palette::Palette.Rgba Color; public palette::Palette.Kind Kind; }
            [Spliceable] internal sealed partial class Both
            {
                [Segment(Length = 4)] public partial Span<palette::Palette.Rgba> Pixels { get; }
                [Segment] public partial ref palette::Palette.Kind Kind { get; }
                [Segment] public partial ref palette::Palette.Row<palette::Palette.Kind> Row { get; }
                [Segment] public partial ref Row<palette::Palette.Kind> Own { get; }
            }
            [System.Runtime.CompilerServices.InlineArray(3)] internal struct Row<T> { private T _first; }
            """) { Library = Palette, LibraryAlias = "palette" },
        ["alias on both, and on a wrong segment"] = new("""
            extern alias vms;
            extern alias palette;
            using vms::VmSplice;
            [Spliceable] internal sealed partial class Both { [Segment(Length = 4)] public partial ref palette::Palette.Rgba Pixels { get; } }
            internal partial class Stray { [Segment] public partial ref palette::Palette.Rgba Pixels { get; } }
            """) { RuntimeAlias = "vms", Library = Palette, LibraryAlias = "palette", Rule = "VMS1008" },
        ["keywords"] = new("""
            namespace @namespace.@class
            {
                [Spliceable] internal partial struct @struct { public int @int; public bool @bool; private readonly byte @a, @b, @c; }
                internal partial class @static
                {
                    [Spliceable] internal sealed partial class @event
                    {
                        [Segment] public partial ref @struct @ref { get; }
                        [Segment(MaxLength = 4)] public partial Span<@enum> @in { get; }
                    }
                }
                internal enum @enum : byte { @new, @null }
            }
            """),
        ["words that are keywords here and there"] = new("""
            #pragma warning disable CS8981, CS8860
            namespace global.field.value
            {
                [Spliceable] internal partial struct @record { public bool @field, value, init, async; }
                [Spliceable] internal partial struct @required { public bool get, set, partial, where; }
                [Spliceable] internal partial struct nint { public bool global; }
                [Spliceable] internal sealed partial class @file
                {
                    [Segment] public partial ref @record @field { get; }
                    [Segment(MaxLength = 4)] public partial Span<@required> value { get; }
                    [Segment] public partial ref nint pages { get; }
                }
                [Spliceable] internal sealed partial class dynamic
                {
                    [Segment] public partial ref bool index { get; }
                    [Segment(Length = 3)] public partial Span<bool> elements { get; }
                    [Segment] public partial ref int segment { get; }
                }
            }
            """),
        ["names of many scripts"] = new("""
            namespace Größen.株式
            {
                [Spliceable] internal partial struct नमस्ते { public bool été, Ψ, имя, ค่า; }
                [Spliceable] internal sealed partial class 取引
                {
                    [Segment] public partial ref नमस्ते 값 { get; }
                    [Segment(MaxLength = 4)] public partial Span<bool> עוד { get; }
                }
            }
            """),
        ["long names"] = new($$"""
            namespace N{{new string('語', 400)}} { [Spliceable] internal partial struct T{{new string('名', 400)}} { public bool F{{new string('x', 400)}}; } }
            """),
        ["names that the generated text uses"] = new("""
            namespace Demo
            {
                internal sealed class System;
                internal sealed class VmSplice;
                internal sealed class ISpliceable;
                internal sealed class Span;
                internal sealed class RecordBytes;
                internal sealed class BufferPages;
                internal sealed class Obsolete;
                [Spliceable] internal partial struct Record { public bool record, Layout, NeedsValidation, IndexOfInvalidField; }
                [Spliceable] internal sealed partial class Frame
                {
                    [Segment] public partial ref Record Pages { get; }
                    [Segment] public partial ref Record Create { get; }
                    [Segment] public partial ref bool Layout { get; }
                    [Segment] public partial ref bool IndexOfInvalidElement { get; }
                }
            }
            """),
        ["namespaces called System and VmSplice"] = new("""
            namespace Demo.System.VmSplice
            {
                [Spliceable] internal partial struct Record { public bool Open; }
                [Spliceable] internal sealed partial class Frame
                {
                    [Segment(Length = 4)] public partial global::System.Span<Record> Row { get; }
                }
            }
            namespace VmSplice.Mine { [Spliceable] internal partial struct Record { public bool Open; } }
            namespace System.Mine { [Spliceable] internal partial struct Record { public bool Open; } }
            namespace VmSplice
            {
                [Spliceable] internal partial struct Point { public bool Open; }
                [Spliceable] internal sealed partial class Points
                {
                    [Segment] public partial ref Point One { get; }
                }
            }
            """),
        ["global usings that clash"] = new("""
            [Spliceable] internal partial struct Record { public bool Open; }
            [Spliceable] internal sealed partial class Frame { [Segment(Length = 4)] public partial Span<Record> Row { get; } }
            """)
        {
            Other = """
                global using GeneratedCode = System.Int32;
                global using RecordLayout = System.String;
                global using BufferPages = System.Object;
                global using static System.Math;
                namespace Clash { internal sealed class RecordBytes; internal sealed class RecordField; }
                """,
        },
        ["nullable off"] = new("""
            #nullable disable
            [Spliceable] internal partial struct Record { public bool Open; }
            [Spliceable] internal sealed partial class Frame { [Segment(Length = 4)] public partial Span<Record> Row { get; } public string Name { get; set; } }
            """),
        ["nullable annotations alone"] = new("""
            #nullable enable annotations
            [Spliceable] internal sealed partial class Frame { [Segment(Length = 4)] public partial Span<bool> Row { get; } public string? Name { get; set; } }
            """),
        ["claim of CLS compliance"] = new("""
            [assembly: CLSCompliant(true)]
            /// <summary>One.</summary>
            [Spliceable] public partial struct Record { /// <summary>Whether.</summary>
                public bool Open; }
            /// <summary>Many.</summary>
            [Spliceable] public sealed partial class Frame { /// <summary>Each.</summary>
                [Segment(MaxLength = 4)] public partial Span<Record> Row { get; } }
            """),
        ["checked arithmetic, deep nesting and other kinds around"] = new("""
            internal partial interface IOuter
            {
                internal partial record Middle
                {
                    internal partial record struct Inner
                    {
                        internal ref partial struct Last
                        {
                            [Spliceable] internal partial struct Record { public bool Open; }
                            [Spliceable] internal sealed partial class Frame { [Segment] public partial ref Record One { get; } }
                        }
                    }
                }
            }
            """),
        ["private types"] = new("""
            internal static partial class Outer
            {
                [Spliceable] private partial struct Record { public bool Open; }
                private enum Side : byte { A }
                [Spliceable] private sealed partial class Frame
                {
                    [Segment] private partial ref Record One { get; }
                    [Segment(MaxLength = 3)] private partial Span<Side> Sides { get; }
                }
            }
            """),
        ["many fields"] = new($$"""
            [Spliceable] internal partial struct Wide { {{string.Concat(Enumerable.Range(0, 2000).Select(i => $"public bool F{i}; "))}} }
            """),
        ["many segments"] = new($$"""
            [Spliceable] internal sealed partial class Wide
            {
                {{string.Concat(Enumerable.Range(0, 1024).Select(i => $"[Segment] public partial ref bool F{i} {{ get; }} "))}}
            }
            """),
        ["many members of an enum"] = new($$"""
            internal enum Codes : long { {{string.Join(", ", Enumerable.Range(0, 4000).Select(i => $"M{i} = {(i - 2000L) * 5_000_000_000}"))}} }
            internal enum Small : byte { {{string.Join(", ", Enumerable.Range(0, 100).Select(i => $"M{i} = {i * 2}"))}} }
            [System.Runtime.CompilerServices.InlineArray(3)] internal struct Row { private Codes _first; }
            [Spliceable] internal partial struct Record { public Codes A, B; public Row Row; }
            [Spliceable] internal sealed partial class Frame
            {
                [Segment(Length = 4)] public partial Span<Codes> Codes { get; }
                [Segment(Length = 4)] public partial Span<Small> Small { get; }
                [Segment] public partial ref Row Rows { get; }
            }
            """),
        ["generated members' names taken"] = new("""
            [Spliceable] internal sealed partial class Frame
            {
                [Segment] public partial ref bool Rent { get; }
                [Segment] public partial ref bool State { get; }
            }
            """) { Rule = "VMS1011" },
        ["file-local type"] = new("[Spliceable] file partial struct Record { public int Id; }") { Rule = "VMS1007" },
        ["file-local element"] = new(
            """
            file enum Side : byte { A }
            [Spliceable] internal partial struct Record
            {
                private readonly Inner _side;
                [Spliceable] internal partial struct Inner { public int Id; }
            }
            """),
        ["generic type around"] = new(
            """
            internal partial class Outer<T> { [Spliceable] internal partial struct Record { public int Id; } }
            """) { Rule = "VMS1007" },
        ["interface implemented by hand"] = new("""
            [Spliceable] internal partial struct Record : ISpliceable<Record>
            {
                public int Id;
                public static VmSplice.CompilerServices.RecordLayout Layout => null!;
                public static bool NeedsValidation => false;
                public static int IndexOfInvalidField(ref readonly Record record) => -1;
            }
            """) { Rule = "VMS1007" },
        ["another generator adds a member"] =
            new("[Spliceable] internal partial struct Record { public bool Open; }") { Generated = "partial struct Record { internal const int Size = 1; }" },
        ["another generator adds a field"] =
            new("[Spliceable] internal partial struct Record { }") { Generated = "partial struct Record { public bool Open { get; set; } }", Rule = "VMS1010" },
    };

    private const string Palette = """
        namespace Palette;
        public enum Kind : byte { None, Some }
        [VmSplice.Spliceable] public partial struct Rgba { public bool R, G, B; }
        [System.Runtime.CompilerServices.InlineArray(3)] public struct Row<T> { private T _first; }
        """;

    public static TheoryData<string> Names => [.. s_meetings.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task GeneratedText_CompilesWithoutAWordOrARuleSaysWhy(string name)
    {
        Meeting meeting = s_meetings[name];
        Compilation compilation = Compile(meeting);
        Diagnostic[] problems = [.. compilation.GetDiagnostics().Where(problem => problem.Severity != DiagnosticSeverity.Hidden && !IsOfTheTest(problem))];
        if (problems.Length > 0)
        {
            string said = string.Join('\n', problems.Take(20).Select(problem => problem.ToString()));
            Assert.Fail($"{said}\n\n{string.Join("\n\n", compilation.SyntaxTrees.Skip(1).Take(4))}");
        }

        ImmutableArray<Diagnostic> reported = await AnalyzerRun.DiagnosticsOfAsync(compilation, AnalyzerTestOptions.Default, [.. PackageAnalyzers.All]);
        IEnumerable<string> rules = reported.Where(one => one.Severity != DiagnosticSeverity.Hidden).Select(one => one.Id).Distinct();
        Assert.Equal(meeting.Rule is null ? [] : [meeting.Rule], rules);
    }

    /// <summary>Fields that nobody assigns, documentation of a test's types, and a name of a type in a row of the table that is never used.</summary>
    private static bool IsOfTheTest(Diagnostic problem) => problem.Id is "CS0649" or "CS0169" or "CS0414" or "CS1591" or "CS8019"
        && problem.Location.SourceTree is { FilePath: "/test/Test0.cs" or "/test/Other.cs" or "/test/Usings.cs" };

    private static Compilation Compile(Meeting meeting)
    {
        MetadataReference runtime = meeting.RuntimeAlias is null ? References.Runtime : References.Runtime.WithAliases([meeting.RuntimeAlias]);
        var references = new List<MetadataReference>([.. References.Framework, runtime]);
        if (meeting.Library is not null)
        {
            Compilation library = Generate(Create("Library", [("/test/Library.cs", meeting.Library)], [.. References.Framework, References.Runtime]), null);
            using var image = new MemoryStream();
            Assert.True(library.WithOptions(library.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default)).Emit(image).Success);
            MetadataReference reference = MetadataReference.CreateFromImage(image.ToArray());
            references.Add(meeting.LibraryAlias is null ? reference : reference.WithAliases([meeting.LibraryAlias]));
        }

        string usings = meeting.RuntimeAlias is null ? "global using System; global using VmSplice;" : "global using System;";
        return Generate(Create("Test", [("/test/Test0.cs", meeting.Source), ("/test/Usings.cs", usings), ("/test/Other.cs", meeting.Other)], references),
            meeting.Generated);
    }

    private static CSharpCompilation Create(string name, IEnumerable<(string Path, string Text)> files, IEnumerable<MetadataReference> references)
        => CSharpCompilation.Create(
            name,
            files.Select(file => CSharpSyntaxTree.ParseText(file.Text, TestCompilation.ParseOptions, file.Path)),
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                checkOverflow: true,
                generalDiagnosticOption: ReportDiagnostic.Error,
                warningLevel: 9999,
                nullableContextOptions: NullableContextOptions.Enable));

    private static Compilation Generate(Compilation compilation, string? other)
    {
        ISourceGenerator[] others = other is null ? [] : [new OtherGenerator(other).AsSourceGenerator()];
        CSharpGeneratorDriver.Create([.. PackageGenerators.All, .. others], parseOptions: TestCompilation.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation after, out ImmutableArray<Diagnostic> problems);
        Assert.Empty(problems);
        return after;
    }

    /// <summary>One row: the user's text, and what stands around it.</summary>
    private sealed record Meeting(string Source)
    {
        public string Other { get; init; } = "";

        public string? Generated { get; init; }

        public string? Library { get; init; }

        public string? LibraryAlias { get; init; }

        public string? RuntimeAlias { get; init; }

        /// <summary>The one rule that says why not.</summary>
        public string? Rule { get; init; }
    }
}
