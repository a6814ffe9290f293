using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Every program of this folder gets what its lines say, and no other error or warning.</summary>
public sealed class ProgramTests
{
    private const string Usings = """
        global using System.Buffers;
        global using System.Collections.Concurrent;
        global using System.Diagnostics;
        global using System.Diagnostics.CodeAnalysis;
        global using System.IO.Pipelines;
        global using System.IO.Pipes;
        global using System.Runtime.CompilerServices;
        global using System.Runtime.InteropServices;
        global using System.Threading.Channels;
        global using Microsoft.Win32.SafeHandles;

        [Spliceable]
        public partial struct Tick
        {
            public long Time;
            public double Price;
        }

        [Spliceable]
        public sealed partial class Frame
        {
            [Segment]
            public partial ref int Header { get; }

            [Segment(MaxLength = 256)]
            public partial Span<byte> Caption { get; }
        }
        """;

    private static readonly AnalyzerTestOptions s_options = new() { OtherSources = [Usings], OtherGenerators = FrameworkGenerators.All };

    private static readonly Dictionary<string, string> s_programs = typeof(IPrograms).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IPrograms)) && !type.IsInterface)
        .SelectMany(type => ((IPrograms)Activator.CreateInstance(type)!).All.Select(program => (Name: $"{NameOf(type)}.{program.Key}", Source: program.Value)))
        .ToDictionary(program => program.Name, program => program.Source, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. s_programs.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Program_GetsWhatItsLinesSay(string name)
    {
        string source = s_programs[name];
        Compilation compilation = TestCompilation.Create(source, s_options);
        TestCompilation.AssertNoErrors(compilation, "The program");
        ImmutableArray<Diagnostic> reported = await AnalyzerRun.DiagnosticsOfAsync(compilation, s_options, PackageAnalyzers.All);
        HashSet<string> marked = [.. source.Split('\n').SelectMany(MarksOf)];
        string[] wrong = [.. reported.Where(one => one.Severity >= DiagnosticSeverity.Warning || marked.Contains(one.Id))
            .Select(one => $"{one.Location.GetLineSpan().StartLinePosition.Line + 1}: {one.Id}").Order(StringComparer.Ordinal)];
        string[] expected = [.. source.Split('\n').SelectMany((line, i) => MarksOf(line).Select(id => $"{i + 1}: {id}")).Order(StringComparer.Ordinal)];
        Assert.True(expected.SequenceEqual(wrong), $"expected:\n{string.Join('\n', expected)}\nreported:\n{string.Join('\n', reported)}\nin:\n{source}");
    }

    /// <summary>With the folder, since the sets have kinds of the same name.</summary>
    private static string NameOf(Type type) => type.FullName![(typeof(IPrograms).Namespace!.Length + 1)..];

    internal static string[] MarksOf(string line)
        => line.IndexOf("//~", StringComparison.Ordinal) is >= 0 and int at ? line[(at + 3)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
}
