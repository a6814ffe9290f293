using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>
/// What a build says of a type that breaks a rule: that rule and nothing else. An error of the compiler's in a declaration would hide it, because the compiler
/// then runs no analyzer; one in a body would stand beside it.
/// </summary>
public sealed class WrongTypeStubTests
{
    private const string Others = "[Spliceable] public partial struct Head { public long Id; } public enum Kind : byte { A }";

    /// <summary>Each form on the page of VMS1008 that can be partial.</summary>
    [Theory]
    [InlineData("[Segment(Length = 4)] public static partial Span<byte> Data { get; }")]
    [InlineData("[Segment] public static partial ref int Number { get; }")]
    [InlineData("[Segment(Length = 4)] public partial Span<byte> Data { get; set; }")]
    [InlineData("[Segment(Length = 4)] public partial Span<byte> Data { get; private set; }")]
    [InlineData("[Segment(Length = 4)] public partial Span<byte> Data { get; init; }")]
    [InlineData("[Segment(Length = 4)] public partial Span<byte> Data { set; }")]
    [InlineData("[Segment] public partial Head Header { internal get; set; }")]
    [InlineData("[Segment] public partial int Number { get; }")]
    [InlineData("[Segment] public partial ref readonly Head Header { get; }")]
    [InlineData("[Segment(Length = 4)] public partial ReadOnlySpan<byte> Data { get; }")]
    [InlineData("[Segment(Length = 4)] public partial byte[]? Data { get; }")]
    [InlineData("[Segment(Length = 4)] public partial Memory<(int Left, int Right)> Data { get; }")]
    [InlineData("[Segment(Length = 4)] public partial byte this[int index, params string[] names] { get; }")]
    [InlineData("[Segment] public partial Span<byte> Data { get; }")]
    [InlineData("[Segment(Length = 0)] public partial Span<byte> Data { get; }")]
    [InlineData("[Segment(MaxLength = -1)] public partial Span<byte> Data { get; }")]
    [InlineData("[Segment(Length = 4, MaxLength = 8)] public partial Span<byte> Data { get; }")]
    [InlineData("[Segment(Length = 4)] public partial ref Head Header { get; }")]
    [InlineData("[Segment(MaxLength = 4)] public partial Span<byte> Data { get; } public int DataLength => 3;")]
    [InlineData("[Segment(Length = 4)] public partial Span<byte> Data { get; } } partial class Frame { [Segment] public partial ref int Second { get; }")]
    [InlineData("[Segment(Length = 4)] public partial Span<byte> Data { get; } [Segment] private protected virtual partial byte Second { get; }")]
    public Task MalformedSegment_Vms1008Alone(string members)
        => AssertSaysAsync("VMS1008", $"[Spliceable] public partial class Frame {{ {members} }}");

    [Theory]
    [InlineData("VMS1002", "[Segment(Length = 4)] public partial Span<string> Data { get; }")]
    [InlineData("VMS1002", "[Segment(MaxLength = 4)] internal partial Span<string?> Data { get; } public int Sum() => DataLength;")]
    [InlineData("VMS1002", "[Segment] public partial ref Dictionary<string, List<dynamic?>?> Data { get; }")]
    [InlineData("VMS1002", "[Segment] public unsafe partial ref int* Data { get; }")]
    [InlineData("VMS1005", "[Segment(Length = 4)] public partial Span<nint> Data { get; }")]
    [InlineData("VMS1006", "[Segment(Length = 4)] public partial Span<DateTime> Data { get; }")]
    [InlineData("VMS1006", "[Segment] public partial ref decimal Data { get; }")]
    [InlineData("VMS1009", "[Segment(Length = 4)] public partial Span<(int Left, int Right)> Data { get; }")]
    public Task WrongElement_ItsRuleAlone(string id, string member)
        => AssertSaysAsync(id, $"[Spliceable] public partial class Frame {{ {member} }}");

    [Theory]
    [InlineData("VMS1008", "[Spliceable] public partial class Frame { }")]
    [InlineData("VMS1008", "[Spliceable] public sealed partial class Frame { [Segment] public int[] Data { get; } = []; }")]
    [InlineData("VMS1002", "[Spliceable] public sealed partial class Frame { [Segment(Length = 4)] public partial Span<string> Data { get; } }")]
    [InlineData("VMS1007",
        """
        [Spliceable] public partial class Frame
        {
            public Frame(int id) => Id = id;
            public int Id;
            [Segment] public partial ref int Data { get; }
        }
        """)]
    [InlineData("VMS1007",
        """
        [Spliceable] public partial class Frame
        {
            public required string Name { get; init; }
            [Segment] public partial ref int Data { get; }
        }
        """)]
    [InlineData("VMS1007",
        """
        public class Base { public int State; public void Dispose() { } }
        [Spliceable] public partial class Frame : Base { [Segment] public partial ref int Data { get; } }
        """)]
    [InlineData("VMS1002",
        """
        [Spliceable] public partial class Frame { [Segment] public partial ref Bad Data { get; } }
        [Spliceable] public partial struct Bad { public string Name; }
        """)]
    public Task WrongBufferThatIsUsed_ItsRuleAlone(string id, string source)
        => AssertSaysAsync(id, source + """
             public static class User
             {
                 public static void Send(SpliceWriter writer)
                 {
                     Frame frame = Frame.Rent(writer);
                     writer.Send(frame);
                     using Frame other = Frame.Rent(writer);
                     Console.WriteLine(other.State);
                 }

                 public static void Receive(SpliceReader reader)
                 {
                     using Frame? frame = Frame.TryReceive(reader);
                     using Frame second = reader.Receive<Frame>();
                 }
             }
            """);

    [Theory]
    [InlineData("[Spliceable] public static partial class Frame { [Segment] public static partial ref int Data { get; } }")]
    [InlineData("[Spliceable] public abstract partial class Frame { [Segment] public partial ref int Data { get; } }")]
    [InlineData("[Spliceable] public partial record Frame { [Segment] public partial ref int Data { get; } }")]
    [InlineData("[Spliceable] public partial record class Frame(int Id) { [Segment(Length = 4)] public partial Span<int> Data { get; } }")]
    [InlineData("[Spliceable] public partial class Frame<T, @class> where T : struct { [Segment] public partial ref T Data { get; } }")]
    [InlineData(
        """
        public partial interface IOuter<T, @in>
        {
            public partial record @event
            {
                [Spliceable] internal partial class Frame
                {
                    [Segment(Length = 4)] public partial Span<T> Data { get; }
                }
            }
        }
        """)]
    [InlineData("[Spliceable] public partial class Frame { [Segment] public partial ref int Data { get; } public void Dispose() { } }")]
    public Task ClassThatCannotBeABuffer_Vms1007Alone(string source) => AssertSaysAsync("VMS1007", source);

    [Theory]
    [InlineData("public partial class Frame { [Segment] public partial ref int Data { get; } [Segment(MaxLength = 4)] public partial Span<int> Row { get; } }")]
    [InlineData(
        """
        public partial struct Frame
        {
            public int Id;
            [Segment] public partial ref int Data { get; }
            [Segment] public readonly partial int Row { get; set; }
        }
        """)]
    [InlineData(
        """
        [Spliceable] public partial struct Frame
        {
            public int Id;
            [Segment] public partial ref int Data { get; }
            [Segment] public partial int Row { readonly get; set; }
        }
        """)]
    [InlineData("public partial class Frame { [Segment] public int First => 3; [Segment] public partial int Second { get; } }")]
    [InlineData("public partial class Outer<T> { public ref partial struct Frame { [Segment] public partial ref int @int { get; } } }")]
    [InlineData("public partial interface IFrame<out T, in @in> { [Segment] partial ref int Data { get; } }")]
    [InlineData("using Part = VmSplice.SegmentAttribute; public partial class Frame { [Obsolete, Part] public partial int Data { get; } }")]
    public Task SegmentOfNoBuffer_Vms1008Alone(string source) => AssertSaysAsync("VMS1008", source);

    /// <summary>The compiler's own error is enough to mend, and the only one.</summary>
    [Theory]
    [InlineData("[Spliceable] public class Frame { [Segment] public partial ref int Data { get; } [Segment] public partial int Row { get; } }", "Frame")]
    [InlineData("public class Outer { [Spliceable] public partial class Frame { [Segment] public partial ref int Data { get; } } }", "Outer")]
    public async Task TypeThatIsNotPartial_MissingModifierAlone(string source, string type)
    {
        Diagnostic error = Assert.Single(Errors(Compile(source)));
        Assert.StartsWith($"Missing partial modifier on declaration of type '{type}'", error.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("VMS1001", await RulesAsync(Compile(source)));
    }

    /// <summary>In signatures and fields as in bodies: there an error of the compiler's would hide the rule.</summary>
    [Theory]
    [InlineData("VMS1003",
        """
        [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)] [Spliceable] public partial struct Tick
        {
            public long Time;
            public long Id;
        }
        """)]
    [InlineData("VMS1004", "[Spliceable] public partial struct Tick { public byte Tag; public int Id; }")]
    [InlineData("VMS1005", "[Spliceable] public readonly partial record struct Tick(nint Id);")]
    [InlineData("VMS1006", "[Spliceable] public partial struct Tick { public DateTime Time; public int CreateReader; }")]
    [InlineData("VMS1007", "[Spliceable] public partial struct Tick { }")]
    [InlineData("VMS1009", "public struct Plain { public int Id; } [Spliceable] public partial struct Tick { public Plain Plain; }")]
    public Task WrongRecordThatIsUsed_ItsRuleAlone(string id, string source)
        => AssertSaysAsync(id, source + """
             public sealed class User(RecordWriter<Tick> writer)
             {
                 private RecordReader<Tick>? _reader;

                 public void Open(SpliceWriter pipe, SpliceReader other)
                 {
                     using RecordWriter<Tick> second = Tick.CreateWriter(pipe);
                     second.Next() = default;
                     second.Complete();
                     _reader = new RecordReader<Tick>(other);
                     writer.Next() = default;
                 }
             }
            """);

    /// <summary>A type that holds a reference cannot have the interface; what its users lack is said beside the rule, not in its place.</summary>
    [Fact]
    public async Task RecordWithAReferenceThatIsUsed_RuleBesideTheErrorInTheBody()
    {
        Compilation compilation = Compile(
            """
            [Spliceable] public partial struct Tick { public string Name; }
            public static class User { public static void Open(SpliceWriter pipe) => Tick.CreateWriter(pipe); }
            """);
        Assert.Empty(compilation.GetDeclarationDiagnostics().Where(problem => problem.Severity == DiagnosticSeverity.Error));
        Assert.Equal(["CS0117"], Errors(compilation).Select(error => error.Id));
        Assert.Equal(["VMS1002"], await RulesAsync(compilation));
    }

    private static async Task AssertSaysAsync(string id, string source)
    {
        Compilation compilation = Compile(source);
        Assert.Empty(Errors(compilation));
        Assert.Equal([id], await RulesAsync(compilation));
    }

    private static Compilation Compile(string source) => TestCompilation.Create($"{source}\n{Others}", AnalyzerTestOptions.Default);

    private static IEnumerable<Diagnostic> Errors(Compilation compilation)
        => compilation.GetDiagnostics().Where(problem => problem.Severity == DiagnosticSeverity.Error);

    private static async Task<IEnumerable<string>> RulesAsync(Compilation compilation)
    {
        ImmutableArray<Diagnostic> all = await AnalyzerRun.DiagnosticsOfAsync(compilation, AnalyzerTestOptions.Default, [.. PackageAnalyzers.All]);
        return all.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden).Select(diagnostic => diagnostic.Id).Distinct();
    }
}
